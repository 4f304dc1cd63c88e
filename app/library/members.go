package library

import (
	"bytes"
	"fmt"
	"os"
	"slices"

	"ishtirak/model"
	"ishtirak/sync/change"
	"ishtirak/sync/replica"
	"ishtirak/sync/roster"
)

// loadRoster makes the roster of the entries held, and judges by it from now on. An
// entry may be held back until the one it rests on is known, so it is done until
// nothing new comes of it.
func (l *Library) loadRoster() error {
	l.members.Lock()
	defer l.members.Unlock()
	defer l.talked()
	for {
		entries, err := l.entries()
		if err != nil {
			return fmt.Errorf("reading who belongs: %w", err)
		}
		r := roster.Load(l.keys.Authority, slices.Values(entries))
		l.roster.Store(r)
		if equal(entries, l.keptRoster()) {
			return nil
		}
		if err := l.rep.SetRules(rules{r}); err != nil {
			return fmt.Errorf("judging by the roster: %w", err)
		}
		if err := l.keepRoster(entries); err != nil {
			return err
		}
	}
}

// entries are the signed entries of the roster that the replica holds, sorted.
func (l *Library) entries() ([][]byte, error) {
	out := slices.Clone(l.extra)
	err := l.rep.View(func(v *replica.View) error {
		for _, kind := range []change.Kind{roster.KindLibrary, roster.KindReplica} {
			for r, err := range v.Records(kind, nil) {
				if err != nil {
					return err
				}
				for group, siblings := range r.Groups {
					if !roster.IsEntry(kind, group) {
						continue
					}
					for _, s := range siblings {
						out = append(out, s.Value)
					}
				}
			}
		}
		return nil
	})
	slices.SortFunc(out, bytes.Compare)
	return slices.CompactFunc(out, bytes.Equal), err
}

func equal(a, b [][]byte) bool { return slices.EqualFunc(a, b, bytes.Equal) }

// keepRoster writes the entries down beside the replica, for the next Open.
func (l *Library) keepRoster(entries [][]byte) error {
	entries = slices.SortedFunc(slices.Values(entries), bytes.Compare)
	raw, err := model.Encode(entries)
	if err == nil {
		err = writeFile(l.path(rosterFile), raw)
	}
	if err != nil {
		return fmt.Errorf("writing who belongs: %w", err)
	}
	return nil
}

// keptRoster reads them; nothing where there is no such file, and then what is held
// is judged twice.
func (l *Library) keptRoster() [][]byte {
	raw, err := os.ReadFile(l.path(rosterFile))
	var entries [][]byte
	if err != nil || model.Decode(raw, &entries) != nil {
		return nil
	}
	return entries
}
