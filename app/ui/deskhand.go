package ui

import (
	"fyne.io/fyne/v2"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
)

// held draws a copy in hand: what it is, and that a card is wanted.
func (p *deskPage) held(r present.Result) fyne.CanvasObject {
	band := look.Column(4, look.Space(), fitted(r.Big, look.Heading, look.Accent), look.Paragraph(r.Advice, look.Body, look.InkMuted), look.Space())
	lower := look.NewBand(look.AccentSoft, false, true, look.Fixed(0, 132, look.Pad(0, 28, 0, 28, band)))
	return look.NewCard(0, look.Border(0, nil, lower, nil, nil, inRoom(
		p.about(r, 1, 146, 20, true), p.about(r, 0.78, 138, 14, true), p.about(r, 0.6, 116, 12, true), p.about(r, 0.45, 84, 10, true),
		p.about(r, 0.4, 60, 6, false), p.about(r, 0.4, 0, 6, false))))
}
