package library

import (
	"context"
	"fmt"

	"ishtirak/model"
)

// Sheet is the recovery sheet of this library as it is printed: the one that founding it gave. Only the laptop on which the
// library was started or restored has it.
func (l *Library) Sheet(ctx context.Context) (string, error) {
	if err := l.wait(ctx); err != nil {
		return "", err
	}
	mine, ok := l.roster.Load().Library(l.keys.Library)
	if !ok {
		return "", fmt.Errorf("reading the recovery sheet of %s: %w", model.ID(l.keys.Library), ErrUnknown)
	}
	s, err := l.keys.Sheet(mine)
	if err != nil {
		return "", err
	}
	return s.Text(), nil
}
