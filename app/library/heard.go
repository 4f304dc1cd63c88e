package library

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"slices"
	"time"

	"ishtirak/model"
	"ishtirak/sync/change"
	"ishtirak/sync/roster"
)

// heardFile keeps how the newest word of each laptop came here.
const heardFile = "heard"

// heard is how a laptop's newest word came.
type heard struct {
	At time.Time `json:"at"`
	By string    `json:"by"` // model.ByNetwork, model.ByStick, or the name of who told
}

// newest is when each laptop last gave its word about anything.
func (l *Library) newest() map[change.Author]time.Time {
	out := map[change.Author]time.Time{}
	for _, a := range l.acks.List() {
		if t := a.Stamp.Time(); t.After(out[a.Author]) {
			out[a.Author] = t
		}
	}
	return out
}

// noteHeard keeps how those words came that are newer than before an exchange with a
// peer; the zero peer is a stick. It is for people only: where it cannot be written
// down, it is known until the program ends.
func (l *Library) noteHeard(before map[change.Author]time.Time, with change.Author, name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ways == nil {
		l.ways = map[string]heard{}
	}
	for who, at := range l.newest() {
		if !at.After(before[who]) || at.Year() > 9999 { // which no file can say, and no clock has
			continue
		}
		way := heard{At: at, By: name}
		switch {
		case with == change.Author{}:
			way.By = model.ByStick
		case who == with:
			way.By = model.ByNetwork
		}
		l.ways[hex.EncodeToString(who[:])] = way
	}
	if raw, err := json.Marshal(l.ways); err == nil {
		_ = writeFile(l.path(heardFile), raw)
	}
}

// loadHeard reads what noteHeard wrote; a file that cannot be read is forgotten.
func (l *Library) loadHeard() {
	raw, err := os.ReadFile(l.path(heardFile))
	if err != nil || json.Unmarshal(raw, &l.ways) != nil {
		l.ways = nil
	}
}

// heldTo is up to which time of writing a member holds what was written here, by its
// own signed word: the earliest over the scopes in which it lacks something, and now
// where it lacks nothing. Zero: it has said nothing of some of it.
func (l *Library) heldTo(m roster.Member) (to time.Time) {
	to = l.now()
	r := l.roster.Load()
	for _, scope := range l.rep.Scopes() {
		if !r.Entitled(m.Author, scope) {
			continue
		}
		own, err := l.rep.Written(scope)
		if err != nil || own.Len() == 0 {
			continue
		}
		ack, _ := l.acks.Of(m.Author, scope)
		for log, head := range own.All() {
			var at time.Time
			for _, theirs := range ack.Heads.Heads(log) {
				if theirs == head {
					at = l.now()
					break
				}
				raw, err := l.rep.Stored(scope, log, theirs.Header)
				if err != nil || raw == nil {
					continue
				}
				if seg, err := change.Decode(raw); err == nil && seg.Stamp.Time().After(at) {
					at = seg.Stamp.Time()
				}
			}
			if at.Before(to) {
				to = at
			}
		}
	}
	return to
}

// swollen names the laptops that wrote more to one record than one laptop's share:
// what is beyond it is kept, and shown to nobody.
func (l *Library) swollen() (names []string, count int) {
	r := l.roster.Load()
	for s, err := range l.rep.Surplus() {
		if err != nil {
			break
		}
		count++
		if name := r.Describe(s.Author); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names, count
}
