package present

import (
	"context"
	"errors"
	"strings"
	"sync"

	"ishtirak/app/words"
	"ishtirak/model"
)

// Form is a form being filled in. It keeps what is typed, so that neither a change of language nor a refusal loses a letter.
type Form struct {
	heading words.Key
	about   words.Key  // "" for none
	args    []any      // of the heading
	save    words.Key  // the button that saves
	mu      sync.Mutex // of the fields' values: letters may be typed while the form is saved
	fields  []field
	begun   []string                                                  // the fields' values when it was first shown
	check   func(get func(string) string) (id string, says words.Key) // what is wrong before saving, "" for nothing
	asks    func(get func(string) string) *doubt                      // what is asked once before saving, nil for nothing
	submit  func(ctx context.Context, get func(string) string) error
	work    failing

	doubt   *doubt // asked and not yet answered
	settled doubt  // asked before: handed in again as it is, it stands

	wrongField string
	wrongKey   words.Key
	refusal    *model.Refusal
	err        error
	Done       bool // saved; the window closes the form

	saved     words.Key // what is said once it is, "" for nothing
	savedName string    // its {title}, {name} or {code}
}

// field is one line of a form.
type field struct {
	id      string
	label   words.Key
	hint    words.Key // "" for none
	value   string
	lines   int // more than 1: a box of several lines
	options []option
	check   bool                                          // yes or no: value "yes" or ""
	latin   bool                                          // a number, a code, an address: never typed in Urdu
	note    func(w *words.Words, value string) (s string) // what is said below it as it is typed, nil for nothing
}

// doubt is a question about a field: what is in it may be wrong, and only a person can tell. Handed in once more it stands.
type doubt struct {
	field, value string
	says         func(w *words.Words) string
	mend         string    // a better value, "" for none
	mendKey      words.Key // the button that takes it, with {isbn}
	anyway       words.Key // the button that saves all the same
}

type option struct {
	value string
	label words.Key
	text  string // where the label is not one of ours
}

// FormScreen is a form, worded.
type FormScreen struct {
	Heading string
	About   string
	Fields  []FieldLine
	Wrong   string // what is wrong with the form as a whole
	Save    string
	Cancel  string
}

// FieldLine is one line of a form, worded.
type FieldLine struct {
	ID      string
	Label   string
	Hint    string
	Value   string
	Wrong   string
	Asked   bool    // Wrong is a question: the form may be handed in all the same
	Note    string  // said below it where nothing is wrong; "" for nothing
	Mend    *Option // a better value that may be taken instead
	Latin   bool    // never typed in Urdu
	Lines   int
	Check   bool
	Options []Option
}

// Option is one of the values a field may have.
type Option struct{ Value, Text string }

// Get is the value of a field, without spaces around it.
func (f *Form) Get(id string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range f.fields {
		if f.fields[i].id == id {
			return strings.TrimSpace(f.fields[i].value)
		}
	}
	return ""
}

// Set keeps what is typed in a field.
func (f *Form) Set(id, value string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range f.fields {
		if f.fields[i].id == id {
			f.fields[i].value = value
		}
	}
}

// Touched reports whether something else stands in it than when it was first shown.
func (f *Form) Touched() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, was := range f.begun {
		if strings.TrimSpace(f.fields[i].value) != strings.TrimSpace(was) {
			return true
		}
	}
	return false
}

// Save checks the form and hands it in. Done says whether it went through; what did not is told by Show.
func (f *Form) Save(ctx context.Context) {
	f.wrongField, f.wrongKey, f.refusal, f.err, f.doubt = "", "", nil, nil, nil
	if f.check != nil {
		if f.wrongField, f.wrongKey = f.check(f.Get); f.wrongKey != "" {
			return
		}
	}
	if f.asks != nil {
		if d := f.asks(f.Get); d != nil && (f.settled.field != d.field || f.settled.value != d.value) {
			f.doubt, f.settled, f.wrongField = d, *d, d.field
			return
		}
	}
	err := f.submit(ctx, f.Get)
	switch {
	case err == nil:
		f.Done = true
	case errors.As(err, &f.refusal):
		f.wrongField = f.refusal.About.Field
	default:
		f.err = err
	}
}

// Note is what is said below a field about what stands in it now; "" for nothing.
func (f *Form) Note(w *words.Words, id string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, d := range f.fields {
		if d.id == id && d.note != nil {
			return d.note(w, strings.TrimSpace(d.value))
		}
	}
	return ""
}

// Said is what to say once the form is saved; "" for nothing.
func (f *Form) Said(w *words.Words) string {
	if f.saved == "" {
		return ""
	}
	return w.Say(f.saved, "title", f.savedName, "name", f.savedName, "code", f.savedName)
}

// begin keeps what stands in the fields before a person writes; mu guards it.
func (f *Form) begin() {
	f.begun = make([]string, len(f.fields))
	for i := range f.fields {
		f.begun[i] = f.fields[i].value
	}
}

// Show words the form.
func (f *Form) Show(w *words.Words) FormScreen {
	s := FormScreen{Heading: w.Say(f.heading, f.args...), Save: w.Say(f.save), Cancel: w.Say(words.ActCancel)}
	if f.about != "" {
		s.About = w.Say(f.about)
	}
	says := ""
	switch {
	case f.doubt != nil && f.Get(f.doubt.field) != f.doubt.value: // answered: something else stands there now
	case f.doubt != nil:
		says, s.Save = f.doubt.says(w), w.Say(f.doubt.anyway)
	case f.wrongKey != "":
		says = w.Say(f.wrongKey)
	case f.refusal != nil:
		says = wrong(w, f.refusal)
	case f.err != nil:
		t := fault(w, f.work, f.err)
		says = t.Head + ". " + t.Safe
		if w.RightToLeft() {
			says = t.Head + "۔ " + t.Safe
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.begun == nil {
		f.begin()
	}
	for _, d := range f.fields {
		l := FieldLine{ID: d.id, Label: w.Say(d.label), Value: d.value, Lines: d.lines, Check: d.check, Latin: d.latin}
		if d.note != nil {
			l.Note = d.note(w, strings.TrimSpace(d.value))
		}
		if d.hint != "" {
			l.Hint = w.Say(d.hint)
		}
		if d.id == f.wrongField && says != "" {
			l.Wrong, l.Asked, says = says, f.doubt != nil, ""
			if f.doubt != nil && f.doubt.mend != "" {
				l.Mend = &Option{Value: f.doubt.mend, Text: w.Say(f.doubt.mendKey, "isbn", upright(f.doubt.mend))}
			}
		}
		for _, o := range d.options {
			text := o.text
			if o.label != "" {
				text = w.Say(o.label)
			}
			l.Options = append(l.Options, Option{Value: o.value, Text: text})
		}
		s.Fields = append(s.Fields, l)
	}
	s.Wrong = says
	return s
}
