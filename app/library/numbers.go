package library

import (
	"ishtirak/model"
	"ishtirak/model/workset"
)

// freeBarcode refuses a barcode that another copy has as a number, or a reader as a card: a scan of it would have to ask
// which is meant. A barcode that the copy has already, as two laptops may have given it apart, hinders no other change.
func (l *Library) freeBarcode(v *workset.View, f model.ItemForm) error {
	code := f.Identity.Barcode
	if code == "" {
		return nil
	}
	if was, err := l.item(f.ID); err == nil && was.Identity.Barcode == code {
		return nil
	}
	for _, other := range v.Numbered(code) {
		if other != f.ID {
			return l.takenByCopy(other, "barcode", code)
		}
	}
	if cards := v.Cards(code); len(cards) > 0 {
		return takenByReader(v, cards[0].Patron, "barcode", code)
	}
	return nil
}

// freeCard refuses the number of another reader's card, or of a copy's barcode. An accession number may be a card's number
// too: a library without barcodes counts both from 1, and a person picks at the desk.
func (l *Library) freeCard(v *workset.View, patron model.ID, code string) error {
	for _, c := range v.Cards(code) {
		if c.Patron != patron {
			return takenByReader(v, c.Patron, "card", code)
		}
	}
	for _, id := range v.Numbered(code) {
		if it, err := l.item(id); err == nil && it.Identity.Barcode == code {
			return l.takenByCopy(id, "card", code)
		}
	}
	return nil
}

func takenByReader(v *workset.View, patron model.ID, field, code string) *model.Refusal {
	ref := refOf(v, patron)
	return &model.Refusal{Rule: model.RuleTaken, About: model.About{Field: field, Code: code, Reader: ref, Name: ref.Names.Any(false)}}
}

func (l *Library) takenByCopy(copy model.ID, field, code string) *model.Refusal {
	r := &model.Refusal{Rule: model.RuleTaken, About: model.About{Field: field, Code: code}}
	if it, err := l.item(copy); err == nil {
		if s, err := l.brief(it.Identity.Biblio); err == nil {
			r.About.Title, r.About.Name = s.Title, s.Title.Text
		}
	}
	return r
}
