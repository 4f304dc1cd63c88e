package clock

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"iter"
	"maps"
	"slices"
)

// LogID names one log: what one replica wrote in one scope in one epoch.
type LogID [16]byte

// String is the ID in hexadecimal.
func (l LogID) String() string { return hex.EncodeToString(l[:]) }

// Hash is a SHA-256 sum.
type Hash [32]byte

// String is the hash in hexadecimal.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// Head is the end of a chain of segments: the last sequence number and the hash
// of the signed header of the segment that holds it. It vouches for all before it.
type Head struct {
	Seq    uint64
	Header Hash
}

// Dot is one place in one log.
type Dot struct {
	Log LogID
	Seq uint64
}

// Vector says what is held: for each log the heads of its chains, one unless
// the log was forked (a cloned disk, a restored backup). The zero value is
// empty and usable. A Vector is copied by Clone; assignment shares.
type Vector struct {
	logs map[LogID][]Head // sorted by compareHeads, no duplicates, never empty
}

func compareHeads(a, b Head) int {
	return cmp.Or(cmp.Compare(a.Seq, b.Seq), bytes.Compare(a.Header[:], b.Header[:]))
}

// Heads are the heads of one log, lowest first. The caller must not change them.
func (v Vector) Heads(log LogID) []Head { return v.logs[log] }

// Len is the number of logs named.
func (v Vector) Len() int { return len(v.logs) }

// Add names one more head of a log. It forgets nothing: whoever knows that a
// head is the ancestor of another uses Set.
func (v *Vector) Add(log LogID, head Head) {
	if v.logs == nil {
		v.logs = map[LogID][]Head{}
	}
	heads := v.logs[log]
	at, found := slices.BinarySearchFunc(heads, head, compareHeads)
	if !found {
		v.logs[log] = slices.Insert(slices.Clip(heads), at, head)
	}
}

// Set replaces the heads of a log; none removes it.
func (v *Vector) Set(log LogID, heads ...Head) {
	delete(v.logs, log)
	for _, h := range heads {
		v.Add(log, h)
	}
}

// Merge adds every head of b. It is idempotent, commutative and associative.
func (v *Vector) Merge(b Vector) {
	for log, head := range b.All() {
		v.Add(log, head)
	}
}

// All yields every head, by log and then lowest first.
func (v Vector) All() iter.Seq2[LogID, Head] {
	return func(yield func(LogID, Head) bool) {
		logs := slices.SortedFunc(maps.Keys(v.logs), func(a, b LogID) int { return bytes.Compare(a[:], b[:]) })
		for _, log := range logs {
			for _, head := range v.logs[log] {
				if !yield(log, head) {
					return
				}
			}
		}
	}
}

// Clone is a copy that shares nothing.
func (v Vector) Clone() Vector {
	var c Vector
	for log, heads := range v.logs {
		if c.logs == nil {
			c.logs = make(map[LogID][]Head, len(v.logs))
		}
		c.logs[log] = slices.Clone(heads)
	}
	return c
}

// Equal reports whether both name the same heads.
func (v Vector) Equal(b Vector) bool { return maps.EqualFunc(v.logs, b.logs, slices.Equal) }
