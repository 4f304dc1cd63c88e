package ui

import (
	"context"
	"sync"

	"fyne.io/fyne/v2"
)

// worker does the window's work one piece after another, away from the goroutine that draws, in the order of the keys
// pressed: a scan never overtakes the scan before it, and no slow disk holds the window up. Inline does the work where it is
// asked for, which is what tests and pictures want.
type worker struct {
	inline bool
	ctx    context.Context
	jobs   chan func()

	mu     sync.Mutex
	cancel context.CancelFunc // of the latest search
}

// queued is how many pieces of work may wait; a person cannot type as far ahead.
const queued = 256

func newWorker(inline bool) *worker {
	return &worker{inline: inline, ctx: context.Background(), jobs: make(chan func(), queued)}
}

// run works until ctx ends.
func (k *worker) run(ctx context.Context) {
	for {
		select {
		case job := <-k.jobs:
			job()
		case <-ctx.Done():
			return
		}
	}
}

// do queues a piece of work. It returns what draws the result, which then runs on the window's goroutine; nil draws nothing.
func (k *worker) do(job func(ctx context.Context) func()) { k.enqueue(k.ctx, job) }

// latest is do for a search: one that is asked for later ends those before it.
func (k *worker) latest(job func(ctx context.Context) func()) {
	k.mu.Lock()
	if k.cancel != nil {
		k.cancel()
	}
	ctx, cancel := context.WithCancel(k.ctx)
	k.cancel = cancel
	k.mu.Unlock()
	k.enqueue(ctx, job)
}

func (k *worker) enqueue(ctx context.Context, job func(ctx context.Context) func()) {
	whole := func() {
		if ctx.Err() != nil {
			return
		}
		if draw := job(ctx); draw != nil && ctx.Err() == nil {
			fyne.Do(draw)
		}
	}
	if k.inline {
		whole()
		return
	}
	k.jobs <- whole
}
