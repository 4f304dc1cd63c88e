package sim

import (
	"crypto/sha256"
	"fmt"

	"ishtirak/sync/change"
	"ishtirak/sync/replica"
)

// Kinds of simulated records: of any, and of copies, which are a library's and in the catalogue.
const (
	kind     change.Kind = 3
	kindCopy change.Kind = 4
)

// Key of a simulated record: shared by all where lib is 0, else that library's.
func Key(name string, lib Library) change.Key {
	sum := sha256.Sum256([]byte(name))
	return change.Key{Kind: kind, Owner: lib.id(), ID: [16]byte(sum[:16])}
}

// CopyKey is the key of a library's copy, which everybody sees and nobody else may write.
func CopyKey(name string, lib Library) change.Key {
	k := Key(name, lib)
	k.Kind = kindCopy
	return k
}

// scope of a record: but for its copies a library's own records stay with it.
func (n *Node) scope(k change.Key) change.Scope {
	if k.Owner == ([16]byte{}) || k.Kind == kindCopy {
		return change.Catalogue
	}
	return change.Own(k.Owner)
}

// Form is an open form on one group of a record. It knows which writes it has
// displayed or made; these, and no others, are what saving supersedes.
type Form struct {
	node      *Node
	key       change.Key
	group     string
	displayed []change.WriteID
}

// Open displays the value shown now of a group, whichever it is: those siblings
// that carry the shown value count as displayed, the others were not looked at.
func (n *Node) Open(k change.Key, group string) (*Form, error) {
	f := &Form{node: n, key: k, group: group}
	siblings, err := n.siblings(k, group)
	for _, s := range siblings {
		if string(s.Value) == string(siblings[0].Value) {
			f.displayed = append(f.displayed, s.ID)
		}
	}
	return f, err
}

// OpenAll is the form under "To sort out": it displays every value.
func (n *Node) OpenAll(k change.Key, group string) (*Form, error) {
	f := &Form{node: n, key: k, group: group}
	siblings, err := n.siblings(k, group)
	for _, s := range siblings {
		f.displayed = append(f.displayed, s.ID)
	}
	return f, err
}

// Save writes a value over what the form displayed.
func (f *Form) Save(value string) error {
	f.node.world.note("%s writes %x.%s = %q over %d seen", f.node.Name, f.key.ID[:2], f.group, value, len(f.displayed))
	got, err := f.node.write(change.Write{Key: f.key, Group: f.group, Seen: f.displayed, Value: []byte(value)})
	if err != nil {
		return err
	}
	f.displayed = append(f.displayed[:len(f.displayed):len(f.displayed)], got)
	return nil
}

// Delete deletes a record whose form displays everything.
func (n *Node) Delete(k change.Key) error {
	n.world.note("%s deletes %x", n.Name, k.ID[:2])
	record, err := n.record(k)
	if err != nil {
		return err
	}
	life := change.Life{Deleted: true}
	w := change.Write{Key: k, Group: change.LifeGroup}
	for group, siblings := range record.Groups {
		for _, s := range siblings {
			if group == change.LifeGroup {
				w.Seen = append(w.Seen, s.ID)
				old, err := change.DecodeLife(s.Value)
				if err != nil {
					return err
				}
				life.Saw = append(life.Saw, old.Saw...)
			} else {
				life.Saw = append(life.Saw, s.ID)
			}
		}
	}
	if w.Value, err = life.Encode(); err != nil {
		return err
	}
	_, err = n.write(w)
	return err
}

// write commits one write and enters it in the account: it was acknowledged.
func (n *Node) write(one change.Write) (change.WriteID, error) {
	scope := n.scope(one.Key)
	got, err := n.Commit(replica.Act{Writes: []replica.Scoped{{Scope: scope, Write: one}}})
	if err != nil {
		return change.WriteID{}, fmt.Errorf("%s could not write: %w", n.Name, err)
	}
	id := got.IDs[0]
	if n.world.account[id] != nil {
		return id, fmt.Errorf("%s: two writes have the name %s", n.Name, id)
	}
	n.world.account[id] = &Written{ID: id, Scope: scope, Author: n.author(), Write: one}
	n.has[id] = true
	return id, nil
}

func (n *Node) record(k change.Key) (record replica.Record, err error) {
	err = n.View(func(v *replica.View) error {
		record, _, err = v.Record(k)
		return err
	})
	return record, err
}

func (n *Node) siblings(k change.Key, group string) ([]replica.Sibling, error) {
	record, err := n.record(k)
	return record.Groups[group], err
}
