package present

import (
	"context"
	"time"

	"ishtirak/app/words"
	"ishtirak/model"
)

// Registering is what the readers' place needs of the library.
type Registering interface {
	Keeping
	FindPatrons(ctx context.Context, text string, limit int) ([]model.PatronView, error)
	Patron(ctx context.Context, id model.ID) (model.PatronView, error)
	AddPatron(ctx context.Context, f model.PatronForm) (model.PatronView, error)
	SavePatron(ctx context.Context, f model.PatronForm) (model.PatronView, error)
	History(ctx context.Context, patron model.ID) (model.History, error)
	Self() model.Library
}

// Readers finds, registers and corrects readers.
type Readers struct {
	lib    Registering
	now    func() time.Time
	text   string
	list   []model.PatronView
	chosen int
	err    error

	history *past // of the reader shown, nil while it is closed
}

// shown is how many readers a list holds; letters find the rest.
const shown = 200

// NewReaders makes the readers' place of a library.
func NewReaders(lib Registering, now func() time.Time) *Readers {
	return &Readers{lib: lib, now: now, chosen: -1}
}

// Search lists the readers whose name, father's name or card begins so; all of them for "".
func (r *Readers) Search(ctx context.Context, text string) {
	r.text, r.history = text, nil
	r.run(ctx, model.ID{})
}

// Refresh lists them again.
func (r *Readers) Refresh(ctx context.Context) {
	r.run(ctx, r.Chosen())
	r.recall(ctx)
}

// Choose shows the n-th reader.
func (r *Readers) Choose(ctx context.Context, n int) {
	if n >= 0 && n < len(r.list) {
		r.chosen = n
	}
	r.recall(ctx)
}

// Move chooses a neighbour.
func (r *Readers) Move(ctx context.Context, by int) {
	r.Choose(ctx, max(0, min(r.chosen+by, len(r.list)-1)))
}

// Chosen is the reader shown; zero where there is none.
func (r *Readers) Chosen() model.ID {
	if r.chosen < 0 || r.chosen >= len(r.list) {
		return model.ID{}
	}
	return r.list[r.chosen].Patron.ID
}

func (r *Readers) run(ctx context.Context, keep model.ID) {
	list, err := r.lib.FindPatrons(ctx, r.text, shown)
	if ctx.Err() != nil {
		return
	}
	r.err = err
	if err != nil {
		return
	}
	r.list, r.chosen = list, -1
	if len(list) > 0 && r.text != "" {
		r.chosen = 0
	}
	for i, v := range list {
		if v.Patron.ID == keep {
			r.chosen = i
		}
	}
}

// ReadersScreen is the readers' place, worded.
type ReadersScreen struct {
	Hint    string
	Count   string
	Lines   []ReaderLine
	Chosen  int
	Empty   *Empty
	Actions []Action
	Reader  ReaderPanel
	Facts   []Fact // father, phone, address, member until
	Do      []Action
	History *HistoryScreen // in the place of the list, nil while it is closed
}

// ReaderLine is one reader in the list.
type ReaderLine struct {
	Name  string
	Other string // in the other script
	About string
	Mark  Mark
	Books string
}

// Fact is a labelled line.
type Fact struct{ Label, Text string }

// Show words the readers' place.
func (r *Readers) Show(w *words.Words) ReadersScreen {
	add := Action{ID: "add", Icon: "add", Text: w.Say(words.ReadersAdd), Key: w.Say(words.KeyNew)}
	s := ReadersScreen{Hint: w.Say(words.BoxHintReaders), Count: w.Say(words.ReadersCount, "n", len(r.list)), Chosen: r.chosen, Actions: []Action{add}}
	for _, v := range r.list {
		l := ReaderLine{Name: names(w, v.Patron.Names.Names), About: dotted(w, cardText(w, v), category(w, v.Category)), Mark: standing(w, v)}
		if n := v.Patron.Names.Names; n.Urdu != "" && n.Roman != "" {
			l.Other = n.Any(!w.RightToLeft())
		}
		if len(v.Loans) > 0 {
			l.Books = w.Say(words.DeskBooks, "n", len(v.Loans))
		}
		s.Lines = append(s.Lines, l)
	}
	add.Main = true
	switch {
	case r.err != nil:
		f := fault(w, failedAct, r.err)
		s.Empty = &Empty{Title: f.Head, About: f.Safe}
	case len(r.list) > 0:
	case r.text != "":
		s.Empty = &Empty{Title: w.Say(words.ReadersNone, "text", r.text), About: w.Say(words.ReadersNoneAbout), Actions: []Action{add}}
	default:
		s.Empty = &Empty{Title: w.Say(words.ReadersEmpty), About: w.Say(words.ReadersEmptyAbout), Actions: []Action{add}}
	}
	if r.chosen < 0 || r.chosen >= len(r.list) {
		s.Reader.Empty = Empty{Title: w.Say(words.ReadersPick)}
		return s
	}
	v := r.list[r.chosen]
	s.Reader = readerPanel(w, v, r.now())
	fact := func(k words.Key, text string) {
		if text != "" {
			s.Facts = append(s.Facts, Fact{w.Say(k), text})
		}
	}
	fact(words.ReaderFather, v.Patron.Names.Father)
	fact(words.ReaderPhone, upright(v.Patron.Contact.Phone))
	fact(words.ReaderAddress, v.Patron.Contact.Address)
	if d := v.Patron.Class.Expires; d != 0 {
		fact(words.ReaderExpiry, w.Date(d.In(time.UTC)))
	}
	s.History = r.showHistory(w)
	s.Do = []Action{
		{ID: "desk", Icon: "place-desk", Text: w.Say(words.ReadersToDesk), Key: w.Say(words.KeyEnter), Main: true},
		{ID: "day", Icon: "place-catalogue", Text: w.Say(words.ReadersHistory), Key: w.Say(words.KeyDay)},
		{ID: "edit", Icon: "edit", Text: w.Say(words.ReadersEdit), Key: w.Say(words.KeyEdit)},
		{ID: "remove", Text: w.Say(words.RemoveIt), Key: w.Say(words.KeyRemove)},
	}
	return s
}

// NewReader is the form of a reader who is not registered yet.
func (r *Readers) NewReader() *Form {
	return r.form(false, model.PatronForm{}, words.ReaderNew, words.ReadersAdd, r.lib.AddPatron)
}

// EditReader is the form of the reader shown, the name in the window's own script first; it remembers which versions it displays.
func (r *Readers) EditReader(w *words.Words) *Form {
	if r.Chosen().IsZero() {
		return nil
	}
	v := r.list[r.chosen]
	p := v.Patron
	return r.form(!w.RightToLeft(), model.PatronForm{ID: p.ID, Names: p.Names, Class: p.Class, Standing: p.Standing, Contact: p.Contact,
		Privacy: p.Privacy, Seen: p.Seen}, words.ReaderChange, words.ActSave, r.lib.SavePatron)
}

func (r *Readers) form(latin bool, p model.PatronForm, heading, save words.Key, submit func(context.Context, model.PatronForm) (model.PatronView, error)) *Form {
	isNew := p.ID.IsZero()
	f := &Form{heading: heading, save: save}
	main, other := inScripts(latin, p.Names.Names)
	expires := ""
	if p.Class.Expires != 0 {
		expires = p.Class.Expires.In(time.UTC).Format(time.DateOnly)
	}
	card := ""
	if r.chosen >= 0 && r.chosen < len(r.list) && !isNew {
		for _, c := range r.list[r.chosen].Cards {
			if c.State == model.CardActive && card == "" {
				card = c.Number
			}
		}
	}
	yes := func(b bool) string {
		if b {
			return "yes"
		}
		return ""
	}
	options := []option{{"", words.CategoryAdult, ""}, {"child", words.CategoryChild, ""}, {"student", words.CategoryStudent, ""},
		{"teacher", words.CategoryTeacher, ""}, {"staff", words.CategoryStaff, ""}}
	if adult := "adult"; p.Class.Category == adult { // said outright, as another program or a verb writes it
		options[0].value = adult
	}
	known := false
	for _, o := range options {
		known = known || o.value == p.Class.Category
	}
	if !known {
		options = append(options, option{value: p.Class.Category, text: p.Class.Category})
	}
	f.fields = []field{
		{id: "name", label: words.ReaderName, value: main},
		{id: "name2", label: words.ReaderNameOther, value: other},
		{id: "card", label: words.ReaderCard, hint: words.ReaderCardHint, value: card, latin: true},
		{id: "father", label: words.ReaderFather, value: p.Names.Father},
		{id: "category", label: words.ReaderCategory, value: p.Class.Category, options: options},
		{id: "expires", label: words.ReaderExpiry, hint: words.ReaderExpiryHint, value: expires, note: dayNote},
		{id: "phone", label: words.ReaderPhone, value: p.Contact.Phone, latin: true},
		{id: "shared", label: words.ReaderPhoneShared, value: yes(p.Contact.Shared), check: true},
		{id: "address", label: words.ReaderAddress, value: p.Contact.Address},
		{id: "keep", label: words.ReaderKeep, value: yes(p.Privacy.KeepHistory), check: true},
	}
	if !isNew {
		f.fields = append(f.fields, field{id: "block", label: words.ReaderBlock, value: p.Standing.Why})
	}
	f.check = func(get func(string) string) (string, words.Key) {
		switch {
		case get("name") == "":
			return "name", words.WrongReader
		case isNew && get("card") == "":
			return "card", words.WrongCard
		}
		if d := get("expires"); d != "" {
			if _, ok := day(d); !ok {
				return "expires", words.WrongDate
			}
		}
		return "", ""
	}
	f.submit = func(ctx context.Context, get func(string) string) error {
		p.Names.Names = both(get("name"), get("name2"))
		p.Names.Father = get("father")
		p.Card = get("card")
		p.Class = model.PatronClass{Category: get("category")}
		if t, ok := day(get("expires")); ok {
			p.Class.Expires = model.DateOf(t)
		}
		p.Contact.Phone, p.Contact.Address, p.Contact.Shared = get("phone"), get("address"), get("shared") == "yes"
		p.Privacy.KeepHistory = get("keep") == "yes"
		if !isNew {
			p.Standing = model.PatronStanding{Blocked: get("block") != "", Why: get("block")}
		}
		v, err := submit(ctx, p)
		if err != nil {
			return err
		}
		f.saved, f.savedName = words.ReaderCorrected, get("name")
		if isNew {
			f.saved = words.ReaderSaved
		}
		r.run(ctx, v.Patron.ID)
		r.recall(ctx)
		return nil
	}
	return f
}

// inScripts is a name as a form shows it: in the script that comes first, then in the other; one that is in one only is first.
func inScripts(latin bool, n model.Names) (main, other string) {
	main, other = n.Urdu, n.Roman
	if latin {
		main, other = other, main
	}
	if main == "" {
		return other, ""
	}
	return main, other
}

// both puts two names into their scripts, in whatever order they were written.
func both(a, b string) model.Names {
	if urdu(a) || b != "" && !urdu(b) {
		return model.Names{Urdu: a, Roman: b}
	}
	return model.Names{Urdu: b, Roman: a}
}
