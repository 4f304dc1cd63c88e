package replica

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"ishtirak/sync/change"
)

// Check finds whatever is not as the logs say, and Rebuild mends what is not logs.
func TestCheckFinds(t *testing.T) {
	stateOf := func(n byte) []byte { return recordKey(kState, biblio(n)) }
	for _, c := range []struct {
		name   string
		damage func(tx putter) error
		want   string
		mends  bool
	}{
		{"nothing", func(putter) error { return nil }, "", true},
		{"a lost record", func(tx putter) error { return tx.remove(stateOf(1)) }, "not shown", true},
		{"a changed value", func(tx putter) error {
			data, err := tx.get(stateOf(1))
			if err != nil {
				return err
			}
			return tx.set(stateOf(1), bytes.Replace(data, []byte("good"), []byte("evil"), 1))
		}, "not shown", true},
		{"an invented value", func(tx putter) error {
			data, err := tx.get(stateOf(1))
			if err != nil {
				return err
			}
			return tx.set(stateOf(9), bytes.Replace(data, []byte("245"), []byte("246"), 1))
		}, "not in the logs", true},
		{"a lost conflict", func(tx putter) error { return tx.remove(recordKey(kConflict, biblio(2))) }, "list of conflicts", true},
		{"an invented conflict", func(tx putter) error { return tx.set(recordKey(kConflict, biblio(8)), []byte("245")) }, "not there", true},
		{"a flipped bit in a segment", func(tx putter) error {
			data, err := tx.get(segmentKey(1, 1))
			if err != nil {
				return err
			}
			data = bytes.Clone(data)
			data[len(data)-3] ^= 4
			return tx.set(segmentKey(1, 1), data)
		}, "segment", false},
		{"a lost segment", func(tx putter) error { return tx.remove(segmentKey(1, 1)) }, "segment", false},
		{"a segment in another's place", func(tx putter) error {
			data, err := tx.get(segmentKey(1, 2))
			if err != nil {
				return err
			}
			return tx.set(segmentKey(1, 1), data)
		}, "segment", false},
	} {
		stores(t, func(t *testing.T, opt Options) {
			a, b := open(t, 1, opt), open(t, 2, Options{})
			put(t, a, biblio(1), "245", "good")
			put(t, a, biblio(2), "245", "one")
			put(t, b, biblio(2), "245", "two")
			send(t, a, b)
			send(t, b, a)
			if err := a.store.update(c.damage); err != nil {
				t.Fatal(err)
			}
			rep, err := a.Check(context.Background(), nil)
			found := strings.Join(rep.Problems, "; ")
			if err != nil {
				found += err.Error()
			}
			if (found == "") != (c.want == "") || !strings.Contains(found, c.want) {
				t.Errorf("%s: found %q, want %q", c.name, found, c.want)
			}
			if !c.mends {
				return
			}
			if err := a.Rebuild(context.Background(), change.Catalogue); err != nil {
				t.Fatal(err)
			}
			if rep, err := a.Check(context.Background(), nil); err != nil || len(rep.Problems) > 0 {
				t.Errorf("%s: after rebuilding: %v %v", c.name, err, rep.Problems)
			}
		})
	}
}

// What a crash left half rebuilt is rebuilt when the replica is opened again.
func TestRebuildGoesOn(t *testing.T) {
	disk := NewMemory()
	a := open(t, 1, Options{Memory: disk})
	put(t, a, biblio(1), "245", "good")
	put(t, a, biblio(2), "245", "good")
	if err := a.store.update(func(tx putter) error {
		return errors.Join(tx.remove(recordKey(kState, biblio(1))), tx.set(key16(kRebuild, 1), []byte{}))
	}); err != nil {
		t.Fatal(err)
	}
	disk.Crash()
	a = open(t, 1, Options{Memory: disk})
	if got := show(t, a, biblio(1)); got != "245: good; " {
		t.Errorf("%q", got)
	}
	sound(t, a)
	if err := a.store.view(func(tx getter) error {
		return tx.scan([]byte{kRebuild}, nil, func(_, _ []byte) (bool, error) {
			t.Error("the mark is still there")
			return false, nil
		})
	}); err != nil {
		t.Error(err)
	}
}

// Check verifies every signature, and that each segment follows the one it names.
func TestCheckOfSegments(t *testing.T) {
	for _, c := range []struct {
		name, want string
		damage     func(tx putter, key []byte, ref segRef, at []byte) error
	}{
		{"a signature", "signature", func(tx putter, key []byte, _ segRef, _ []byte) error {
			raw, err := tx.get(key)
			if err != nil {
				return err
			}
			var parts [][]byte
			if err := cbor.Unmarshal(raw, &parts); err != nil {
				return err
			}
			parts[1][7] ^= 1
			if raw, err = cbor.Marshal(parts); err != nil {
				return err
			}
			return tx.set(key, raw)
		}},
		{"one that is gone with all that names it", "does not follow", func(tx putter, key []byte, ref segRef, at []byte) error {
			return errors.Join(tx.remove(key), tx.remove(at), tx.remove(hashKey(kHeader, ref.Header)))
		}},
	} {
		a := open(t, 1, Options{})
		for i := range byte(3) {
			put(t, a, biblio(i), "245", "x")
			if err := a.Seal(); err != nil {
				t.Fatal(err)
			}
		}
		sound(t, a)
		if err := a.store.update(func(tx putter) error {
			var second segRef
			num := a.mem.Load().byID[a.mem.Load().ownID(change.Catalogue)]
			if err := refsFrom(tx, num, 2, func(ref segRef) bool { second = ref; return false }); err != nil {
				return err
			}
			return c.damage(tx, segmentKey(1, second.Arrival), second, ofLogKey(num, second.Last, second.Arrival))
		}); err != nil {
			t.Fatal(err)
		}
		rep, err := a.Check(context.Background(), nil)
		if found := fmt.Sprint(rep.Problems, err); !strings.Contains(found, c.want) {
			t.Errorf("%s: found %q, want %q", c.name, found, c.want)
		}
	}
}

// A fingerprint that is not that of the logs is found, and mended.
func TestCheckOfTheFingerprint(t *testing.T) {
	disk := NewMemory()
	a := open(t, 1, Options{Memory: disk})
	put(t, a, biblio(1), "245", "x")
	if err := a.store.update(func(tx putter) error { return tx.set(key16(kPrint, 1), make([]byte, 16)) }); err != nil {
		t.Fatal(err)
	}
	disk.Crash()
	a = open(t, 1, Options{Memory: disk})
	rep, err := a.Check(context.Background(), nil)
	if found := fmt.Sprint(rep.Problems, err); !strings.Contains(found, "fingerprint") {
		t.Errorf("found %q", found)
	}
	if err := a.Rebuild(context.Background(), change.Catalogue); err != nil {
		t.Fatal(err)
	}
	sound(t, a)
}
