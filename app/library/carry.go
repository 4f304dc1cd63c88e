package library

import (
	"context"

	"ishtirak/model"
)

// Stick takes in what the stick at dir has, and puts on it what it lacks.
func (l *Library) Stick(ctx context.Context, dir string, progress func(model.Progress)) (model.Exchanged, error) {
	return model.Exchanged{}, errLater
}

// From says where a library is restored from: one of the two.
type From struct {
	Stick string // directory
	URL   string
}

// Restore rebuilds a library in dir from its recovery sheet and a stick or a peer.
func Restore(ctx context.Context, dir, sheet string, from From, o Options, progress func(model.Progress)) error {
	return errLater
}
