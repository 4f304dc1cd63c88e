package model

// Entry is a record as the replica holds it: for each group its siblings, the one
// to show first.
type Entry struct {
	Key    Key
	Groups map[string][]Value
}

// Value is one sibling of a group.
type Value struct {
	ID     WriteID
	At     Stamp
	Staff  ID
	Act    ID
	Author [32]byte // public key of the laptop that wrote it
	Raw    []byte
}

// Oldest is the stamp of the oldest value that is kept of the record; 0 where it has none.
func (e Entry) Oldest() (at Stamp) {
	for _, values := range e.Groups {
		for _, v := range values {
			if at == 0 || v.At < at {
				at = v.At
			}
		}
	}
	return at
}

// Shown is the value to show of a group, nil where it has none.
func (e Entry) Shown(group string) []byte {
	if v := e.Groups[group]; len(v) > 0 {
		return v[0].Raw
	}
	return nil
}

// Latest is when the entry was last written.
func (e Entry) Latest() (at Stamp) {
	for _, values := range e.Groups {
		for _, v := range values {
			at = max(at, v.At)
		}
	}
	return at
}

// Seen is what a form that shows these groups displays (none named: all of them):
// of each the shown sibling, and those whose value equals it.
func (e Entry) Seen(groups ...string) Seen {
	seen := Seen{}
	add := func(name string) {
		values := e.Groups[name]
		if len(values) == 0 {
			return
		}
		d := Displayed{Value: values[0].Raw}
		for _, v := range values {
			if string(v.Raw) == string(d.Value) {
				d.Writes = append(d.Writes, v.ID)
			}
		}
		seen[name] = d
	}
	if len(groups) == 0 {
		for name := range e.Groups {
			add(name)
		}
	}
	for _, name := range groups {
		add(name)
	}
	return seen
}

// read fills v from the shown value of a group; a value that cannot be read
// leaves v as it is: the record stays usable.
func (e Entry) read(group string, v any) {
	if raw := e.Shown(group); raw != nil {
		_ = Decode(raw, v) // see above
	}
}

// Group is one group's new value, with the name of the group.
type Group struct {
	Name  string
	Value []byte
	Seen  []WriteID // K: what the form displayed of this group
}

// changes compares what a form holds with what it displayed, group by group, and
// gives the groups that differ; keys of a newer version are kept.
func changes(seen Seen, groups ...pair) ([]Group, error) {
	var out []Group
	for _, p := range groups {
		was := seen[p.name]
		raw, err := Patch(was.Value, p.value)
		if err != nil {
			return nil, err
		}
		if was.Value == nil && isEmpty(raw) || string(raw) == string(was.Value) {
			continue
		}
		out = append(out, Group{Name: p.name, Value: raw, Seen: was.Writes})
	}
	return out, nil
}

type pair struct {
	name  string
	value any
}

// isEmpty reports whether raw is the empty map: nothing to write for a new record.
func isEmpty(raw []byte) bool { return len(raw) == 1 && raw[0] == 0xa0 }
