package stick

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
	"ishtirak/sync/roster"
)

// ackID is whose word an acknowledgement is, about what.
type ackID struct {
	author [8]byte // the first bytes of the key
	scope  [4]byte // of the hash of its name
}

func idOf(ack roster.Ack) ackID {
	sum := sha256.Sum256([]byte(ack.Scope))
	return ackID{[8]byte(ack.Author[:8]), [4]byte(sum[:4])}
}

// ackFile is an acknowledgement's name, read: it tells how new the word is, so that
// only news is opened.
//
//	<author: 16 hex>-<scope: 8 hex>-<stamp: 16 hex>.ack
type ackFile struct {
	ackID
	stamp clock.Stamp
	path  string
}

func (a ackFile) name() string {
	return fmt.Sprintf("%x-%x-%016x.ack", a.author[:], a.scope[:], uint64(a.stamp))
}

func ackName() *regexp.Regexp {
	return regexp.MustCompile(`^([0-9a-f]{16})-([0-9a-f]{8})-([0-9a-f]{16})\.ack$`)
}

func parseAck(pattern *regexp.Regexp, name string) (a ackFile, is bool) {
	m := pattern.FindStringSubmatch(strings.ToLower(name))
	if m == nil {
		return a, false
	}
	// The pattern leaves hex that decodes.
	_, _ = hex.Decode(a.author[:], []byte(m[1]))
	_, _ = hex.Decode(a.scope[:], []byte(m[2]))
	var stamp [8]byte
	_, _ = hex.Decode(stamp[:], []byte(m[3]))
	a.stamp = clock.Stamp(binary.BigEndian.Uint64(stamp[:]))
	return a, true
}

// ackPlaces gives the folders of a stick that hold acknowledgements.
func (x *exchange) ackPlaces() (places []string, err error) {
	homes, err := x.federations()
	for _, home := range homes {
		places = append(places, path.Join(home, ackDir))
	}
	return places, err
}

// ackFiles lists the acknowledgements of a folder.
func (x *exchange) ackFiles(place string) ([]ackFile, error) {
	names, err := x.files.list(place, false)
	if err != nil {
		return nil, err
	}
	pattern := ackName()
	var list []ackFile
	for _, name := range names {
		if a, is := parseAck(pattern, name); is {
			a.path = path.Join(place, name)
			list = append(list, a)
		}
	}
	return list, nil
}

// takeAcks keeps the acknowledgements that are newer than those kept here. What is
// not what its name says is remembered as useless.
func (x *exchange) takeAcks(ctx context.Context, places ...string) error {
	kept := make(map[ackID]clock.Stamp)
	for _, ack := range x.local.Acks().List() {
		kept[idOf(ack)] = ack.Stamp
	}
	r := x.local.Roster()
	for _, place := range places {
		list, err := x.ackFiles(place)
		if err != nil {
			return err
		}
		for _, a := range list {
			if err := ctx.Err(); err != nil {
				return err
			}
			if kept[a.ackID] >= a.stamp {
				continue
			}
			raw, err := x.files.read(a.path, roster.MaxAck)
			if err != nil {
				continue // it comes again
			}
			if ack, err := roster.ReadAck(raw); err != nil || idOf(ack) != a.ackID || ack.Stamp != a.stamp {
				x.useless[place] = append(x.useless[place], a.path)
				if x.shelf {
					_ = x.files.remove(a.path) // who signed it goes by its name alone
				}
				continue
			}
			_, _ = x.local.Acks().Take(r, x.local.Scopes(), raw) // about others' scopes: no harm
		}
	}
	return nil
}

// signAcks says what this replica holds of the scopes now.
func (x *exchange) signAcks(scopes []change.Scope) error {
	for _, scope := range scopes {
		if _, err := roster.OwnAck(x.local.Acks(), x.local, x.local.Key(), scope, x.local.Now()); err != nil {
			return err
		}
	}
	return nil
}

// putAcks leaves the newest of these words in a folder, each in place of the same
// author's older one.
func (x *exchange) putAcks(place string, acks []roster.Ack) error {
	list, err := x.ackFiles(place)
	if err != nil {
		return err
	}
	there := make(map[ackID][]ackFile)
	newest := make(map[ackID]clock.Stamp)
	for _, a := range list {
		there[a.ackID] = append(there[a.ackID], a)
		if !slices.Contains(x.useless[place], a.path) {
			newest[a.ackID] = max(newest[a.ackID], a.stamp)
		}
	}
	for _, ack := range acks {
		id := idOf(ack)
		if newest[id] < ack.Stamp {
			newest[id] = ack.Stamp
			name := path.Join(place, ackFile{ackID: id, stamp: ack.Stamp}.name())
			if err := x.files.write(name, ack.Bytes()); err != nil {
				return x.past(err)
			}
		}
		for _, old := range there[id] {
			if old.stamp != newest[id] {
				_ = x.files.remove(old.path) // a newer word is there
			}
		}
	}
	return nil
}
