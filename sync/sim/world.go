// Package sim runs many replicas from one seed through every fault: cuts, crashes,
// restored and cloned disks, truncated sticks, wrong clocks, thieves, forgers.
//
// It keeps its own account of every acknowledged write and judges the replicas
// by the definition of the state (sync/README.md), not by their own arithmetic.
// Tests only.
package sim

import (
	"context"
	"crypto/ed25519"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"time"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
	"ishtirak/sync/replica"
)

// epoch is where every simulated clock starts.
var epoch = time.Date(2026, 7, 14, 9, 0, 0, 0, time.UTC)

// World is a federation of simulated replicas, its sticks, and the account of
// what was written. It is not safe for concurrent use.
type World struct {
	rand    *rand.Rand
	now     time.Time // true time; each node adds its own error
	nodes   []*Node
	sticks  []*Stick
	members map[change.Author]Library
	authors map[clock.LogID]change.Author
	chain   map[clock.Hash]link         // by header: how segments hang together
	account map[change.WriteID]*Written // every write that was acknowledged
	History []string                    // what happened, for a failing seed
}

// link is one segment as the account knows it.
type link struct {
	log  clock.LogID
	head clock.Head
	prev clock.Hash
	ids  []change.WriteID
}

// Node is one replica with its disk, its clock and its open forms.
type Node struct {
	*replica.Replica
	Name  string
	lib   Library
	key   ed25519.PrivateKey
	disk  *replica.Memory
	skew  time.Duration
	court *court
	has   map[change.WriteID]bool // what its disk holds
	forms map[string]*Form
	shots []snapshot
	world *World
	thief bool // revoked: outside the federation from now on
}

// snapshot is a backup of a node's disk.
type snapshot struct {
	disk *replica.Memory
	has  map[change.WriteID]bool
}

// Written is one acknowledged write of the account.
type Written struct {
	ID     change.WriteID
	Scope  change.Scope
	Author change.Author
	change.Write
	gone bool // the only disk that held it was set back
}

// NewWorld is an empty federation whose every choice follows from seed.
func NewWorld(seed uint64) *World {
	return &World{
		rand: rand.New(rand.NewPCG(seed, 1)), now: epoch,
		members: map[change.Author]Library{}, authors: map[clock.LogID]change.Author{},
		chain: map[clock.Hash]link{}, account: map[change.WriteID]*Written{},
	}
}

// note records what happens.
func (w *World) note(format string, args ...any) {
	w.History = append(w.History, fmt.Sprintf(format, args...))
}

// Read is the world's randomness as a stream, for replicas' nonces and act IDs.
func (w *World) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(w.rand.Uint32())
	}
	return len(p), nil
}

// Add puts a new replica of a library into the federation.
func (w *World) Add(name string, lib Library) (*Node, error) {
	var seed [ed25519.SeedSize]byte
	binary.BigEndian.PutUint64(seed[:], w.rand.Uint64())
	binary.BigEndian.PutUint64(seed[8:], w.rand.Uint64())
	n := &Node{
		Name: name, lib: lib, key: ed25519.NewKeyFromSeed(seed[:]), disk: replica.NewMemory(),
		has: map[change.WriteID]bool{}, forms: map[string]*Form{}, world: w,
	}
	n.court = &court{world: w, self: n.author()}
	w.members[n.author()] = lib
	w.nodes = append(w.nodes, n)
	return n, n.open()
}

func (n *Node) author() change.Author { return change.Author(n.key.Public().(ed25519.PublicKey)) }

// clock is this node's idea of the time.
func (n *Node) clock() time.Time { return n.world.now.Add(n.skew) }

// open starts the replica on its disk.
func (n *Node) open() (err error) {
	n.Replica, err = replica.Open(context.Background(), replica.Options{
		Memory: n.disk, Key: n.key, Now: n.clock, Rand: n.world, Rules: n.court,
		Scopes: []change.Scope{change.Catalogue, change.Own(n.lib.id())},
	})
	return err
}

// Crash ends the node without notice and starts it again from what its disk had
// synced. Open forms are lost, as they are when the power goes.
func (n *Node) Crash() error {
	n.world.note("%s crashes", n.Name)
	n.disk.Crash()
	n.forms = map[string]*Form{}
	return n.open()
}

// Snapshot keeps a copy of the node's disk.
func (n *Node) Snapshot() {
	n.world.note("%s is backed up", n.Name)
	n.shots = append(n.shots, snapshot{n.disk.Clone(), copied(n.has)})
}

// Restore sets the node's disk back to its last snapshot. What no other disk and
// no stick holds is gone, and the account says so.
func (n *Node) Restore() error {
	if len(n.shots) == 0 {
		return nil
	}
	n.world.note("%s is restored from its backup", n.Name)
	shot := n.shots[len(n.shots)-1]
	before := n.has
	n.disk, n.has = shot.disk.Clone(), copied(shot.has)
	n.forms = map[string]*Form{}
	for id := range before {
		if !n.world.held(id) {
			n.world.account[id].gone = true
		}
	}
	return n.open()
}

// Clone copies the node's disk, key and all, to a second machine.
func (n *Node) Clone(name string) (*Node, error) {
	n.world.note("%s is cloned as %s", n.Name, name)
	twin := &Node{
		Name: name, lib: n.lib, key: n.key, disk: n.disk.Clone(), skew: n.skew,
		has: copied(n.has), forms: map[string]*Form{}, world: n.world,
		court: &court{world: n.world, self: n.author(), cuts: append([]cut(nil), n.court.cuts...), forger: n.court.forger},
	}
	n.world.nodes = append(n.world.nodes, twin)
	return twin, twin.open()
}

// Revoke takes thief's key from the federation: what by holds of it stands, the
// rest does not.
func (w *World) Revoke(thief, by *Node) error {
	w.note("%s revokes %s", by.Name, thief.Name)
	one := cut{author: thief.author()}
	for _, scope := range by.Scopes() {
		sum, err := by.Summary(scope)
		if err != nil {
			return err
		}
		for log, head := range sum.Heads.All() {
			if w.authors[log] == thief.author() {
				one.stands.Add(log, head)
			}
		}
	}
	for _, n := range w.nodes {
		if n.author() == thief.author() {
			n.thief = true
		}
	}
	by.court.cuts = append(by.court.cuts, one)
	return by.SetRules(by.court)
}

// Forge makes the node's program another, which writes what the rules forbid.
func (n *Node) Forge() error {
	n.world.note("%s asks no rules any more", n.Name)
	n.court.forger = true
	return n.SetRules(n.court)
}

// held reports whether any disk or stick holds a write.
func (w *World) held(id change.WriteID) bool {
	for _, n := range w.nodes {
		if n.has[id] {
			return true
		}
	}
	for _, s := range w.sticks {
		if s.has(id) {
			return true
		}
	}
	return false
}

func copied(m map[change.WriteID]bool) map[change.WriteID]bool {
	c := make(map[change.WriteID]bool, len(m))
	for k, v := range m {
		c[k] = v
	}
	return c
}
