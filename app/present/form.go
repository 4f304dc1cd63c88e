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
	check   func(get func(string) string) (id string, says words.Key) // what is wrong before saving, "" for nothing
	submit  func(ctx context.Context, get func(string) string) error
	work    failing

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
	check   bool // yes or no: value "yes" or ""
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

// Save checks the form and hands it in. Done says whether it went through; what did not is told by Show.
func (f *Form) Save(ctx context.Context) {
	f.wrongField, f.wrongKey, f.refusal, f.err = "", "", nil, nil
	if f.check != nil {
		if f.wrongField, f.wrongKey = f.check(f.Get); f.wrongKey != "" {
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

// Said is what to say once the form is saved; "" for nothing.
func (f *Form) Said(w *words.Words) string {
	if f.saved == "" {
		return ""
	}
	return w.Say(f.saved, "title", f.savedName, "name", f.savedName, "code", f.savedName)
}

// Show words the form.
func (f *Form) Show(w *words.Words) FormScreen {
	s := FormScreen{Heading: w.Say(f.heading, f.args...), Save: w.Say(f.save), Cancel: w.Say(words.ActCancel)}
	if f.about != "" {
		s.About = w.Say(f.about)
	}
	says := ""
	switch {
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
	for _, d := range f.fields {
		l := FieldLine{ID: d.id, Label: w.Say(d.label), Value: d.value, Lines: d.lines, Check: d.check}
		if d.hint != "" {
			l.Hint = w.Say(d.hint)
		}
		if d.id == f.wrongField && says != "" {
			l.Wrong, says = says, ""
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
