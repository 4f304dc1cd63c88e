package rtl

import "fyne.io/fyne/v2/theme"

// signed is what stands at the end of a Latin entry while the Urdu keyboard is
// on and waits: the letters that its keys type there. It is a sign and no word;
// Urdu keyboards carry the same.
const signed = "ABC"

// signStyle is the sign's.
func signStyle() Style {
	c := Cut{Size: 12, Line: 18, Weight: 600}
	return Style{Latin: c, Urdu: c}
}

// sign is the width that the sign takes, 0 where there is none.
func (e *Entry) sign() float32 {
	if !e.Latin || !e.focused || e.Disabled() || !e.Keyboard().Waits() {
		return 0
	}
	return Set(signed, signStyle(), LTR, 0, 1)[0].Width + 14*Unit()
}

// sign draws the sign over the text's end.
func (r *entryRenderer) sign(p *pen, scale float32) {
	e, u := r.e, Unit()
	w := e.sign()
	if w == 0 {
		return
	}
	x, y := e.Size().Width-w-4*u, e.Size().Height/2
	if e.MultiLine {
		y = e.Size().Height - 18*u
	}
	p.rect(theme.Color(theme.ColorNameInputBackground), (x-2*u)*scale, (y-14*u)*scale, (x+w)*scale, (y+14*u)*scale)
	p.rect(theme.Color(theme.ColorNameSelection), x*scale, (y-10*u)*scale, (x+w)*scale, (y+10*u)*scale)
	l := Set(signed, signStyle(), LTR, 0, 1)[0]
	p.line(theEngine(), l, (x+7*u)*scale, float32(int((y+4.3*u)*scale+0.5)), scale)
	p.fill(theme.Color(theme.ColorNameForeground))
}
