package present

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"ishtirak/model"
	"ishtirak/model/workset"
)

// Pretend is a library that exists only in memory: what presenters and screens are tested and pictured with. It keeps the
// promises that screens rely on and no others: a code finds its card or copy, a loan ends when the copy comes back, an act can
// be undone once, what is saved is found again. It has no policy but a limit of books, nothing is durable, and it is not safe
// for several goroutines. Broken, when set, is the error that every method gives; Slow, when set, is called by the long pieces
// of work between their steps, so that a test can stop them there.
type Pretend struct {
	Clock    func() time.Time
	Second   bool // a laptop that joined its library: it has no recovery sheet
	Titles   []model.Title
	Patrons  []model.PatronView
	Cases    []model.Conflict
	Net      model.Network
	Counted  model.Figures
	People   []model.Staff
	Kept     model.Settings
	Broken   error
	Slow     func(model.Progress)
	Asks     model.JoinRequest
	Lib      model.Library
	Imports  model.ImportReport
	Resolved []string                      // what was settled: "id 2"
	Day      []model.Outcome               // what the ledger has of this day
	Policy   model.Policy                  // the rules of lending
	Past     map[model.ID][]model.PastLoan // what readers had
	Out      *model.Refusal                // what Lend answers, nil: what it does

	last byte
	acts map[model.ID]func()
}

var _ Library = (*Pretend)(nil)

// ErrPretend is what a Pretend answers where a real library would name what is wrong with the input.
var ErrPretend = errors.New("pretend: not accepted")

func (p *Pretend) id() model.ID {
	p.last++
	return model.ID{0xff, p.last}
}

// Set is nothing: a Pretend is not followed.
func (p *Pretend) Set() *workset.Set { return nil }

// Talk is nothing: nobody is near.
func (p *Pretend) Talk() <-chan struct{} { return nil }

// Run waits for the end.
func (p *Pretend) Run(ctx context.Context) error { <-ctx.Done(); return nil }

// Close does nothing.
func (p *Pretend) Close() error { return nil }

// Lookup finds cards and copies by their whole number.
func (p *Pretend) Lookup(_ context.Context, code string) (model.Found, error) {
	f := model.Found{Code: code}
	for _, v := range p.Patrons {
		for _, c := range v.Cards {
			if strings.EqualFold(c.Number, code) {
				v.Scanned = c.State
				f.Patrons = append(f.Patrons, p.view(v))
			}
		}
	}
	for _, t := range p.Titles {
		for _, c := range t.Copies {
			if i := c.Item.Identity; strings.EqualFold(i.Barcode, code) || strings.EqualFold(i.Accession, code) {
				c.Title = t.Summary
				f.Copies = append(f.Copies, c)
			}
		}
	}
	return f, p.Broken
}

// MayBeCard goes by the forms of the numbers.
func (p *Pretend) MayBeCard(code string) bool {
	var cards, books []string
	for _, v := range p.Patrons {
		for _, c := range v.Cards {
			cards = append(cards, model.Code(c.Number))
		}
	}
	for _, t := range p.Titles {
		for _, c := range t.Copies {
			books = append(books, model.Code(c.Item.Identity.Barcode), model.Code(c.Item.Identity.Accession))
		}
	}
	return model.MayBeCard(model.Code(code), slices.Values(cards), slices.Values(books))
}

// Title gives a record.
func (p *Pretend) Title(_ context.Context, id model.ID) (model.Title, error) {
	for _, t := range p.Titles {
		if t.Summary.ID == id {
			return t, p.Broken
		}
	}
	return model.Title{}, ErrPretend
}

// SaveBiblio keeps the title and the author of a form.
func (p *Pretend) SaveBiblio(_ context.Context, f model.BookForm) (model.Title, error) {
	if p.Broken != nil {
		return model.Title{}, p.Broken
	}
	s := model.Summary{ID: f.ID, Title: f.Title, Authors: []model.Text2{f.Author}, Year: f.Year, Publisher: f.Publisher,
		Language: f.Language, Material: "book", ISBN: f.ISBN, Pages: f.Pages}
	for i := range p.Titles {
		if p.Titles[i].Summary.ID == f.ID {
			p.Titles[i].Summary, p.Titles[i].Form = s, f
			return p.Titles[i], nil
		}
	}
	s.ID = p.id()
	f.ID = s.ID
	p.Titles = append(p.Titles, model.Title{Summary: s, Form: f})
	return p.Titles[len(p.Titles)-1], nil
}

// AddItem adds a copy unless its number is taken.
func (p *Pretend) AddItem(ctx context.Context, f model.ItemForm) (model.Copy, error) {
	if found, err := p.Lookup(ctx, f.Identity.Barcode); err != nil || len(found.Copies) > 0 {
		return model.Copy{}, errors.Join(err, &model.Refusal{Rule: model.RuleTaken, About: model.About{Field: "barcode", Code: f.Identity.Barcode}})
	}
	for i := range p.Titles {
		if t := &p.Titles[i]; t.Summary.ID == f.Identity.Biblio {
			c := model.Copy{Item: model.Item{ID: p.id(), Identity: f.Identity, Shelf: f.Shelf}, Title: t.Summary, Library: p.Lib}
			t.Copies = append(t.Copies, c)
			return c, nil
		}
	}
	return model.Copy{}, ErrPretend
}

// SaveItem changes a copy.
func (p *Pretend) SaveItem(_ context.Context, f model.ItemForm) (model.Copy, error) {
	_, c := p.copyAt(f.ID)
	if p.Broken != nil || c == nil {
		return model.Copy{}, orPretend(p.Broken)
	}
	c.Item.Identity, c.Item.Shelf, c.Item.Condition = f.Identity, f.Shelf, f.Condition
	return *c, nil
}

// FindPatrons lists the readers with text in a name or a card.
func (p *Pretend) FindPatrons(_ context.Context, text string, limit int) ([]model.PatronView, error) {
	var list []model.PatronView
	for _, v := range p.Patrons {
		n := v.Patron.Names
		all := strings.ToLower(n.Urdu + " " + n.Roman + " " + n.Father)
		for _, c := range v.Cards {
			all += " " + strings.ToLower(c.Number)
		}
		if strings.Contains(all, strings.ToLower(text)) && len(list) < limit {
			list = append(list, p.view(v))
		}
	}
	return list, p.Broken
}

func (p *Pretend) view(v model.PatronView) model.PatronView {
	v.Loans = append([]model.LoanView(nil), v.Loans...)
	v.Overdue = 0
	for _, l := range v.Loans {
		if l.Due.Before(p.Clock()) {
			v.Overdue++
		}
	}
	return v
}

// Patron gives a reader.
func (p *Pretend) Patron(_ context.Context, id model.ID) (model.PatronView, error) {
	for _, v := range p.Patrons {
		if v.Patron.ID == id {
			return p.view(v), p.Broken
		}
	}
	return model.PatronView{}, ErrPretend
}

// AddPatron registers a reader.
func (p *Pretend) AddPatron(_ context.Context, f model.PatronForm) (model.PatronView, error) {
	if p.Broken != nil {
		return model.PatronView{}, p.Broken
	}
	v := model.PatronView{Patron: model.Patron{ID: p.id(), Names: f.Names, Class: f.Class, Contact: f.Contact}, Category: f.Class.Category, Limit: 5}
	v.Cards = []model.Card{{Number: f.Card, State: model.CardActive}}
	p.Patrons = append(p.Patrons, v)
	return v, nil
}

// SavePatron changes a reader.
func (p *Pretend) SavePatron(_ context.Context, f model.PatronForm) (model.PatronView, error) {
	for i := range p.Patrons {
		if v := &p.Patrons[i]; v.Patron.ID == f.ID {
			v.Patron.Names, v.Patron.Class, v.Patron.Contact, v.Patron.Standing, v.Patron.Privacy = f.Names, f.Class, f.Contact, f.Standing, f.Privacy
			v.Blocked = f.Standing.Blocked
			return p.view(*v), p.Broken
		}
	}
	return model.PatronView{}, ErrPretend
}
