package peer

import (
	"context"
	"net/http"
	"sync"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// streams knows the pulls and pushes under way. Whoever says hello again has
// lost his earlier ones, though a dead link may keep them open here for minutes:
// they are ended first, so that what they brought is counted and not sent twice.
type streams struct {
	mu  sync.Mutex
	of  map[change.Author]map[*stream]bool
	lib map[[16]byte]int // how many of one library's members
}

type stream struct {
	cancel  context.CancelFunc
	control *http.ResponseController
	done    chan struct{}
}

// begin enters a stream, false where its author or its author's library has too
// many; leave must be called when it has ended.
func (s *streams) begin(ctx context.Context, a change.Author, lib [16]byte, control *http.ResponseController) (_ context.Context, leave func(), is bool) {
	s.mu.Lock()
	if len(s.of[a]) >= streamsEach || s.lib[lib] >= streamsOfLibrary {
		s.mu.Unlock()
		return nil, nil, false
	}
	ctx, cancel := context.WithCancel(ctx)
	one := &stream{cancel: cancel, control: control, done: make(chan struct{})}
	if s.of == nil {
		s.of = make(map[change.Author]map[*stream]bool)
		s.lib = make(map[[16]byte]int)
	}
	if s.of[a] == nil {
		s.of[a] = make(map[*stream]bool)
	}
	s.of[a][one] = true
	s.lib[lib]++
	s.mu.Unlock()
	return ctx, func() {
		cancel()
		s.mu.Lock()
		delete(s.of[a], one)
		if len(s.of[a]) == 0 {
			delete(s.of, a)
		}
		if s.lib[lib]--; s.lib[lib] == 0 {
			delete(s.lib, lib)
		}
		s.mu.Unlock()
		close(one.done)
	}, true
}

// end stops an author's streams and waits until they have.
func (s *streams) end(ctx context.Context, a change.Author) {
	s.mu.Lock()
	var list []*stream
	for one := range s.of[a] {
		list = append(list, one)
	}
	s.mu.Unlock()
	past := clock.System().Add(-1)
	for _, one := range list {
		one.cancel()
		_ = one.control.SetReadDeadline(past) // frees whoever waits for the link
		_ = one.control.SetWriteDeadline(past)
	}
	for _, one := range list {
		select {
		case <-one.done:
		case <-ctx.Done():
		}
	}
}
