package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"ishtirak/app/present"
	"ishtirak/model/workset"
)

// follow runs the library and shows what changes in it: by this desk, another laptop or an exchange under way. What happens
// within a step is one drawing.
func (w *Window) follow(lib present.Library) {
	if w.work.inline {
		return
	}
	ctx, cancel := context.WithCancel(w.work.ctx)
	w.end = func() {
		cancel()
		_ = lib.Close()
	}
	go func() { _ = lib.Run(ctx) }()
	go w.listen(ctx, lib.Talk())
	go w.watchSticks(ctx)
	if lib.Set() == nil {
		return
	}
	go func() {
		_ = workset.Follow(ctx, lib.Set(), (*workset.View).Counts, func(workset.Counts) {
			drawn := make(chan struct{})
			w.work.do(func(ctx context.Context) func() {
				w.network.Refresh(ctx)
				w.sorting.Refresh(ctx)
				w.desk.Refresh(ctx)
				return func() {
					close(drawn)
					if w.form == nil {
						w.do(w.pages[w.at].load)
					}
				}
			})
			wait(ctx, drawn)
		})
	}()
}

// listen shows what changes of the network and of nothing else: who is near, who has what.
func (w *Window) listen(ctx context.Context, talk <-chan struct{}) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-talk:
		}
		drawn := make(chan struct{})
		fyne.Do(func() {
			defer close(drawn)
			if w.lib != nil {
				w.do(w.network.Refresh)
			}
		})
		wait(ctx, drawn)
	}
}

// plugged is how often drives are looked at: the toolkit tells nothing of a stick that is put in.
const plugged = 2 * time.Second

// watchSticks shows sticks as they are put in and pulled out.
func (w *Window) watchSticks(ctx context.Context) {
	if w.opts.Sticks == nil {
		return
	}
	again := time.NewTicker(plugged)
	defer again.Stop()
	for {
		list := w.opts.Sticks()
		w.work.do(func(context.Context) func() {
			if !w.network.Sticks(list) {
				return nil
			}
			return func() { w.do(func(context.Context) {}) }
		})
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
	}
}

// wait ends when both the drawing and a step have passed, or the window is closed.
func wait(ctx context.Context, drawn <-chan struct{}) {
	pause := time.NewTimer(step)
	defer pause.Stop()
	for _, c := range []func(){func() {
		select {
		case <-pause.C:
		case <-ctx.Done():
		}
	}, func() {
		select {
		case <-drawn:
		case <-ctx.Done():
		}
	}} {
		c()
	}
}
