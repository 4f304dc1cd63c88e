package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
	"ishtirak/app/words"
)

// formView draws a presenter's form: labels above fields, two columns where there are many. Enter goes to the next field and,
// from the last one, saves. What is typed goes to the presenter with every letter, so that nothing is lost by drawing anew.
type formView struct {
	form     *present.Form
	canvas   fyne.Canvas
	save     func()
	cancel   func()
	other    func(k *fyne.KeyEvent) bool // keys that are not the form's
	changed  func(id string)             // a choice was made that may change the form; nil for none
	typed    func(id string)             // something was written; nil for nothing
	answered func()                      // a question about a field was answered by writing something else; nil for nothing
	words    *words.Words
	fields   []fyne.Focusable
	ids      []string
	entries  map[string]*rtl.Entry
	scroll   *look.Scroller
	kept     map[string]*rtl.Entry // the entries of the drawing before: what is typed, caret and all, outlives a drawing
	narrow   bool
	below    map[string]fyne.CanvasObject // what fills a field, right under it
	last     int                          // the field that had the keys last
	wrong    fyne.CanvasObject            // what is wrong with the form as a whole, nil for nothing: it is seen whatever has the keys
}

// draw makes the fields and buttons of s. extra stands between the fields and the buttons.
func (v *formView) draw(s present.FormScreen, extra ...fyne.CanvasObject) fyne.CanvasObject {
	v.fields, v.ids, v.entries = nil, nil, map[string]*rtl.Entry{}
	fields := look.Column(12)
	across := 1 // fields side by side: a long form is seen whole
	switch n := len(s.Fields); {
	case v.narrow:
	case n > 11:
		across = 3
	case n > 5:
		across = 2
	}
	var row []fyne.CanvasObject
	flush := func() {
		if len(row) > 0 {
			for len(row) < across {
				row = append(row, look.Space())
			}
			fields.Add(look.Grid(across, 20, row...))
		}
		row = nil
	}
	for i, f := range s.Fields {
		o := v.field(f, i == len(s.Fields)-1)
		if f.Lines > 1 {
			flush()
			fields.Add(o)
			continue
		}
		if row = append(row, o); len(row) == across {
			flush()
		}
	}
	flush()
	for _, o := range extra {
		fields.Add(o)
	}
	if s.Wrong != "" {
		v.wrong = look.Row(10, look.Column(0, look.Gap(1, 2), look.Icon("state-blocked", look.Danger, look.InlineIcon), look.Space()),
			look.Grow(look.Paragraph(s.Wrong, look.BodyStrong, look.Danger)))
		fields.Add(v.wrong)
	}
	head := look.Column(4, look.Label(s.Heading, look.Reader, look.Ink))
	if s.About != "" {
		head.Add(look.Paragraph(s.About, look.Body, look.InkMuted))
	}
	buttons := look.Row(12, look.NewButton(s.Save, "", "Ctrl+S", look.Primary, v.save), look.NewButton(s.Cancel, "", "Esc", look.Secondary, v.cancel), look.Space())
	inside := look.Pad(4, 14, 8, 14, fields)
	v.scroll = look.Scroll(inside)
	if len(s.Fields) <= 5 {
		foot := look.Pad(8, 14, 4, 14, buttons)
		return look.Border(18, head, nil, nil, nil, container.New(&belowLayout{inside}, v.scroll, foot))
	}
	return look.Border(14, head, buttons, nil, nil, v.scroll)
}

// belowLayout sets a short form's buttons right below it, and at the end of the room where there is less of it than the form
// asks for: the form is scrolled, its buttons stay in sight.
type belowLayout struct{ inside fyne.CanvasObject }

// Layout places the scroller and the buttons.
func (l *belowLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	if l.inside.Size().Width != size.Width { // wrapped sentences ask for a height at a width
		l.inside.Resize(fyne.NewSize(size.Width, l.inside.Size().Height))
	}
	foot := o[1].MinSize().Height
	h := max(0, min(l.inside.MinSize().Height, size.Height-foot))
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(size.Width, h))
	o[1].Move(fyne.NewPos(0, h))
	o[1].Resize(fyne.NewSize(size.Width, foot))
}

// MinSize is that of the buttons below a line of the form.
func (l *belowLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height)
}

// wrote tells that something was written or chosen.
func (v *formView) wrote(id string) {
	if v.typed != nil {
		v.typed(id)
	}
}

func (v *formView) field(f present.FieldLine, last bool) fyne.CanvasObject {
	if f.Check {
		c := look.NewCheck(f.Label, "", "", f.Value == "yes", func(on bool) {
			value := ""
			if on {
				value = "yes"
			}
			v.form.Set(f.ID, value)
			v.wrote(f.ID)
		})
		v.fields, v.ids = append(v.fields, c), append(v.ids, f.ID)
		return look.Column(0, look.Gap(1, 30), c)
	}
	if len(f.Options) > 0 {
		return v.options(f)
	}
	e := v.kept[f.ID]
	if e == nil {
		e = rtl.NewEntry()
	}
	if f.Lines > 1 {
		e.MultiLine, e.Rows = true, f.Lines
	}
	e.Style, e.Latin = look.Body.Style(look.Ink), f.Latin
	e.OnChanged = nil // of the drawing before
	e.SetText(f.Value)
	e.SetPlaceHolder(f.Hint)
	field := look.NewField(f.Label, f.Note, e)
	e.OnChanged = func(s string) {
		v.form.Set(f.ID, s)
		v.wrote(f.ID)
		if field.SetHint(v.form.Note(v.words, f.ID)); f.Wrong != "" { // it was said of what stood there
			field.SetError("")
		}
		if f.Asked && v.answered != nil { // the button no longer says what it said
			v.answered()
		}
	}
	n := len(v.fields)
	if f.Lines <= 1 {
		e.OnSubmitted = func(string) {
			if last || n+1 >= len(v.fields) {
				v.save()
				return
			}
			v.canvas.Focus(v.fields[n+1])
		}
	}
	e.OnKey = func(k *fyne.KeyEvent) bool {
		switch k.Name {
		case fyne.KeyEscape, fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF6, fyne.KeyF7, fyne.KeyF8, fyne.KeyF9:
			return v.other(k)
		}
		return false
	}
	v.fields, v.ids = append(v.fields, e), append(v.ids, f.ID)
	v.entries[f.ID] = e
	field.SetError(f.Wrong)
	var whole fyne.CanvasObject = field // with its name above it, and what is said of it below
	if f.Mend != nil {
		whole = look.Column(8, field, start(look.NewButton(f.Mend.Text, "", "", look.Secondary, func() {
			v.canvas.Focus(e)
			e.SelectAll()
			e.Insert(f.Mend.Value) // and not SetText: it can be undone
		})))
	} else if o := v.below[f.ID]; o != nil {
		whole = look.Column(12, field, o)
	}
	e.OnFocus = func(on bool) {
		if on {
			v.last = n
			v.scroll.Reveal(whole)
		}
	}
	return whole
}

// options draws a choice of a few words.
func (v *formView) options(f present.FieldLine) fyne.CanvasObject {
	at := 0
	texts := make([]string, len(f.Options))
	for i, o := range f.Options {
		texts[i] = o.Text
		if o.Value == f.Value {
			at = i
		}
	}
	pick := func(i int) {
		v.form.Set(f.ID, f.Options[i].Value)
		v.wrote(f.ID)
		if v.changed != nil {
			v.changed(f.ID)
		}
	}
	label := look.Label(f.Label, look.SmallStrong, look.InkMuted)
	if len(f.Options) <= 3 {
		s := look.NewSegments(texts, at, pick)
		s.ID, s.Name = f.ID, f.Label
		n := len(v.fields)
		s.Entered = func() { // as in an entry
			if n+1 >= len(v.fields) {
				v.save()
				return
			}
			v.canvas.Focus(v.fields[n+1])
		}
		v.fields, v.ids = append(v.fields, s), append(v.ids, f.ID)
		return look.Column(8, label, start(s))
	}
	box, n := newListBox(texts, at, pick), len(v.fields)
	box.onFocus = func() {
		v.last = n
		v.scroll.Reveal(box)
	}
	v.fields, v.ids = append(v.fields, box), append(v.ids, f.ID)
	return look.Column(8, label, box)
}

// focus gives the keys to the field that is wrong, or to the first.
func (v *formView) focus(s present.FormScreen) {
	at := 0
	for i, id := range v.ids {
		for _, f := range s.Fields {
			if f.ID == id && f.Wrong != "" {
				at = i
			}
		}
	}
	if at < len(v.fields) {
		v.canvas.Focus(v.fields[at])
	}
	if v.wrong != nil {
		v.scroll.Reveal(v.wrong)
	}
}

// resume gives the keys back to the field that had them last, after a click beside all fields.
func (v *formView) resume() {
	if v.canvas.Focused() == nil {
		v.again()
	}
}

// again gives the keys to the field that had them last, whoever has them now.
func (v *formView) again() {
	if v.last >= 0 && v.last < len(v.fields) {
		v.canvas.Focus(v.fields[v.last])
	}
}

// focused is the field that has the keys, "" for none.
func (v *formView) focused() string {
	for i, f := range v.fields {
		if v.canvas.Focused() == f {
			return v.ids[i]
		}
	}
	return ""
}

// formPage is a form over the page in view.
type formPage struct {
	w    *Window
	form *present.Form
	view *formView
	busy bool
	// refused says that the form has just been handed in and come back: the keys go to what is wrong.
	refused bool
}

// openForm shows a form; nil, which a presenter gives where there is nothing to edit, does nothing.
func (w *Window) openForm(f *present.Form) {
	if f == nil {
		return
	}
	w.form = &formPage{w: w, form: f}
	w.form.redraw()
}

// openFrom shows the form that a presenter makes on the worker.
func (w *Window) openFrom(form func() *present.Form) {
	w.work.do(func(context.Context) func() {
		f := form()
		return func() { w.openForm(f) }
	})
}

// redraw draws the form anew, keeping which field has the keys.
func (p *formPage) redraw() {
	was, kept := "", map[string]*rtl.Entry(nil)
	if p.view != nil {
		was, kept = p.view.focused(), p.view.entries
	}
	s := p.form.Show(p.w.words)
	p.view = &formView{form: p.form, words: p.w.words, answered: p.redraw, typed: p.typed, canvas: p.w.win.Canvas(), save: p.save, cancel: p.cancel, other: p.w.key, narrow: p.w.narrow(), kept: kept}
	card := look.NewCard(24, p.view.draw(s))
	p.w.frame.put(card)
	p.view.focus(s)
	for i, id := range p.view.ids {
		if id == was && s.Wrong == "" && !p.refused {
			p.w.win.Canvas().Focus(p.view.fields[i])
		}
	}
	p.refused = false
}

// save hands the form in; where it is refused it stays, with what is wrong beside its field.
func (p *formPage) save() {
	if p.busy {
		return
	}
	p.busy = true
	p.w.work.do(func(ctx context.Context) func() {
		p.form.Save(ctx)
		if p.form.Done {
			p.w.network.Refresh(ctx)
		}
		return func() {
			p.busy = false
			if !p.form.Done {
				p.refused = true
				p.redraw()
				return
			}
			p.close()
			p.w.frame.say(p.form.Said(p.w.words))
			p.w.do(func(context.Context) {})
		}
	})
}

// cancel leaves the form without saving. What was written in it can be taken up again for a while.
func (p *formPage) cancel() {
	p.close()
	if p.form.Touched() {
		p.w.offerDraft(p, p.w.at)
	}
	p.w.do(func(context.Context) {})
}

func (p *formPage) close() {
	p.w.form = nil
	p.w.frame.put(p.w.pages[p.w.at].object())
	p.w.frame.focus()
}
