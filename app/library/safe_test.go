package library_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ishtirak/app/library"
	"ishtirak/model"
	"ishtirak/sync/change"
	"ishtirak/sync/replica"
	"ishtirak/sync/roster"
)

// Somebody else who saw the request admits the laptop too: the words on the screens
// differ, and until something is exchanged the right admission puts it right.
func TestWrongAdmission(t *testing.T) {
	ctx, c := t.Context(), newClock()
	skardu, _, _ := found(t, c, "Skardu", "PK-SKD")
	rogue, _, _ := found(t, c, "Skardu", "PK-SKD")
	for _, asks := range []library.Asking{{Laptop: "Laptop 2"}, {Names: model.Names{Roman: "Gilgit"}, Code: "PK-GLT"}} {
		dir := t.TempDir()
		asks.Options = options(c)
		text, _, err := library.Request(ctx, dir, asks)
		if err != nil {
			t.Fatal(err)
		}
		wrong := must[model.Admission](t)(rogue.Admit(ctx, text))
		right := must[model.Admission](t)(skardu.Admit(ctx, text))
		if slices.Equal(wrong.For.Words, right.For.Words) {
			t.Errorf("the words are %v by whomever it is admitted", right.For.Words)
		}
		if shown := must[[]string](t)(library.AdmissionWords(right.Text)); !slices.Equal(shown, right.For.Words) {
			t.Errorf("%v here, %v there", shown, right.For.Words)
		}
		if err := library.Join(ctx, dir, wrong.Text, options(c)); err != nil {
			t.Fatal(err)
		}
		l := open(t, dir, c)
		addReader(t, l, "Ayeshaquetzal Khan", "R-1")
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		keys := must[[]byte](t)(os.ReadFile(filepath.Join(dir, "keys"))) // what opens that library
		var told string
		o := options(c)
		o.Tell = func(s string) { told = s }
		if err := library.Join(ctx, dir, right.Text, o); err != nil {
			t.Fatalf("the right admission after a wrong one: %v", err)
		}
		aside, err := filepath.Glob(filepath.Join(dir, "set-aside-*"))
		if err != nil || len(aside) != 1 || !strings.Contains(told, aside[0]) {
			t.Fatalf("%v %v, told %q", aside, err, told)
		}
		if err := os.WriteFile(filepath.Join(aside[0], "keys"), keys, 0o600); err != nil {
			t.Fatal(err)
		}
		if got := must[[]model.PatronView](t)(open(t, aside[0], c).FindPatrons(ctx, "ayesha", 0)); len(got) != 1 {
			t.Errorf("%d readers are set aside, want 1", len(got))
		}
		l = open(t, dir, c)
		must[model.Exchanged](t)(l.Exchange(ctx, serve(t, skardu), nil))
		agree(t, l, skardu)
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if err := library.Join(ctx, dir, wrong.Text, options(c)); !errors.Is(err, library.ErrOtherWords) {
			t.Errorf("another admission after an exchange: %v", err)
		}
	}
}

// An admission that answers a request made elsewhere, or before, is refused.
func TestAdmissionOfAnother(t *testing.T) {
	ctx, c := t.Context(), newClock()
	skardu, _, _ := found(t, c, "Skardu", "PK-SKD")
	var dirs, answers [2]string
	for i := range dirs {
		dirs[i] = t.TempDir()
		text, _, err := library.Request(ctx, dirs[i], library.Asking{Options: options(c)})
		if err != nil {
			t.Fatal(err)
		}
		answers[i] = must[model.Admission](t)(skardu.Admit(ctx, text)).Text
	}
	if err := library.Join(ctx, dirs[0], answers[1], options(c)); !errors.Is(err, roster.ErrRefused) {
		t.Errorf("another's admission: %v", err)
	}
	if err := library.Join(ctx, dirs[0], answers[0], options(c)); err != nil {
		t.Error(err)
	}
}

// A member may fill scope admin: others can be admitted all the same.
func TestAdmissionBesideMuch(t *testing.T) {
	ctx, c := t.Context(), newClock()
	skardu, _, _ := found(t, c, "Skardu", "PK-SKD")
	address := serve(t, skardu)
	for i := range 14 {
		value := make([]byte, 512<<10)
		s := uint64(i + 1)
		for j := range value { // nothing that could be packed
			s ^= s << 13
			s ^= s >> 7
			s ^= s << 17
			value[j] = byte(s)
		}
		write := change.Write{Key: change.Key{Kind: 4000, ID: [16]byte{byte(i), 1}}, Group: "g", Value: value}
		if _, err := skardu.Replica().Commit(replica.Act{Writes: []replica.Scoped{{Scope: change.Admin, Write: write}}}); err != nil {
			t.Fatal(err)
		}
	}
	second, dir := join(t, skardu, c, library.Asking{Laptop: "Laptop 2"})
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
	second = open(t, dir, c) // who belongs is known before the rest has come
	must[model.Exchanged](t)(second.Exchange(ctx, address, nil))
	agree(t, skardu, second)
}

// Readers' changes are not "sent" because a library that may not have them has all it
// may have.
func TestWaitingIsCountedByScope(t *testing.T) {
	ctx, c := t.Context(), newClock()
	skardu, _, _ := found(t, c, "Skardu", "PK-SKD")
	address := serve(t, skardu)
	second, _ := join(t, skardu, c, library.Asking{Laptop: "Laptop 2"})
	gilgit, _ := join(t, skardu, c, library.Asking{Names: model.Names{Roman: "Gilgit"}, Code: "PK-GLT"})
	addReader(t, skardu, "Ayesha", "R-1")
	waits := func() int { return must[model.Network](t)(skardu.Network(ctx)).Waiting }
	for range 2 {
		must[model.Exchanged](t)(gilgit.Exchange(ctx, address, nil))
	}
	if waits() == 0 {
		t.Error("a reader nobody else has, and nothing waits")
	}
	before := waits()
	if err := skardu.Replica().Renew(); err != nil {
		t.Fatal(err)
	}
	if waits() != before {
		t.Errorf("%d changes wait, after a new epoch %d", before, waits())
	}
	for range 2 {
		must[model.Exchanged](t)(second.Exchange(ctx, address, nil))
	}
	if n := waits(); n != 0 {
		t.Errorf("%d changes wait, and the second laptop has all", n)
	}
}

// What was written after the last exchange waits still when the power has gone and the program was started again: nobody
// is told that everything has reached everybody.
func TestWaitingOutlivesThePower(t *testing.T) {
	ctx, c := t.Context(), newClock()
	skardu, dir, _ := found(t, c, "Skardu", "PK-SKD")
	second, _ := join(t, skardu, c, library.Asking{Laptop: "Laptop 2"})
	address := serve(t, skardu)
	for range 2 {
		must[model.Exchanged](t)(second.Exchange(ctx, address, nil))
	}
	waits := func(l *library.Library) int { return must[model.Network](t)(l.Network(ctx)).Waiting }
	if n := waits(skardu); n != 0 {
		t.Fatalf("%d changes wait, and the second laptop has all", n)
	}
	addReader(t, skardu, "Ayesha", "R-1")
	before := waits(skardu)
	again := open(t, killed(t, dir), c)
	if after := waits(again); before == 0 || after != before {
		t.Errorf("%d changes wait, and after the power came back %d", before, after)
	}
	for _, lib := range must[model.Network](t)(again.Network(ctx)).Libraries {
		for _, r := range lib.Replicas {
			if !r.Self && r.Green {
				t.Errorf("%s is said to have everything", r.Name)
			}
		}
	}
}

// Where nobody has said who works at a laptop, what is done is the only member's, and of several nobody's.
func TestNobodyIsNamedForAnother(t *testing.T) {
	ctx, c := t.Context(), newClock()
	l, _, _ := found(t, c, "Skardu", "PK-SKD")
	first := must[[]model.Staff](t)(l.Staff(ctx))
	if who := l.StaffNow(); len(first) != 1 || who != first[0].ID {
		t.Errorf("%v is named, of %+v", who, first)
	}
	second := must[model.Staff](t)(l.SaveStaff(ctx, model.StaffForm{Names: model.Names{Roman: "Zainab"}, Role: model.RoleDesk}))
	if who := l.StaffNow(); !who.IsZero() {
		t.Errorf("two work here, and %v is named", who)
	}
	s := l.Settings()
	s.Staff = second.ID
	if err := l.SaveSettings(s); err != nil {
		t.Fatal(err)
	}
	if who := l.StaffNow(); who != second.ID {
		t.Errorf("%v is named, want the one who said so", who)
	}
}

// The file of keys is lost, and somebody starts or restores in the same folder: what
// was there is set aside, whole, and can be opened when the keys are found.
func TestKeysLost(t *testing.T) {
	ctx := t.Context()
	for name, again := range map[string]func(dir, sheet, stick string, o library.Options) error{
		"restore": func(dir, sheet, stick string, o library.Options) error {
			return library.Restore(ctx, dir, sheet, library.From{Stick: stick}, o, nil)
		},
		"init": func(dir, _, _ string, o library.Options) error {
			_, err := library.Init(ctx, dir, library.Founding{Names: model.Names{Roman: "X"}, Code: "PK-X", Options: o})
			return err
		},
		"request": func(dir, _, _ string, o library.Options) error {
			_, _, err := library.Request(ctx, dir, library.Asking{Options: o})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := newClock()
			l, dir, sheet := found(t, c, "Skardu", "PK-SKD")
			stick := t.TempDir()
			must[model.Exchanged](t)(l.Stick(ctx, stick, nil))
			addReader(t, l, "Ayeshaquetzal Khan", "R-1")
			if err := l.Close(); err != nil {
				t.Fatal(err)
			}
			lost := filepath.Join(t.TempDir(), "keys")
			if err := os.Rename(filepath.Join(dir, "keys"), lost); err != nil {
				t.Fatal(err)
			}
			var told string
			o := options(c)
			o.Tell = func(s string) { told = s }
			if err := again(dir, sheet, stick, o); err != nil {
				t.Fatal(err)
			}
			aside, err := filepath.Glob(filepath.Join(dir, "set-aside-*"))
			if err != nil || len(aside) != 1 || !strings.Contains(told, aside[0]) {
				t.Fatalf("%v %v, told %q", aside, err, told)
			}
			if err := os.Rename(lost, filepath.Join(aside[0], "keys")); err != nil {
				t.Fatal(err)
			}
			back := open(t, aside[0], c)
			if got := must[[]model.PatronView](t)(back.FindPatrons(ctx, "ayesha", 0)); len(got) != 1 {
				t.Errorf("%d readers are set aside, want 1", len(got))
			}
		})
	}
}

// The power goes between any two steps of Join: it can be done again, and then the
// laptop is whole.
func TestJoinInterrupted(t *testing.T) {
	ctx, c := t.Context(), newClock()
	for _, lost := range [][]string{{"keys"}, {"keys", "replica"}, {"keys", "roster"}, {"request"}} {
		skardu, _, _ := found(t, c, "Skardu", "PK-SKD")
		dir, before := t.TempDir(), t.TempDir()
		text, _, err := library.Request(ctx, dir, library.Asking{Names: model.Names{Roman: "Gilgit"}, Code: "PK-GLT", Options: options(c)})
		if err != nil {
			t.Fatal(err)
		}
		admission := must[model.Admission](t)(skardu.Admit(ctx, text)).Text
		if err := os.CopyFS(before, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		if err := library.Join(ctx, dir, admission, options(c)); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(filepath.Join(dir, "joined"), filepath.Join(dir, "request")); err != nil {
			t.Fatal(err)
		}
		for _, name := range lost { // as it was before Join got to that
			if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
			old, err := os.ReadFile(filepath.Join(before, name))
			if err != nil {
				continue // not there yet
			}
			if err := os.WriteFile(filepath.Join(dir, name), old, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := library.Join(ctx, dir, admission, options(c)); err != nil {
			t.Fatalf("%v: %v", lost, err)
		}
		l := open(t, dir, c)
		must[model.Exchanged](t)(l.Exchange(ctx, serve(t, skardu), nil))
		agree(t, l, skardu)
		if n := len(must[model.Network](t)(skardu.Network(ctx)).Libraries); n != 2 {
			t.Errorf("%d libraries", n)
		}
	}
}
