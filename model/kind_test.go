package model

import (
	"bytes"
	"encoding/hex"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"ishtirak/model/marc"
)

var update = flag.Bool("update", false, "write the samples of kinds that have none yet")

const originSample = "00026nam a2200025   4500\x1e\x1d"

// samples are one value of each group, every key of it set. Their encoding is kept in
// testdata/kinds: what was released is read for ever.
func samples() map[Kind]map[string]any {
	id := func(b byte) ID { return ID{0: b, 15: b} }
	return map[Kind]map[string]any{
		KindBiblio: {
			"origin": originValue{Format: marc.ISO2709, Source: "skardu.mrc", Bytes: []byte(originSample)},
			"leader": leaderValue{Leader: newLeader},
			"245": fieldsValue{Fields: []fieldValue{
				{Pos: 5 * step, Ind: "10", Subs: []string{"6880-01", "aAag ka darya /"}},
				{Pos: 9 * step, Tag: "880", Ind: "10", Subs: []string{"6245-01/(3/r", "aآگ کا دریا"}}}},
			"008": fieldsValue{Fields: []fieldValue{{Pos: 2 * step, Data: new008}}},
		},
		KindItem: {
			"identity":    ItemIdentity{Biblio: id(1), Accession: "1017", Barcode: "B1017"},
			"shelf":       ItemShelf{CallNo: "891.439 HYD", Location: "Urdu", Category: "reference", Volume: "2"},
			"purchase":    ItemPurchase{Source: "Sang-e-Meel", BillNo: "77", Date: 20000, Price: 75000},
			"circulation": Circulation{Status: StatusOnLoan, Due: 1773687599, From: []ID{id(2), id(3)}},
			"condition":   ItemCondition{Condition: ConditionDamaged, Why: "rain"},
		},
		KindPatron: {
			"names":    PatronNames{Names: Names{Urdu: "عائشہ خان", Roman: "Ayesha Khan"}, Father: "Karim Khan"},
			"class":    PatronClass{Category: "student", Expires: 20500},
			"standing": PatronStanding{Blocked: true, Why: "book lost"},
			"contact":  PatronContact{Phone: "0300 0000000", Shared: true, Address: "Skardu", CNIC: "00000-0000000-0"},
			"privacy":  PatronPrivacy{KeepHistory: true},
		},
		KindBrought: {"copy": broughtValue{Library: id(7), Item: id(8)}},
		KindCard:    {"card": cardValue{Number: "R-1", Patron: id(4), State: CardActive}},
		KindEvent: {
			"o":       eventValue{What: WhatOut, Item: bytes.Repeat([]byte{5}, 16), Due: 1773687599, Rule: "student/", Reason: "asked"},
			"eAAAAAA": eventValue{What: WhatUndone, Undoes: bytes.Repeat([]byte{6}, 16), Amount: 500},
		},
		KindEventReader: {"reader": eventReader{Patron: id(4)}},
		KindStaff:       {"staff": staffValue{Names: Names{Roman: "Zainab"}, Role: RoleHead, Left: true}},
		KindPolicy:      {"l:student/": Line{Days: 14, Renewals: 2, Limit: 5, NotForLoan: true, FinePerDay: 500, FineCap: 20000, Grace: 2}},
		KindClosed:      {"week": closedWeek{Days: []int{5}}, "d:2026-03-23": closedOn{Why: "Pakistan Day", Open: true}},
	}
}

// golden reads testdata/kinds/name: a line for each group, its name and its value in hexadecimal.
func golden(t *testing.T, name string, values map[string]any) map[string][]byte {
	t.Helper()
	path := filepath.Join("testdata", "kinds", name)
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) && *update && values != nil {
		for group, v := range values {
			raw, err := Encode(v)
			if err != nil {
				t.Fatal(err)
			}
			text = append(text, group+" "+hex.EncodeToString(raw)+"\n"...)
		}
		lines := slices.Sorted(strings.Lines(string(text)))
		text = []byte(strings.Join(lines, ""))
		err = os.WriteFile(path, text, 0o600)
	}
	if err != nil {
		t.Fatalf("a kind needs a sample (write it with -update): %v", err)
	}
	out := map[string][]byte{}
	for line := range strings.Lines(string(text)) {
		group, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		if out[group], err = hex.DecodeString(value); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func TestEveryKind(t *testing.T) {
	all := samples()
	for _, kind := range Kinds() {
		if kind.Roster {
			continue // judged and tested by the roster
		}
		t.Run(kind.Name, func(t *testing.T) {
			values := all[kind.Kind]
			stored := golden(t, kind.Name, values)
			key := Key{Kind: kind.Kind, ID: ID{1}}
			if kind.Owned {
				key.Owner = ID{2}
			}
			if kind.Kind == KindBiblio {
				key.ID = OriginID([]byte(originSample)) // an origin's bytes decide its title's ID
			}
			covered := map[string]bool{}
			for group, v := range values {
				rule, ok := kind.Group(group)
				if !ok {
					t.Fatalf("group %q is not in the table", group)
				}
				covered[rule.Name] = true
				everyGroup(t, key, group, rule, v, stored[group])
			}
			for _, g := range kind.Groups {
				if !covered[g.Name] {
					t.Errorf("group %q has no sample", g.Name)
				}
			}
			wrong := key
			wrong.Owner[3] ^= 0xff
			if !kind.Owned {
				if err := Validate(wrong, kind.Groups[0].Name, nil); !errors.Is(err, ErrValue) {
					t.Errorf("an owner where there is none passes: %v", err)
				}
			} else if err := Validate(Key{Kind: kind.Kind, ID: ID{1}}, kind.Groups[0].Name, nil); !errors.Is(err, ErrValue) {
				t.Errorf("a record without its owner passes: %v", err)
			}
		})
	}
}

// everyGroup is what holds for a value of any group.
func everyGroup(t *testing.T, key Key, group string, rule GroupRule, v any, stored []byte) {
	t.Helper()
	raw, err := Encode(v)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(raw, stored) {
		t.Errorf("%s: encodes to %x, released as %x", group, raw, stored)
	}
	if err := Validate(key, group, stored); err != nil {
		t.Errorf("%s: what was released is refused: %v", group, err)
	}
	for _, bad := range [][]byte{nil, {0xff}, {0x01}, []byte("\xbf\xff"), append(slices.Clone(stored), 0)} {
		if err := Validate(key, group, bad); !errors.Is(err, ErrValue) {
			t.Errorf("%s: %x passes: %v", group, bad, err)
		}
	}
	// A newer version's key passes, and stays when this version saves the group.
	var m map[int64]cbor.RawMessage
	if err := Decode(stored, &m); err != nil {
		t.Fatal(err)
	}
	m[99] = cbor.RawMessage{0x07}
	newer, err := Encode(m)
	if err != nil {
		t.Fatal(err)
	}
	if err := Validate(key, group, newer); err != nil {
		t.Errorf("%s: a newer version's value is refused: %v", group, err)
	}
	if kept, err := Patch(newer, v); err != nil || !bytes.Equal(kept, newer) {
		t.Errorf("%s: saved as %x (%v), the newer version's key is gone from %x", group, kept, err, newer)
	}
	// Two siblings: both are displayed where they are equal, one where they differ.
	e := Entry{Key: key, Groups: map[string][]Value{group: {{ID: ID{1}, Raw: raw}, {ID: ID{2}, Raw: raw}, {ID: ID{3}, Raw: newer}}}}
	if seen := e.Seen(group)[group]; len(seen.Writes) != 2 || !bytes.Equal(e.Shown(group), raw) {
		t.Errorf("%s: a form displays %v", group, seen.Writes)
	}
	if Quiet(key.Kind, group) != rule.Quiet {
		t.Errorf("%s: Quiet is not as in the table", group)
	}
}

func TestUnknownKindPasses(t *testing.T) {
	if err := Validate(Key{Kind: 999}, "anything", []byte{0xff}); err != nil {
		t.Errorf("a newer version's kind is refused: %v", err)
	}
	for _, c := range []struct {
		kind  Kind
		group string
		want  bool
	}{{KindItem, "shelf", true}, {KindItem, GroupLife, true}, {KindItem, "of a newer version", false}, {999, "shelf", false}, {999, GroupLife, false}, {KindLibrary, "entry", true}} {
		if Knows(c.kind, c.group) != c.want {
			t.Errorf("%q of kind %d is known: %v", c.group, c.kind, !c.want)
		}
	}
}
