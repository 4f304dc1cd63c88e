package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/app/words"
	"ishtirak/model"
)

// offered is how long a deed can be taken back (tokens).
const offered = 60 * time.Second

// offer is a deed that can still be taken back, or a form that was left unsaved and can be taken up again.
type offer struct {
	deed  present.Deed
	act   model.ID
	draft *formPage // nil: it is a deed
	at    int       // the place of the draft
	keyed bool      // Ctrl+Z means it: nothing was done at the desk since
	toast fyne.CanvasObject
}

// deed does something on the worker that is not the desk's, and says what came of it above the foot, with its undo.
func (w *Window) deed(do func(ctx context.Context) present.Deed) {
	said := w.words
	w.work.do(func(ctx context.Context) func() {
		d := do(ctx)
		w.sorting.Refresh(ctx)
		draw := w.shown(said)
		return func() {
			draw()
			w.told(d)
		}
	})
}

// told shows a deed.
func (w *Window) told(d present.Deed) {
	text := d.Say(w.words)
	switch {
	case text == "":
	case d.Stop:
		w.sound(present.SoundRefuse)
		w.frame.quit()
		w.frame.toast(text, func(away func()) fyne.CanvasObject {
			return look.NewStop(text, away).Named(w.words.Say(words.ActClose))
		}, said)
	case d.Act.IsZero():
		w.frame.offer = nil
		w.frame.say(text)
	default:
		w.frame.offer = &offer{deed: d, act: d.Act, keyed: true}
		w.frame.box.Entry.Forget() // Ctrl+Z means the deed, and no letters typed before it
		w.frame.showOffer()
	}
}

// takeBack takes the deed offered back; false where none is, or Ctrl+Z means something else by now.
func (w *Window) takeBack(byKey bool) bool {
	o := w.frame.offer
	if o == nil || byKey && !o.keyed {
		return false
	}
	w.frame.offer = nil
	w.frame.quit()
	w.frame.object.Refresh()
	if o.draft != nil {
		w.resume(o)
		return true
	}
	w.deed(func(ctx context.Context) present.Deed {
		d := present.TakeBack(ctx, w.lib, o.act)
		w.pages[w.at].load(ctx)
		return d
	})
	return true
}

// unkeyed leaves the offer to its button: from now on Ctrl+Z means what was done at the desk.
func (w *Window) unkeyed() {
	if o := w.frame.offer; o != nil && o.keyed {
		o.keyed = false
		w.frame.showOffer()
	}
}

// showOffer draws the offer above the foot, in the words of now.
func (f *frame) showOffer() {
	o := f.offer
	if o == nil || f.w.task != nil {
		return
	}
	key := ""
	if o.keyed {
		key = f.w.words.Say(words.KeyUndo)
	}
	text := o.deed.Say(f.w.words)
	f.toast(text, func(away func()) fyne.CanvasObject {
		t := look.NewToast(text, f.offerWord(o), key, func() { f.w.takeBack(false) }, func() {
			if f.offer == o {
				f.offer = nil
			}
			away()
		}).Named(f.w.words.Say(words.ActClose))
		if o.deed.Open {
			t.Noted()
		}
		o.toast = t
		return t
	}, offered)
}

// toast shows what make draws above the foot until it is closed or so much time has passed.
func (f *frame) toast(text string, make func(away func()) fyne.CanvasObject, stays time.Duration) {
	if text == "" || f.w.task != nil {
		return
	}
	var shown fyne.CanvasObject
	away := func() {
		if len(f.strip.Objects) == 1 && f.strip.Objects[0] == shown {
			f.quit()
		}
	}
	inside := make(away)
	shown = look.Pad(0, 24, 16, 24, inside)
	f.strip.Objects = []fyne.CanvasObject{shown}
	f.strip.Refresh() // lines are broken to its width before its height is asked for
	f.object.Refresh()
	if !f.w.work.inline {
		o := f.offer
		time.AfterFunc(stays, func() {
			fyne.Do(func() {
				if o != nil && f.offer == o && o.toast == inside {
					f.offer = nil
				}
				away()
			})
		})
	}
}

// offerList lets a person take one of several things, beside o, or below the box where o is not drawn.
func (w *Window) offerList(o fyne.CanvasObject, texts []string, take func(int)) {
	if len(texts) == 0 {
		return
	}
	if o == nil || !placed(o) {
		o = w.frame.box
	}
	w.ask(o, texts, take)
}

// firstPlaced is the first that has a place in the window, nil where none has.
func firstPlaced(list []fyne.CanvasObject) fyne.CanvasObject {
	for _, o := range list {
		if placed(o) {
			return o
		}
	}
	return nil
}

// placed reports whether o has a place in the window.
func placed(o fyne.CanvasObject) bool {
	return o.Visible() && !fyne.CurrentApp().Driver().AbsolutePositionForObject(o).IsZero()
}
