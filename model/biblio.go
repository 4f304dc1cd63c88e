package model

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"ishtirak/model/marc"
)

// A title is a MARC record. What was imported is kept as it came, in group
// "origin"; an edit writes the groups it changes, each the list of all fields of
// one tag with the 880s linked to them, and those stand over the origin's. A field
// has a position: the origin's fields have theirs from their order, later ones lie
// between, so that fields of different tags stay as they were interleaved.

const (
	groupOrigin = "origin"
	groupLeader = "leader"
	step        = 1 << 20 // between the positions of an origin's fields
	linkedTag   = "880"
)

var biblioGroups = []GroupRule{
	// The bytes are the ID's, so origins differ in no more than the name of the file
	// that two laptops imported apart.
	{Name: groupOrigin, Quiet: true, Check: valid(checkOrigin)},
	{Name: groupLeader, Check: valid(checkLeader)},
	{Name: "", Many: true, Named: checkTag, Check: valid(checkFields)},
}

var (
	errOrigin = errors.New("an origin has a format and its bytes")
	errHash   = errors.New("an origin's bytes give the title's ID")
	errLeader = errors.New("a leader has 24 characters")
	errTag    = errors.New("a tag is three letters or digits")
)

type originValue struct {
	Format marc.Format `cbor:"1,keyasint"`
	Source string      `cbor:"2,keyasint,omitempty"`
	Bytes  []byte      `cbor:"3,keyasint"`
}

func checkOrigin(v originValue) error {
	if v.Format == "" || len(v.Bytes) == 0 {
		return errOrigin
	}
	return nil
}

type leaderValue struct {
	Leader string `cbor:"1,keyasint"`
}

func checkLeader(v leaderValue) error {
	if len(v.Leader) != 24 {
		return errLeader
	}
	return nil
}

func checkTag(tag string) error {
	if len(tag) != 3 || !asciiAlnum(rune(tag[0])) || !asciiAlnum(rune(tag[1])) || !asciiAlnum(rune(tag[2])) {
		return errTag
	}
	return nil
}

type fieldsValue struct {
	Fields []fieldValue `cbor:"1,keyasint,omitempty"`
}

// fieldValue is one occurrence of the group's tag, or an 880 linked to one.
type fieldValue struct {
	Pos  uint64   `cbor:"1,keyasint"`
	Tag  string   `cbor:"2,keyasint,omitempty"` // "880"; "": the group's
	Data string   `cbor:"3,keyasint,omitempty"` // control fields
	Ind  string   `cbor:"4,keyasint,omitempty"` // two characters; "": two blanks
	Subs []string `cbor:"5,keyasint,omitempty"` // code and value in one: "aTitle"
}

func checkFields(v fieldsValue) error {
	for _, f := range v.Fields {
		if f.Tag != "" && f.Tag != linkedTag || f.Ind != "" && len(f.Ind) != 2 {
			return errTag
		}
		if slices.Contains(f.Subs, "") {
			return errTag
		}
	}
	return nil
}

// Biblio is a title: the record as it stands, and what it was read from.
type Biblio struct {
	ID     ID
	Origin Origin
	MARC   *marc.Record
	Bytes  []byte      // the origin's, nil where it was made here
	Format marc.Format // of Bytes
	Gone   bool
	Seen   Seen
	pos    []uint64 // of MARC.Fields
}

// Decoder reads an origin's bytes.
type Decoder func(marc.Format, []byte) (*marc.Record, error)

// OriginID is the ID of an imported title: the hash of its origin bytes, so that
// the same record imported twice, or on two laptops apart, is one.
func OriginID(origin []byte) ID { return HashID("imported title v1", origin) }

// checkHash judges that an origin is the title's own: nobody can put other bytes in
// its place.
func checkHash(id ID, raw []byte) error {
	var v originValue
	if err := Decode(raw, &v); err != nil {
		return err
	}
	if OriginID(v.Bytes) != id {
		return errHash
	}
	return nil
}

// OriginWrite is the write that imports a title.
func OriginWrite(format marc.Format, source string, origin []byte) (Key, Group, error) {
	raw, err := Encode(originValue{Format: format, Source: source, Bytes: origin})
	return Key{Kind: KindBiblio, ID: OriginID(origin)}, Group{Name: groupOrigin, Value: raw}, err
}

// BiblioOf reads a title. decode reads the formats that package marc does not (a
// spreadsheet's row); nil where there are none.
func BiblioOf(e Entry, decode Decoder) (Biblio, error) {
	b := Biblio{ID: e.Key.ID, MARC: &marc.Record{Leader: newLeader}, Seen: e.Seen()}
	return b, b.read(e.Shown, slices.Collect(keys(e.Groups)), decode)
}

// biblioSeen reads the title as a form displayed it.
func biblioSeen(id ID, seen Seen, decode Decoder) (Biblio, error) {
	b := Biblio{ID: id, MARC: &marc.Record{Leader: newLeader}, Seen: seen}
	return b, b.read(func(g string) []byte { return seen[g].Value }, slices.Collect(keys(seen)), decode)
}

func keys[V any](m map[string]V) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func (b *Biblio) read(shown func(string) []byte, groups []string, decode Decoder) error {
	if raw := shown(groupOrigin); raw != nil {
		if err := b.readOrigin(raw, decode); err != nil {
			return err
		}
	}
	if raw := shown(groupLeader); raw != nil {
		var v leaderValue
		if err := Decode(raw, &v); err != nil {
			return err
		}
		b.MARC.Leader, b.Origin.Edited = v.Leader, true
	}
	over := map[string]fieldsValue{}
	for _, g := range groups {
		if checkTag(g) != nil || g == GroupLife {
			continue
		}
		var v fieldsValue
		if err := Decode(shown(g), &v); err != nil {
			return err
		}
		over[g], b.Origin.Edited = v, true
	}
	if len(over) > 0 {
		b.overlay(over)
	}
	return nil
}

func (b *Biblio) readOrigin(raw []byte, decode Decoder) error {
	var v originValue
	if err := Decode(raw, &v); err != nil {
		return err
	}
	if decode == nil {
		decode = marc.Decode
	}
	rec, err := decode(v.Format, v.Bytes)
	if err != nil {
		return fmt.Errorf("reading the origin of title %s: %w", b.ID, err)
	}
	b.MARC, b.Bytes, b.Format = rec, v.Bytes, v.Format
	b.Origin.Format, b.Origin.Source = string(v.Format), v.Source
	b.pos = make([]uint64, len(rec.Fields))
	for i := range b.pos {
		b.pos[i] = uint64(i+1) * step
	}
	return nil
}

// overlay puts the groups that were edited in the place of the origin's.
func (b *Biblio) overlay(over map[string]fieldsValue) {
	type placed struct {
		pos   uint64
		group string
		field marc.Field
	}
	var all []placed
	for i, f := range b.MARC.Fields {
		if g := groupOf(f); !has(over, g) {
			all = append(all, placed{b.pos[i], g, f})
		}
	}
	for g, v := range over {
		for _, f := range v.Fields {
			all = append(all, placed{f.Pos, g, f.field(g)})
		}
	}
	slices.SortStableFunc(all, func(x, y placed) int {
		if x.pos != y.pos {
			if x.pos < y.pos {
				return -1
			}
			return 1
		}
		return strings.Compare(x.group, y.group)
	})
	b.MARC = &marc.Record{Leader: b.MARC.Leader, Fields: make([]marc.Field, len(all))}
	b.pos = make([]uint64, len(all))
	for i, p := range all {
		b.MARC.Fields[i], b.pos[i] = p.field, p.pos
	}
}

func has[V any](m map[string]V, k string) bool { _, ok := m[k]; return ok }

// groupOf names the group a field belongs to: its tag, or for an 880 that is linked
// to one, the other's.
func groupOf(f marc.Field) string {
	if f.Tag != linkedTag {
		return f.Tag
	}
	if link := f.Sub('6'); len(link) >= 6 && link[3] == '-' && checkTag(link[:3]) == nil {
		return link[:3]
	}
	return linkedTag
}

func (v fieldValue) field(group string) marc.Field {
	f := marc.Field{Tag: group, Data: v.Data}
	if v.Tag != "" {
		f.Tag = v.Tag
	}
	if marc.IsControl(f.Tag) {
		return f
	}
	f.Ind1, f.Ind2 = ' ', ' '
	if len(v.Ind) == 2 {
		f.Ind1, f.Ind2 = v.Ind[0], v.Ind[1]
	}
	f.Subs = make([]marc.Subfield, 0, len(v.Subs))
	for _, s := range v.Subs {
		f.Subs = append(f.Subs, marc.Subfield{Code: s[0], Value: s[1:]})
	}
	return f
}

func valueOf(f marc.Field, group string, pos uint64) fieldValue {
	v := fieldValue{Pos: pos, Data: f.Data}
	if f.Tag != group {
		v.Tag = f.Tag
	}
	if ind := string([]byte{f.Ind1, f.Ind2}); !marc.IsControl(f.Tag) && ind != "  " {
		v.Ind = ind
	}
	for _, s := range f.Subs {
		v.Subs = append(v.Subs, string(s.Code)+s.Value)
	}
	return v
}

func sameField(a, b marc.Field) bool {
	return a.Tag == b.Tag && a.Data == b.Data && a.Ind1 == b.Ind1 && a.Ind2 == b.Ind2 && slices.Equal(a.Subs, b.Subs)
}

// Edit gives the groups in which next differs from the title as the form displayed
// it. Fields that stayed keep their positions; a new one gets one between its
// neighbours in next.
func (b Biblio) Edit(next *marc.Record) ([]Group, error) {
	var out []Group
	if next.Leader != b.MARC.Leader {
		raw, err := Patch(b.Seen[groupLeader].Value, leaderValue{Leader: next.Leader})
		if err != nil {
			return nil, err
		}
		out = append(out, Group{Name: groupLeader, Value: raw, Seen: b.covers(groupLeader)})
	}
	was, now := map[string][]int{}, map[string][]int{}
	var order []string
	for i, f := range b.MARC.Fields {
		g := groupOf(f)
		if !has(was, g) {
			order = append(order, g)
		}
		was[g] = append(was[g], i)
	}
	for i, f := range next.Fields {
		g := groupOf(f)
		if !has(was, g) && !has(now, g) {
			order = append(order, g)
		}
		now[g] = append(now[g], i)
	}
	pos := b.positions(next, was, now)
	for _, g := range order {
		if slices.EqualFunc(was[g], now[g], func(i, j int) bool { return sameField(b.MARC.Fields[i], next.Fields[j]) }) {
			continue
		}
		var v fieldsValue
		for _, i := range now[g] {
			v.Fields = append(v.Fields, valueOf(next.Fields[i], g, pos[i]))
		}
		raw, err := Patch(b.Seen[g].Value, v)
		if err != nil {
			return nil, err
		}
		out = append(out, Group{Name: g, Value: raw, Seen: b.covers(g)})
	}
	return out, nil
}

// covers is K for a group: what the form displayed of it. What it displayed from the
// origin is not covered: the origin stays.
func (b Biblio) covers(group string) []WriteID { return b.Seen[group].Writes }

// positions gives each field of next its place: the i-th of a group where the i-th
// was, further ones after the field before them.
func (b Biblio) positions(next *marc.Record, was, now map[string][]int) []uint64 {
	pos := make([]uint64, len(next.Fields))
	for g, fields := range now {
		for n, i := range fields {
			if n < len(was[g]) {
				pos[i] = b.pos[was[g][n]]
			}
		}
	}
	var before uint64
	for i := range pos {
		if pos[i] == 0 {
			after := before + 2*step
			for _, p := range pos[i+1:] {
				if p > before {
					after = min(after, p)
					break
				}
			}
			pos[i] = before + max(1, (after-before)/2)
		}
		before = max(before, pos[i])
	}
	return pos
}
