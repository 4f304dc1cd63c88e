package ui

import (
	"ishtirak/app/present"
	"ishtirak/app/words"
)

// A form in which somebody has written is never lost by a key: another place keeps it as it is until its own place is opened
// again, and Esc leaves it to be taken up again.

// park takes the form off the page; what was written in it stays with its place.
func (w *Window) park() {
	f := w.form
	w.form = nil
	if f == nil || f.form.Done || !f.form.Touched() {
		return
	}
	if w.drafts == nil {
		w.drafts = map[int]*formPage{}
	}
	w.drafts[w.at] = f
}

// unpark shows the form that was left in the place in view; false where none was.
func (w *Window) unpark() bool {
	f := w.drafts[w.at]
	if f == nil {
		return false
	}
	delete(w.drafts, w.at)
	w.form = f
	f.redraw()
	return true
}

// offerDraft says above the foot that a form was left unsaved, and offers it.
func (w *Window) offerDraft(f *formPage, at int) {
	w.frame.offer = &offer{draft: f, at: at, keyed: true, deed: present.Left(f.form)}
	w.frame.box.Entry.Forget() // Ctrl+Z means the form
	w.frame.showOffer()
}

// resume takes up a form again that was left by Esc.
func (w *Window) resume(o *offer) {
	w.park()
	other := w.drafts[o.at] // begun meanwhile in the same place
	if w.drafts == nil {
		w.drafts = map[int]*formPage{}
	}
	w.drafts[o.at] = o.draft
	w.place(o.at)
	if other != nil {
		w.offerDraft(other, o.at)
	}
}

// offerWord is what the button of an offer says.
func (f *frame) offerWord(o *offer) string {
	if o.draft != nil {
		return f.w.words.Say(words.FormResume)
	}
	return f.w.words.Say(words.ActUndo)
}
