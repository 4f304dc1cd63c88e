package library

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"ishtirak/model"
	"ishtirak/model/script"
	"ishtirak/model/workset"
)

// Patron is a reader; ErrUnknown where there is none.
func (l *Library) Patron(ctx context.Context, id model.ID) (model.PatronView, error) {
	if err := l.wait(ctx); err != nil {
		return model.PatronView{}, err
	}
	return l.patronView(l.set.View(), id)
}

// patronView shows a reader with the open loans; copies read already are not read again.
func (l *Library) patronView(v *workset.View, id model.ID, read ...model.Copy) (model.PatronView, error) {
	p, ok := v.Patron(id)
	if !ok {
		return model.PatronView{}, fmt.Errorf("reading reader %s: %w", id, ErrUnknown)
	}
	line, _ := v.Policy().Line(p.Class.Category, "")
	now := l.now()
	view := model.PatronView{Patron: p, Cards: v.CardsOf(id), Category: p.Class.Category, Limit: line.Limit, Blocked: p.Standing.Blocked,
		Expired: p.Class.Expires != 0 && model.DateOf(now.In(v.Policy().Location())) > p.Class.Expires}
	for _, loan := range v.LoansOf(id) {
		lv, err := l.loanView(v, loan, read...)
		if err != nil {
			return view, err
		}
		if lv.Overdue {
			view.Overdue++
		}
		view.Loans = append(view.Loans, lv)
	}
	return view, nil
}

func refOf(v *workset.View, id model.ID) model.PatronRef {
	p, ok := v.Patron(id)
	if !ok {
		return model.PatronRef{ID: id}
	}
	ref := model.PatronRef{ID: id, Names: p.Names.Names}
	if cards := v.CardsOf(id); len(cards) > 0 {
		ref.Card = cards[0].Number
	}
	return ref
}

// FindPatrons finds readers by beginnings of names, in any script, by card, or by the
// beginning of a telephone number; "" lists them, by name. At most limit (0: 50).
func (l *Library) FindPatrons(ctx context.Context, text string, limit int) ([]model.PatronView, error) {
	if err := l.wait(ctx); err != nil {
		return nil, err
	}
	if limit <= 0 {
		limit = 50
	}
	v := l.set.View()
	var ids []model.ID
	seen := map[model.ID]bool{}
	take := func(id model.ID) {
		if !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	for _, c := range v.Cards(model.Code(text)) {
		take(c.Patron)
	}
	words := script.Words(text)
	found := v.Patrons(words, 0)
	if bones := skeletons(words); len(found) == 0 && len(bones) > 0 { // no words would be everybody
		found = v.Patrons(bones, 0)
	}
	if phone := phoneOf(text); phone != "" {
		found = append(found, v.Patrons([]string{phone}, 0)...)
	}
	for _, id := range byName(found) {
		take(id)
	}
	var out []model.PatronView
	for _, id := range ids[:min(limit, len(ids))] {
		view, err := l.patronView(v, id)
		if errors.Is(err, ErrUnknown) {
			continue // a card whose reader is gone
		}
		if err != nil {
			return nil, err
		}
		out = append(out, view)
	}
	return out, nil
}

// byName puts readers in the order of their names; a key is made once for each.
func byName(found []model.Patron) []model.ID {
	type keyed struct {
		key string
		id  model.ID
	}
	list := make([]keyed, len(found))
	for i, p := range found {
		list[i] = keyed{script.Key(p.Names.Any(true)), p.ID}
	}
	slices.SortFunc(list, func(a, b keyed) int {
		return cmp.Or(cmp.Compare(a.key, b.key), bytes.Compare(a.id[:], b.id[:]))
	})
	out := make([]model.ID, len(list))
	for i, k := range list {
		out[i] = k.id
	}
	return out
}

func skeletons(words []string) []string {
	var out []string
	for _, w := range words {
		if bones := script.Skeleton(w); bones != "" {
			out = append(out, skeletonMark+bones)
		}
	}
	return out
}

// AddPatron registers a reader. The error may be a *model.Refusal.
func (l *Library) AddPatron(ctx context.Context, f model.PatronForm) (model.PatronView, error) {
	f.ID, f.Seen = model.ID{}, nil
	return l.SavePatron(ctx, f)
}

// SavePatron saves what the form changed, and covers only what it displayed. A card
// number that is not the reader's yet becomes the active card, the earlier one replaced.
func (l *Library) SavePatron(ctx context.Context, f model.PatronForm) (model.PatronView, error) {
	if err := l.wait(ctx); err != nil {
		return model.PatronView{}, err
	}
	f.Names.Urdu, f.Names.Roman = strings.TrimSpace(f.Names.Urdu), strings.TrimSpace(f.Names.Roman)
	if refusal := f.Check(); refusal != nil {
		return model.PatronView{}, refusal
	}
	l.desk.Lock()
	defer l.desk.Unlock()
	v := l.set.View()
	var err error
	if f.Class.Category, err = category(v, f); err != nil {
		return model.PatronView{}, err
	}
	a := l.newAct()
	id := f.ID
	if id.IsZero() {
		id = model.EventNumber(model.ID(a.id), 0)
	}
	groups, err := f.Groups()
	if err != nil {
		return model.PatronView{}, err
	}
	a.add(model.Key{Kind: model.KindPatron, Owner: l.own.ID, ID: id}, groups...)
	if err := l.addCard(v, a, id, f.Card); err != nil {
		return model.PatronView{}, err
	}
	if _, err := a.commit(); err != nil {
		return model.PatronView{}, err
	}
	return l.patronView(l.set.View(), id)
}

// category gives a reader's category as the rules name it, however it was written. One that no rule can be found for is
// refused, but for one that the reader has already.
func category(v *workset.View, f model.PatronForm) (string, error) {
	named := model.CategoryOf(f.Class.Category)
	if was, ok := v.Patron(f.ID); ok && was.Class.Category == f.Class.Category {
		return f.Class.Category, nil
	}
	if slices.Contains(model.Categories(), named) || v.Policy().Rules(named) {
		return named, nil
	}
	return "", &model.Refusal{Rule: model.RuleCategory, About: model.About{Field: "category", Code: f.Class.Category}}
}

func (l *Library) addCard(v *workset.View, a *act, patron model.ID, number string) error {
	code := model.Code(number)
	if code == "" {
		return nil
	}
	for _, c := range v.Cards(code) {
		if c.Patron == patron && c.State == model.CardActive {
			return nil
		}
	}
	if err := l.freeCard(v, patron, code); err != nil {
		return err
	}
	for _, c := range v.CardsOf(patron) {
		if c.State == model.CardActive {
			c.State = model.CardReplaced
			groups, err := c.Groups()
			if err != nil {
				return err
			}
			a.add(model.Key{Kind: model.KindCard, Owner: l.own.ID, ID: c.ID}, groups...)
		}
	}
	card := model.Card{ID: model.EventNumber(model.ID(a.id), 1), Number: code, Patron: patron, State: model.CardActive}
	groups, err := card.Groups()
	a.add(model.Key{Kind: model.KindCard, Owner: l.own.ID, ID: card.ID}, groups...)
	return err
}

// Staff lists who works here, by name.
func (l *Library) Staff(ctx context.Context) ([]model.Staff, error) {
	if err := l.wait(ctx); err != nil {
		return nil, err
	}
	list := l.set.View().Staff()
	slices.SortStableFunc(list, func(a, b model.Staff) int {
		return cmp.Compare(script.Key(a.Names.Any(true)), script.Key(b.Names.Any(true)))
	})
	return list, nil
}

// SaveStaff adds (zero ID) or changes a staff member.
func (l *Library) SaveStaff(ctx context.Context, f model.StaffForm) (model.Staff, error) {
	if err := l.wait(ctx); err != nil {
		return model.Staff{}, err
	}
	if f.Names.Urdu == "" && f.Names.Roman == "" {
		return model.Staff{}, &model.Refusal{Rule: model.RuleEmpty, About: model.About{Field: "name"}}
	}
	l.desk.Lock()
	defer l.desk.Unlock()
	a := l.newAct()
	id := f.ID
	if id.IsZero() {
		id = model.EventNumber(model.ID(a.id), 0)
	}
	groups, err := f.Groups()
	if err != nil {
		return model.Staff{}, err
	}
	key := model.Key{Kind: model.KindStaff, Owner: l.own.ID, ID: id}
	a.add(key, groups...)
	if _, err := a.commit(); err != nil {
		return model.Staff{}, err
	}
	e, err := l.record(key)
	return model.StaffOf(e), err
}
