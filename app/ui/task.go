package ui

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/app/words"
	"ishtirak/model"
)

// task is long work under way: it runs on a goroutine of its own, says its count, and can be stopped. The desk works on
// meanwhile.
type task struct {
	w    *Window
	show func(present.TaskScreen) // draws how far it is; nil: the strip above the foot
	what *present.Task
	end  context.CancelFunc

	mu    sync.Mutex
	last  model.Progress
	shown time.Time
}

// step is how often a count is drawn: often enough to be believed, seldom enough not to flicker (tokens: progress_step_ms).
const step = 250 * time.Millisecond

// undertake begins work; done runs on the worker when it has ended, however it ended.
func undertake[T any](w *Window, what *present.Task, work func(context.Context, func(model.Progress)) (T, error), done func(context.Context, T, error)) {
	w.undertake(what, nil, func(ctx context.Context, progress func(model.Progress)) func(context.Context) {
		got, err := work(ctx, progress)
		return func(ctx context.Context) { done(ctx, got, err) }
	})
}

func (w *Window) undertake(what *present.Task, show func(present.TaskScreen), work func(context.Context, func(model.Progress)) func(context.Context)) {
	if w.task != nil {
		return // one at a time: the strip has one Stop
	}
	ctx, cancel := context.WithCancel(w.work.ctx)
	t := &task{w: w, what: what, end: cancel, show: show}
	w.task = t
	t.draw(model.Progress{})
	whole := func() {
		defer cancel()
		done := work(ctx, t.progress)
		w.work.do(func(ctx context.Context) func() {
			done(ctx)
			return func() {
				w.task = nil
				if w.frame != nil {
					w.frame.quit()
					w.over(what.Over())
				}
				if w.lib != nil {
					w.do(func(context.Context) {})
				} else {
					w.welcome.redraw()
				}
			}
		})
	}
	if w.work.inline {
		whole()
		return
	}
	go whole()
}

// over says above the foot how work ended that the place in view does not tell of. It makes no sound: somebody is scanning.
func (w *Window) over(d present.Deed) {
	if _, there := w.pages[w.at].(*settingsPage); there && w.form == nil {
		return
	}
	text := d.Say(w.words)
	w.frame.toast(text, func(away func()) fyne.CanvasObject {
		if d.Stop {
			return look.NewStop(text, away).Named(w.words.Say(words.ActClose))
		}
		return look.NewToast(text, "", "", nil, away).Named(w.words.Say(words.ActClose))
	}, offered)
}

// progress is told by the work, on its goroutine; it draws a few times a second.
func (t *task) progress(p model.Progress) {
	t.mu.Lock()
	t.last = p
	now := t.w.opts.Now()
	late := now.Sub(t.shown) >= step || t.w.work.inline
	if late {
		t.shown = now
	}
	t.mu.Unlock()
	if late {
		fyne.Do(func() { t.draw(p) })
	}
}

// again draws the count once more.
func (t *task) again() {
	t.mu.Lock()
	p := t.last
	t.mu.Unlock()
	t.draw(p)
}

// stop ends the work at its next step; what is in stays in.
func (t *task) stop() { t.end() }

// draw shows how far the work is.
func (t *task) draw(p model.Progress) {
	if t.w.task != t {
		return
	}
	t.what.Step(p)
	s := t.what.Show(t.w.words)
	if t.show != nil {
		t.show(s)
		return
	}
	t.w.frame.strip.Objects = []fyne.CanvasObject{look.Pad(0, 24, 16, 24, taskCard(s, t.stop))}
	t.w.frame.object.Refresh()
}

// taskCard draws a task: the count is what the eye finds first.
func taskCard(s present.TaskScreen, stop func()) fyne.CanvasObject {
	bar := look.NewProgress()
	if s.Part >= 0 {
		bar.Set(int(s.Part*1000), 1000)
	}
	count := func(about string) *fyne.Container {
		row := look.Row(8, look.Label(s.Count, look.Figure, look.Ink), middle(look.Label(s.Of, look.SectionLight, look.InkMuted)))
		if about != "" {
			row.Add(look.Space())
			row.Add(middle(look.Label(about, look.Small, look.InkMuted)))
		}
		return row
	}
	title := look.Column(0, look.Label(s.Title, look.Section, look.Ink))
	if s.Step != "" {
		title.Add(look.Label(s.Step, look.Small, look.Accent))
	}
	right := look.Column(4, inRoom(count(s.About), count("")), bar)
	row := look.Row(24, look.Fixed(230, 0, middle(title)), look.Grow(right), middle(look.NewButton(s.Stop.Text, s.Stop.Icon, s.Stop.Key, look.Secondary, stop)))
	return look.NewCard(0, look.Pad(10, 16, 14, 16, row)).SetRoles(look.Surface, look.Accent)
}
