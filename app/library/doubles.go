package library

import (
	"errors"
	"maps"
	"slices"

	"ishtirak/model"
	"ishtirak/model/workset"
	"ishtirak/sync/change"
)

// doubles are the numbers that two laptops gave apart: one card for two readers, one
// barcode for two copies. Both work at the desk, where a person picks; one of the two
// should have another number.
func (l *Library) doubles(v *workset.View) ([]model.Conflict, error) {
	var out []model.Conflict
	for _, cards := range v.SameCards() {
		c := model.Conflict{Case: model.CaseSameCode, Kind: "card", About: model.Text2{Text: cards[0].Number},
			Key: model.Key{Kind: model.KindCard, Owner: l.own.ID, ID: cards[0].ID}}
		var ids [][]byte
		for _, card := range cards {
			e, err := l.record(model.Key{Kind: model.KindCard, Owner: l.own.ID, ID: card.ID})
			if err != nil {
				return out, err
			}
			ref := refOf(v, card.Patron)
			ref.Card = card.Number
			c.Readers = append(c.Readers, ref)
			c.Versions = append(c.Versions, l.who(v, e, "card", pairOfNames(ref.Names)))
			ids = append(ids, card.ID[:])
		}
		c.ID = conflictID(c.Key, "double", ids...)
		out = append(out, c)
	}
	same := v.SameBarcodes()
	for _, code := range slices.Sorted(maps.Keys(same)) {
		ids := same[code]
		c := model.Conflict{Case: model.CaseSameCode, Kind: "item", About: model.Text2{Text: code},
			Key: model.Key{Kind: model.KindItem, Owner: l.own.ID, ID: ids[0]}}
		var stood [][]byte
		for _, id := range ids {
			e, err := l.record(model.Key{Kind: model.KindItem, Owner: l.own.ID, ID: id})
			if errors.Is(err, ErrUnknown) {
				continue
			}
			if err != nil {
				return out, err
			}
			it := model.ItemOf(e)
			title, err := l.brief(it.Identity.Biblio)
			if err != nil && !errors.Is(err, ErrUnknown) {
				return out, err
			}
			parts := []model.Part{{Name: "title", Text: title.Title}}
			if it.Identity.Accession != "" {
				parts = append(parts, model.Part{Name: "accession", Text: model.Text2{Text: it.Identity.Accession}})
			}
			c.Items = append(c.Items, it)
			c.Versions = append(c.Versions, l.who(v, e, "identity", parts))
			stood = append(stood, id[:])
		}
		if len(c.Items) < 2 {
			continue
		}
		c.ID = conflictID(c.Key, "double", stood...)
		out = append(out, c)
	}
	return out, nil
}

// who is a version of a number borne twice: whose it is, and who gave it.
func (l *Library) who(v *workset.View, e model.Entry, group string, parts []model.Part) model.Version {
	out := model.Version{Parts: parts, Text: model.TextOf(parts), Library: l.own.Names.Any(false)}
	if g := e.Groups[group]; len(g) > 0 {
		r := l.roster.Load()
		out.Write, out.At, out.Staff, out.Laptop = g[0].ID, g[0].At.Time(), l.staffName(v, g[0].Staff), r.Describe(g[0].Author)
		out.From = laptopOf(r, g[0].Author)
	}
	return out
}

func pairOfNames(n model.Names) []model.Part {
	t := model.Text2{Text: n.Urdu, Other: n.Roman}
	if t.Text == "" {
		t = model.Text2{Text: n.Roman}
	}
	return []model.Part{{Name: "name", Text: t}}
}

// beside are the records that giving one of two another number may write to: the copies
// that bear a copy's barcode, the cards of the readers who bear a card's number.
func (l *Library) beside(key change.Key) (out []change.Key) {
	e, err := l.record(modelKey(key))
	if err != nil {
		return nil // gone: nothing beside it
	}
	v := l.set.View()
	switch model.Kind(key.Kind) {
	case model.KindItem:
		for _, id := range v.Numbered(model.ItemOf(e).Identity.Barcode) {
			out = append(out, changeKey(model.Key{Kind: model.KindItem, Owner: l.own.ID, ID: id}))
		}
	case model.KindCard:
		for _, c := range v.Cards(model.CardOf(e).Number) {
			for _, other := range v.CardsOf(c.Patron) {
				out = append(out, changeKey(model.Key{Kind: model.KindCard, Owner: l.own.ID, ID: other.ID}))
			}
		}
	}
	return out
}
