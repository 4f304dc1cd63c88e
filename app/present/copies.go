package present

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"ishtirak/app/words"
	"ishtirak/model"
)

// shelf is what one library has of a title.
type shelf struct {
	library model.Library
	places  []string
	news    string
	copies  []model.Copy
}

// copyLines tells where copies are, ours first: a line for each library, with how its copies stand. place gives its short
// name.
func copyLines(w *words.Words, copies []model.Copy, now time.Time, place func(model.ID) string) []CopyLine {
	var shelves []*shelf
	for _, cp := range copies {
		i := slices.IndexFunc(shelves, func(s *shelf) bool { return s.library.ID == cp.Library.ID })
		if i < 0 {
			i = len(shelves)
			shelves = append(shelves, &shelf{library: cp.Library, news: news(w, cp, now)})
		}
		s := shelves[i]
		s.copies = append(s.copies, cp)
		at := cp.Item.Shelf.Location
		if cp.Library.Own {
			at = cmp.Or(at, cp.Item.Shelf.CallNo)
		}
		if at != "" && !slices.Contains(s.places, at) {
			s.places = append(s.places, at)
		}
	}
	slices.SortStableFunc(shelves, func(a, b *shelf) int { return before(b.library.Own, a.library.Own) })
	var lines []CopyLine
	for _, s := range shelves {
		l := CopyLine{Library: cmp.Or(place(s.library.ID), names(w, s.library.Names)), Place: comma(w, s.places...), Marks: marks(w, s.copies, now), News: s.news}
		if s.library.Own {
			l.Library, l.News = w.Say(words.CatalogueHere, "place", l.Library), w.Say(words.CatalogueThisMoment)
			l.Actions = []Action{{ID: "correct", Text: w.Say(words.CatalogueOwnCopies, "n", len(s.copies)), Key: w.Say(words.KeyCorrect)},
				{ID: "mark", Text: w.Say(words.MarkIt), Key: w.Say(words.KeyMark)}}
		}
		lines = append(lines, l)
	}
	return lines
}

// before orders what is not so before what is.
func before(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// marks says how copies in one place stand, those that can be had first: "2 available", "1 on loan until 8 December".
func marks(w *words.Words, copies []model.Copy, now time.Time) []Mark {
	if len(copies) == 1 {
		return []Mark{copyMark(w, copies[0], now)}
	}
	type alike struct {
		mark  Mark
		n     int
		first time.Time // of those on loan, the first day that one is to be back
	}
	var kinds []*alike
	for _, cp := range copies {
		m := copyMark(w, cp, now)
		i := slices.IndexFunc(kinds, func(k *alike) bool {
			return k.mark.Icon == m.Icon && (m.Icon == "state-on-loan" || k.mark.Text == m.Text)
		})
		if i < 0 {
			i = len(kinds)
			kinds = append(kinds, &alike{mark: m})
		}
		k := kinds[i]
		k.n++
		if m.Icon == "state-on-loan" && !cp.Due.IsZero() && (k.first.IsZero() || cp.Due.Before(k.first)) {
			k.first = cp.Due
		}
	}
	slices.SortStableFunc(kinds, func(a, b *alike) int { return cmp.Compare(rank(a.mark), rank(b.mark)) })
	var list []Mark
	for _, k := range kinds {
		switch {
		case k.mark.Icon == "state-available":
			k.mark.Text = w.Say(words.StateNAvailable, "n", k.n)
		case !k.first.IsZero():
			k.mark.Text = w.Say(words.StateNOnLoanUntil, "n", k.n, "date", w.Short(k.first, now))
		case k.mark.Icon == "state-on-loan":
			k.mark.Text = w.Say(words.StateNOnLoan, "n", k.n)
		default:
			k.mark.Text = w.Say(words.StateNOf, "n", k.n, "state", k.mark.Text)
		}
		list = append(list, k.mark)
	}
	return list
}

// rank orders states by how soon a reader may have the copy.
func rank(m Mark) int {
	return slices.Index([]string{"state-blocked", "state-damaged", "state-missing", "state-withdrawn", "state-conflict",
		"state-waiting", "state-overdue", "state-in-transit", "state-hold", "state-on-loan", "state-available"}, m.Icon) * -1
}

// Own names the copies of the record shown that are ours, with who has them, for a person to choose one to correct.
func (c *Catalogue) Own(w *words.Words) (list []string) {
	for _, cp := range c.own() {
		who := ""
		if cp.Status == model.StatusOnLoan {
			who = names(w, cp.Reader.Names)
		}
		list = append(list, dotted(w, upright(code(cp.Item)), copyMark(w, cp, c.now()).Text, who))
	}
	return list
}

func (c *Catalogue) own() (list []model.Copy) {
	if c.title == nil {
		return nil
	}
	for _, cp := range c.title.Copies {
		if cp.Library.Own {
			list = append(list, cp)
		}
	}
	return list
}

// NewCopy is the form of a copy of the record shown.
func (c *Catalogue) NewCopy() *Form {
	if c.title == nil {
		return nil
	}
	item := model.ItemForm{Identity: model.ItemIdentity{Biblio: c.title.Summary.ID}, Shelf: model.ItemShelf{CallNo: c.title.Form.CallNo}}
	f := c.copy(item, words.CopySaved, c.lib.AddItem)
	f.heading, f.args, f.save = words.CopyNew, []any{"title", native(c.title.Summary.Title)}, words.ActAdd
	return f
}

// EditCopy is the form of our n-th copy of the record shown. It covers only what it displays.
func (c *Catalogue) EditCopy(n int) *Form {
	list := c.own()
	if n < 0 || n >= len(list) {
		return nil
	}
	f := c.copy(list[n].Item.Form(), words.CopyChanged, c.lib.SaveItem)
	f.heading, f.args, f.save = words.CopyChange, []any{"code", code(list[n].Item)}, words.ActSave
	return f
}

// conditions are what a person may say of a copy, in the order of a list.
var conditions = [...]struct {
	is   model.Condition
	word words.Key
}{
	{model.ConditionOK, words.StateSound}, {model.ConditionDamaged, words.StateDamaged}, {model.ConditionMissing, words.StateMissing},
	{model.ConditionLost, words.StateLost}, {model.ConditionWithdrawn, words.StateWithdrawn}, {model.ConditionClaimed, words.StateClaimed},
}

func (c *Catalogue) copy(item model.ItemForm, saved words.Key, save func(context.Context, model.ItemForm) (model.Copy, error)) *Form {
	id, price := item.Identity.Biblio, ""
	if item.Purchase.Price > 0 {
		price = strconv.FormatInt(item.Purchase.Price/100, 10)
	}
	f := &Form{}
	f.fields = []field{
		{id: "barcode", label: words.CopyBarcode, hint: words.CopyBarcodeHint, value: item.Identity.Barcode, latin: true},
		{id: "accession", label: words.CopyAccession, value: item.Identity.Accession, latin: true},
		{id: "call", label: words.CopyCall, value: item.Shelf.CallNo, latin: true},
		{id: "shelf", label: words.CopyShelf, value: item.Shelf.Location},
		{id: "price", label: words.CopyPrice, value: price, latin: true},
	}
	if !item.ID.IsZero() { // a new copy is sound
		var options []option
		for _, o := range conditions {
			options = append(options, option{value: strconv.Itoa(int(o.is)), label: o.word})
		}
		f.fields = append(f.fields, field{id: "condition", label: words.CopyCondition, value: strconv.Itoa(int(item.Condition.Condition)), options: options},
			field{id: "why", label: words.CopyWhy, value: item.Condition.Why})
	}
	f.check = func(get func(string) string) (string, words.Key) {
		switch {
		case get("barcode") == "" && get("accession") == "":
			return "barcode", words.WrongCopy
		case get("price") != "" && rupees(get("price")) < 0:
			return "price", words.WrongPrice
		}
		return "", ""
	}
	f.submit = func(ctx context.Context, get func(string) string) error {
		item := item
		item.Identity.Barcode, item.Identity.Accession = get("barcode"), get("accession")
		item.Shelf.CallNo, item.Shelf.Location = get("call"), get("shelf")
		if p := get("price"); p != price {
			item.Purchase.Price = int64(max(0, rupees(p))) * 100
		}
		if !item.ID.IsZero() {
			item.Condition.Condition, item.Condition.Why = model.Condition(max(0, number(get("condition")))), get("why")
		}
		made, err := save(ctx, item)
		if err != nil {
			return err
		}
		f.saved, f.savedName = saved, code(made.Item)
		c.run(ctx, false) // the line in the list counts copies too
		c.read(ctx, id)
		return nil
	}
	return f
}

// rupees reads a price, 1,500 or ۱۵۰۰; -1 for none.
func rupees(s string) int {
	return number(strings.NewReplacer(",", "", "\u066c", "", "\u060c", "", " ", "").Replace(s))
}
