package ui

import (
	"ishtirak/app/words"
)

// leave closes the window, unless something is still to be seen.
func (w *Window) leave() {
	if w.mayClose() {
		w.win.Close()
	}
}

// mayClose reports whether the window may be closed. A form in which something was written and that nobody has saved is shown
// first, once: whoever closes again without writing more means it.
func (w *Window) mayClose() bool {
	f := w.unsaved()
	if f == nil || f == w.warned {
		return true
	}
	w.warned = f
	w.frame.say(w.words.Say(words.FormUnsaved, "form", f.form.Show(w.words).Heading))
	return false
}

// unsaved is a form with something in it that nobody has saved, in view; nil where there is none.
func (w *Window) unsaved() *formPage {
	if f := w.form; f != nil && !f.form.Done && f.form.Touched() {
		return f
	}
	for i := range w.pages {
		if w.drafts[i] != nil {
			w.place(i)
			return w.form
		}
	}
	return nil
}

// typed keeps that the form in view changed: the foot no longer says that all is saved.
func (p *formPage) typed(string) {
	p.w.warned = nil
	if now := p.form.Touched(); now != p.w.frame.unsaved {
		p.w.frame.line()
	}
}
