package library

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"ishtirak/model"
	"ishtirak/model/workset"
)

// item reads an own copy.
func (l *Library) item(id model.ID) (model.Item, error) { return l.itemOf(l.own.ID, id) }

func (l *Library) itemOf(library, id model.ID) (model.Item, error) {
	e, err := l.record(model.Key{Kind: model.KindItem, Owner: library, ID: id})
	return model.ItemOf(e), err
}

// ownItem is item with a refusal where there is none.
func (l *Library) ownItem(id model.ID) (model.Item, error) {
	it, err := l.item(id)
	if err != nil {
		return it, &model.Refusal{Rule: model.RuleUnknownCopy}
	}
	return it, nil
}

// copyView says where a copy is: an own one by the ledger, another's as it published
// it. full adds the reader who has it.
func (l *Library) copyView(v *workset.View, it model.Item, full bool) (model.Copy, error) {
	c := l.standing(v, it)
	c.Library = l.library(it.Library)
	if loan := v.LoanOf(it.ID); full && !c.Loan.IsZero() && loan != nil {
		c.Reader = refOf(v, loan.Patron)
	}
	var err error
	c.Title, err = l.brief(it.Identity.Biblio)
	return c, err
}

// standing is where a copy is, without its library's name, its title and who has it.
func (l *Library) standing(v *workset.View, it model.Item) model.Copy {
	c := model.Copy{Item: it, Status: it.Circulation.Status}
	if it.Circulation.Due != 0 && c.Status == model.StatusOnLoan {
		c.Due = time.Unix(it.Circulation.Due, 0)
	}
	brought := v.Brought(workset.Holding{Library: it.Library, Item: it.ID})
	if it.Library != l.own.ID {
		c.News = it.News.Time()
		if brought.OnTheWay(it, nil) {
			c.Status, c.Due, c.News = model.StatusInTransit, time.Time{}, brought.Stamp.Time()
		}
		return c
	}
	if loan := v.LoanOf(it.ID); loan != nil {
		c.Status, c.Due, c.Loan = model.StatusOnLoan, loan.Due, loan.ID
	} else if c.Status == model.StatusOnLoan {
		c.Status, c.Due = model.StatusAvailable, time.Time{}
	}
	if f := v.Ledger(it.ID); brought.OnTheWay(it, &f) { // a loan stays open until the copy is here
		c.Status, c.News = model.StatusInTransit, brought.Stamp.Time()
	}
	return c
}

// library names a library of the roster.
func (l *Library) library(id model.ID) model.Library {
	if id == l.own.ID {
		return l.own
	}
	if r, ok := l.roster.Load().Library(id); ok {
		return libraryOf(r, l.own.ID)
	}
	return model.Library{ID: id}
}

// AddItem adds a copy of this library to a title. The error may be a *model.Refusal.
func (l *Library) AddItem(ctx context.Context, f model.ItemForm) (model.Copy, error) {
	f.ID, f.Seen = model.ID{}, nil
	return l.SaveItem(ctx, f)
}

// SaveItem saves what the form changed, and covers only what it displayed.
func (l *Library) SaveItem(ctx context.Context, f model.ItemForm) (model.Copy, error) {
	if err := l.wait(ctx); err != nil {
		return model.Copy{}, err
	}
	l.desk.Lock()
	defer l.desk.Unlock()
	v := l.set.View()
	f.Identity.Barcode, f.Identity.Accession = model.Code(f.Identity.Barcode), model.Code(f.Identity.Accession)
	if _, err := l.record(model.Key{Kind: model.KindBiblio, ID: f.Identity.Biblio}); err != nil {
		return model.Copy{}, err
	}
	if err := l.freeBarcode(v, f); err != nil {
		return model.Copy{}, err
	}
	a := l.newAct()
	id := f.ID
	if id.IsZero() {
		var tail [8]byte
		if _, err := io.ReadFull(l.o.Rand, tail[:]); err != nil {
			return model.Copy{}, fmt.Errorf("drawing a copy's ID: %w", err)
		}
		id = model.ItemID(f.Identity.Biblio, tail)
	}
	groups, err := f.Groups()
	if err != nil {
		return model.Copy{}, err
	}
	a.add(model.Key{Kind: model.KindItem, Owner: l.own.ID, ID: id}, groups...)
	if _, err := a.commit(); err != nil {
		return model.Copy{}, err
	}
	it, err := l.item(id)
	if err != nil {
		return model.Copy{}, err
	}
	return l.copyView(l.set.View(), it, true)
}

// SaveBiblio adds a title (form.ID zero) or saves what the form changed, and covers
// only what it displayed. The error may be a *model.Refusal.
func (l *Library) SaveBiblio(ctx context.Context, f model.BookForm) (model.Title, error) {
	if err := l.wait(ctx); err != nil {
		return model.Title{}, err
	}
	if refusal := f.Check(); refusal != nil {
		return model.Title{}, refusal
	}
	l.desk.Lock()
	defer l.desk.Unlock()
	groups, err := f.Groups(decode)
	if err != nil {
		return model.Title{}, err
	}
	a := l.newAct()
	id := f.ID
	if id.IsZero() {
		id = model.EventNumber(model.ID(a.id), 0)
	}
	a.add(model.Key{Kind: model.KindBiblio, ID: id}, groups...)
	if _, err := a.commit(); err != nil {
		return model.Title{}, err
	}
	return l.title(l.set.View(), id)
}

// biblio reads a title.
func (l *Library) biblio(id model.ID) (b model.Biblio, conflict bool, err error) {
	e, err := l.record(model.Key{Kind: model.KindBiblio, ID: id})
	if err != nil {
		return b, false, err
	}
	if b, err = model.BiblioOf(e, decode); err != nil {
		err = fmt.Errorf("%w: %w", errUnreadable, err)
	}
	return b, conflicted(e), err
}

// errUnreadable says that a title was not written in a way that this version can read: a
// later version's format, or a member's program that is another than ours. It is kept and
// passed on, and must hinder no list of others.
var errUnreadable = errors.New("this title cannot be read here")

// conflicted reports whether some group has values that differ.
func conflicted(e model.Entry) bool {
	for name, values := range e.Groups {
		for _, v := range values[1:] {
			if string(v.Raw) != string(values[0].Raw) && !model.Quiet(e.Key.Kind, name) {
				return true
			}
		}
	}
	return false
}
