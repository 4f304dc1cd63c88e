package library

import (
	"context"
	"errors"
	"fmt"

	"ishtirak/sync/change"
	"ishtirak/sync/peer"
	"ishtirak/sync/replica"
	"ishtirak/sync/stick"
)

// A hub keeps a shelf for the libraries that meet at it: what only a library's own
// laptops may read lies there encrypted to them, as on a stick.

// carriedDir is where a hub keeps it, in its data directory.
const carriedDir = "carried"

var (
	_ peer.Keeper = local{}
	_ peer.Sender = local{}
)

// Shelf is the hub's; nil on any other laptop.
func (o local) Shelf() peer.Shelf {
	if !o.l.roster.Load().HubOf(o.l.keys.Author(), o.l.keys.Library) {
		return nil
	}
	return hubShelf{o.l.carried()}
}

// ShelfMark sums up what the hub keeps of a scope.
func (o local) ShelfMark(ctx context.Context, scope change.Scope) ([16]byte, error) {
	return o.l.carried().Mark(ctx, scope)
}

// carried is the shelf on this disk.
func (l *Library) carried() *stick.Kept {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.shelf == nil {
		l.shelf = stick.Keep(l.path(carriedDir), l.roomForOthers)
	}
	return l.shelf
}

// roomForOthers leaves the disk's reserve to the library itself.
func (l *Library) roomForOthers() error {
	free, err := freeBytes(l.dir)
	if err == nil && free < 2*replica.Reserve {
		err = stick.ErrFull
	}
	return err
}

// hubShelf tells a peer in its own terms what a shelf refuses.
type hubShelf struct{ *stick.Kept }

// Write keeps a file.
func (s hubShelf) Write(ctx context.Context, scope change.Scope, name string, contents []byte) error {
	return inPeersTerms(s.Kept.Write(ctx, scope, name, contents))
}

// Read gives a file.
func (s hubShelf) Read(ctx context.Context, scope change.Scope, name string) ([]byte, error) {
	contents, err := s.Kept.Read(ctx, scope, name)
	return contents, inPeersTerms(err)
}

// Remove takes a file off.
func (s hubShelf) Remove(ctx context.Context, scope change.Scope, name string) error {
	return inPeersTerms(s.Kept.Remove(ctx, scope, name))
}

func inPeersTerms(err error) error {
	switch {
	case errors.Is(err, stick.ErrFull):
		return fmt.Errorf("%w: %w", peer.ErrShelfFull, err)
	case errors.Is(err, stick.ErrName), errors.Is(err, stick.ErrDamaged):
		return fmt.Errorf("%w: %w", peer.ErrBadRequest, err)
	}
	return err
}

// Carry exchanges with a hub's shelf as with a stick.
func (o local) Carry(ctx context.Context, shelf peer.Shelf, scopes []peer.Sealed) (peer.Carried, error) {
	var list []stick.Sealed
	for _, s := range scopes {
		list = append(list, stick.Sealed(s))
	}
	r, err := stick.Carry(ctx, o, shelf, list, nil)
	got := peer.Carried{Sent: r.Sent, Received: r.Received, SegmentsSent: r.SegmentsSent, SegmentsReceived: r.SegmentsReceived,
		Refused: append(r.Refused, r.Damaged...)}
	for _, g := range r.Gaps {
		got.Waits = append(got.Waits, g.Gap)
	}
	return got, err
}
