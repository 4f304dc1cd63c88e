package roster

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

func stamp(n int) clock.Stamp {
	return clock.At(time.Date(2026, 1, 1, 0, 0, n, 0, time.UTC))
}

func random(seed byte) *rand.ChaCha8 { return rand.NewChaCha8([32]byte{seed}) }

// founded starts a library whose keys are drawn from seed.
func founded(t *testing.T, seed byte, code string) (*Keyring, [][]byte) {
	t.Helper()
	r := random(seed)
	k, err := NewKeyring(r)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := k.Found(r, Library{English: "Library " + code, Urdu: "کتب خانہ", Code: code}, "desk", RoleDesk, stamp(int(seed)))
	if err != nil {
		t.Fatal(err)
	}
	return k, entries
}

func TestFound(t *testing.T) {
	k, entries := founded(t, 1, "PK-GLT")
	r := Load(k.Authority, slices.Values(entries))
	m, is := r.Member(k.Author())
	if !is || m.Library != k.Library || m.Name != "desk" {
		t.Fatalf("the founder's laptop is %+v, %v", m, is)
	}
	l, is := r.Library(k.Library)
	if !is || l.Code != "PK-GLT" || !k.IsAuthority() || r.Federation() != k.Federation() {
		t.Fatalf("the library is %+v, %v", l, is)
	}
	if got := r.Describe(k.Author()); got != "desk of Library PK-GLT" {
		t.Errorf("described as %q", got)
	}
	stranger, other := founded(t, 2, "PK-SKD")
	r = Load(k.Authority, slices.Values(append(other, entries...)))
	if _, is := r.Member(stranger.Author()); is || len(r.Libraries()) != 1 {
		t.Error("entries another authority signed were taken")
	}
}

func TestAgeKeys(t *testing.T) {
	k, entries := founded(t, 1, "PK-GLT")
	r := Load(k.Authority, slices.Values(entries))
	recovery, err := k.RecoveryIdentity()
	if err != nil {
		t.Fatal(err)
	}
	recipients := r.Recipients(change.Own(k.Library))
	if len(recipients) != 2 {
		t.Fatalf("recipients %v, want the laptop and the recovery sheet", recipients)
	}
	for _, identity := range []string{k.Identity(), recovery} {
		i, err := age.ParseX25519Identity(identity)
		if err != nil {
			t.Fatalf("age does not read our identity: %v", err)
		}
		if !slices.Contains(recipients, i.Recipient().String()) {
			t.Errorf("%s is not among %v", i.Recipient(), recipients)
		}
	}
	if got := r.Recipients(change.Catalogue); got != nil {
		t.Errorf("the catalogue has recipients %v, want none: it is public", got)
	}
}

func TestKeyringFile(t *testing.T) {
	k, _ := founded(t, 1, "PK-GLT")
	path := filepath.Join(t.TempDir(), "keys")
	if err := k.Save(path); err != nil {
		t.Fatal(err)
	}
	got, err := LoadKeyring(path)
	if err != nil {
		t.Fatal(err)
	}
	if got.Author() != k.Author() || got.Identity() != k.Identity() || !got.IsAuthority() || got.Library != k.Library {
		t.Error("the keys came back different")
	}
}

// admit goes the whole way: request, admission, join; r is the admitting roster.
func admit(t *testing.T, by *Keyring, r *Roster, asks *Keyring, request string) (*Roster, []byte) {
	t.Helper()
	q, err := ReadRequest([]byte(request))
	if err != nil {
		t.Fatal(err)
	}
	entries, err := by.Admit(r, q, stamp(100))
	if err != nil {
		t.Fatal(err)
	}
	r = r.With(entries...)
	text, err := by.Admission(r, q, nil, []string{"https://127.0.0.1:4000"}, stamp(101))
	if err != nil {
		t.Fatal(err)
	}
	a, err := ReadAdmission([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if !a.Answers(q) || !strings.Contains(text, a.Words()) {
		t.Errorf("it does not answer the request, or not show its words %q", a.Words())
	}
	moved, err := asks.Join(a, stamp(102))
	if err != nil {
		t.Fatal(err)
	}
	if asks.Authority != by.Authority {
		t.Error("who joined obeys another authority")
	}
	return r, moved
}

func TestJoining(t *testing.T) {
	founder, entries := founded(t, 1, "PK-GLT")
	r := Load(founder.Authority, slices.Values(entries))

	laptop, err := NewKeyring(random(3))
	if err != nil {
		t.Fatal(err)
	}
	request, err := laptop.AskAsLaptop("second", RoleDesk, stamp(3))
	if err != nil {
		t.Fatal(err)
	}
	r, _ = admit(t, founder, r, laptop, request)
	if laptop.Library != founder.Library || !r.Entitled(laptop.Author(), change.Own(founder.Library)) {
		t.Error("the second laptop is not its library's")
	}
	q, _ := ReadRequest([]byte(request))
	again, err := founder.Admit(r, q, stamp(200))
	if err != nil || len(r.With(again...).Members()) != 2 {
		t.Errorf("asking twice: %v", err)
	}

	rnd := random(4)
	other, err := NewKeyring(rnd)
	if err != nil {
		t.Fatal(err)
	}
	request, err = other.AskAsLibrary(rnd, Library{Urdu: "سکردو", Code: "PK-SKD"}, "desk", RoleDesk, stamp(4))
	if err != nil {
		t.Fatal(err)
	}
	r, moved := admit(t, founder, r, other, request)
	if moved != nil {
		t.Error("a library that had no federation has moved from one")
	}
	if other.Library == founder.Library || len(r.Libraries()) != 2 || len(r.Members()) != 3 {
		t.Errorf("%d libraries, %d members", len(r.Libraries()), len(r.Members()))
	}
	for _, test := range []struct {
		who   *Keyring
		scope change.Scope
		want  bool
	}{
		{founder, change.Own(founder.Library), true},
		{other, change.Own(founder.Library), false},
		{other, change.Own(other.Library), true},
		{other, change.Catalogue, true},
		{other, change.Admin, true},
		{other, change.Shared(founder.Library), false},
		{other, change.ILL(founder.Library, other.Library), true},
		{other, "nonsense", false},
	} {
		if got := r.Entitled(test.who.Author(), test.scope); got != test.want {
			t.Errorf("%s entitled to %s: %v", r.Describe(test.who.Author()), test.scope, got)
		}
	}
	// A library with a code that is taken, and somebody who is not the founder.
	rnd = random(5)
	third, _ := NewKeyring(rnd)
	request, _ = third.AskAsLibrary(rnd, Library{English: "x", Code: "pk-skd"}, "desk", RoleDesk, stamp(5))
	q, _ = ReadRequest([]byte(request))
	if _, err := founder.Admit(r, q, stamp(6)); !errors.Is(err, ErrRefused) {
		t.Errorf("a code twice: %v", err)
	}
	if _, err := other.Admit(r, q, stamp(6)); !errors.Is(err, ErrNotAuthority) {
		t.Errorf("admitted by somebody who may not: %v", err)
	}
	if _, err := laptop.SignMember(Member{}); !errors.Is(err, ErrNoLibraryKey) {
		t.Errorf("a second laptop signs as the library: %v", err)
	}
}

// A library that grew up alone joins another; its second laptop, which still
// obeys the old authority, follows when it sees the signed move.
func TestJoiningWithAll(t *testing.T) {
	founder, entries := founded(t, 1, "PK-GLT")
	federation := Load(founder.Authority, slices.Values(entries))

	alone, own := founded(t, 2, "PK-HNZ")
	aloneRoster := Load(alone.Authority, slices.Values(own))
	second, _ := NewKeyring(random(3))
	request, _ := second.AskAsLaptop("second", RoleDesk, stamp(3))
	aloneRoster, _ = admit(t, alone, aloneRoster, second, request)
	before := alone.Federation()

	request, err := alone.AskWithAll(aloneRoster, stamp(10))
	if err != nil {
		t.Fatal(err)
	}
	federation, moved := admit(t, founder, federation, alone, request)
	if moved == nil {
		t.Fatal("no move was signed")
	}
	if len(federation.Members()) != 3 {
		t.Fatalf("%d members, want both laptops to come along", len(federation.Members()))
	}
	follows := aloneRoster.With(append(federation.Entries(), moved)...)
	if follows.Federation() != founder.Federation() || len(follows.Members()) != 3 {
		t.Error("the second laptop did not follow the move")
	}
	if !follows.Was(before) || follows.Was([16]byte{1}) {
		t.Error("the old federation's name is not known as a former one")
	}
	proof := federation.With(moved).Proof(alone.Author())
	if _, is := aloneRoster.With(proof...).Member(alone.Author()); !is {
		t.Error("the proof does not convince a laptop that has not heard of the move")
	}
}

func TestRevoked(t *testing.T) {
	founder, entries := founded(t, 1, "PK-GLT")
	r := Load(founder.Authority, slices.Values(entries))
	thief, _ := NewKeyring(random(3))
	request, _ := thief.AskAsLaptop("second", RoleDesk, stamp(3))
	r, _ = admit(t, founder, r, thief, request)

	log := change.LogID(thief.Author(), [16]byte{7}, change.Catalogue)
	raw, err := founder.Revoke(thief.Author(), stamp(300), Cut{Nonce: [16]byte{7}, Scope: change.Catalogue, Seq: 30, Header: clock.Hash{8}})
	if err != nil {
		t.Fatal(err)
	}
	r = r.With(raw)
	if _, is := r.Member(thief.Author()); is || r.Entitled(thief.Author(), change.Admin) || !r.Revoked(thief.Author()) {
		t.Error("a revoked laptop is still a member")
	}
	for _, test := range []struct {
		log   clock.LogID
		first uint64
		want  error
	}{{log, 29, nil}, {log, 31, change.ErrCut}, {clock.LogID{9}, 1, change.ErrCut}} {
		seg := &change.Segment{Header: change.Header{Log: test.log, First: test.first, Count: 2}}
		if err := r.Welcome(seg, thief.Author(), change.Catalogue); !errors.Is(err, test.want) {
			t.Errorf("log %x from %d: %v, want %v", test.log[:1], test.first, err, test.want)
		}
	}
	if cuts, cut := r.Cut(thief.Author(), log); !cut || len(cuts) != 1 || len(cuts[0]) != 1 || cuts[0][0].Seq != 30 {
		t.Errorf("cut at %v, %v", cuts, cut)
	}
	if cuts, cut := r.Cut(thief.Author(), clock.LogID{9}); !cut || len(cuts) != 0 {
		t.Errorf("a log that is not named is cut at %v, %v", cuts, cut)
	}
	// Another library's revocation of him counts for nothing.
	stranger, _ := founded(t, 9, "PK-XXX")
	other, err := stranger.Revoke(founder.Author(), stamp(301))
	if err != nil {
		t.Fatal(err)
	}
	if r.With(other).Revoked(founder.Author()) {
		t.Error("a stranger revoked the founder")
	}
	// Nobody comes back by asking again with the same key.
	q, _ := ReadRequest([]byte(request))
	if _, err := founder.Admit(r, q, stamp(302)); !errors.Is(err, ErrRefused) {
		t.Errorf("a revoked key was admitted: %v", err)
	}
}

// A library that signs an entry for another's laptop takes nothing from it.
func TestClaimed(t *testing.T) {
	founder, entries := founded(t, 1, "PK-GLT")
	r := Load(founder.Authority, slices.Values(entries))
	rnd := random(4)
	other, _ := NewKeyring(rnd)
	request, _ := other.AskAsLibrary(rnd, Library{English: "Skardu", Code: "PK-SKD"}, "desk", RoleDesk, stamp(4))
	r, _ = admit(t, founder, r, other, request)
	for _, n := range []int{0, 900} { // as if before, as if after
		claim, err := other.SignMember(Member{Author: founder.Author(), Name: "mine", Stamp: stamp(n)})
		if err != nil {
			t.Fatal(err)
		}
		end, err := other.Revoke(founder.Author(), stamp(n+1), Cut{Scope: change.Catalogue})
		if err != nil {
			t.Fatal(err)
		}
		for _, claimed := range []*Roster{r.With(claim), r.With(claim, end), r.With(end)} {
			if !claimed.Entitled(founder.Author(), change.Own(founder.Library)) || claimed.Revoked(founder.Author()) {
				t.Error("the founder's laptop has lost its library")
			}
			if _, cut := claimed.Cut(founder.Author(), change.LogID(founder.Author(), [16]byte{}, change.Catalogue)); cut {
				t.Error("the founder's log was cut by another library")
			}
			item := &change.Write{Key: change.Key{Kind: 4, Owner: founder.Library}}
			if err := claimed.May(founder.Author(), change.Catalogue, item); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestMay(t *testing.T) {
	founder, entries := founded(t, 1, "PK-GLT")
	r := Load(founder.Authority, slices.Values(entries))
	rnd := random(4)
	other, _ := NewKeyring(rnd)
	request, _ := other.AskAsLibrary(rnd, Library{English: "Skardu", Code: "PK-SKD"}, "desk", RoleDesk, stamp(4))
	r, _ = admit(t, founder, r, other, request)
	entry := func(raw []byte) *change.Write {
		w, err := Write(raw)
		if err != nil {
			t.Fatal(err)
		}
		return &w
	}
	misplaced := entry(entries[0])
	misplaced.Key.ID[0] ^= 1
	stranger, strange := founded(t, 9, "PK-XXX")
	const biblio, item, patron, unknown = 3, 4, 5, 4000
	for _, test := range []struct {
		name  string
		who   change.Author
		scope change.Scope
		write *change.Write
		want  error
	}{
		{"an entry, whoever carries it", other.Author(), change.Admin, entry(entries[0]), nil},
		{"an entry in the wrong place", founder.Author(), change.Admin, misplaced, ErrEntry},
		{"an entry signed by a stranger", founder.Author(), change.Admin, entry(strange[0]), ErrEntry},
		{"a biblio", other.Author(), change.Catalogue, &change.Write{Key: change.Key{Kind: biblio}}, nil},
		{"a biblio by a stranger", stranger.Author(), change.Catalogue, &change.Write{Key: change.Key{Kind: biblio}}, change.ErrUnknownAuthor},
		{"its own copy", other.Author(), change.Catalogue, &change.Write{Key: change.Key{Kind: item, Owner: other.Library}}, nil},
		{"another's copy", other.Author(), change.Catalogue, &change.Write{Key: change.Key{Kind: item, Owner: founder.Library}}, change.ErrRefused},
		{"a reader", other.Author(), change.Own(other.Library), &change.Write{Key: change.Key{Kind: patron, Owner: other.Library}}, nil},
		{"a reader in the catalogue", other.Author(), change.Catalogue, &change.Write{Key: change.Key{Kind: patron, Owner: other.Library}}, change.ErrRefused},
		{"another's reader", other.Author(), change.Own(founder.Library), &change.Write{Key: change.Key{Kind: patron, Owner: founder.Library}}, change.ErrScope},
		{"a newer version's kind", other.Author(), change.Catalogue, &change.Write{Key: change.Key{Kind: unknown}}, nil},
		{"a newer version's kind elsewhere", other.Author(), change.Own(founder.Library), &change.Write{Key: change.Key{Kind: unknown}}, change.ErrScope},
		{"another library's place", other.Author(), change.Admin, &change.Write{Key: change.Key{Kind: KindLibrary, ID: founder.Library}, Group: "place"}, change.ErrRefused},
		{"its own place", other.Author(), change.Admin, &change.Write{Key: change.Key{Kind: KindLibrary, ID: other.Library}, Group: "place"}, nil},
	} {
		if err := r.May(test.who, test.scope, test.write); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
	}
	if bytes.Equal(r.Standing(other.Author(), change.Catalogue), r.Standing(stranger.Author(), change.Catalogue)) {
		t.Error("a member and a stranger stand alike")
	}
}

// A restored laptop's first admin segment introduces it.
func TestIntroduction(t *testing.T) {
	founder, entries := founded(t, 1, "PK-GLT")
	r := Load(founder.Authority, slices.Values(entries))
	sheet, err := founder.Sheet(Library{English: "Gilgit", Code: "PK-GLT"})
	if err != nil {
		t.Fatal(err)
	}
	restored, _ := NewKeyring(random(8))
	sheet.Restore(restored)
	own, err := restored.SignSelf("new desk", RoleDesk, stamp(500))
	if err != nil {
		t.Fatal(err)
	}
	w, err := Write(own)
	if err != nil {
		t.Fatal(err)
	}
	seg := &change.Segment{Sets: []change.Set{{Writes: []change.Write{w}}}}
	if err := r.Welcome(seg, restored.Author(), change.Admin); err != nil {
		t.Errorf("a restored laptop is not let in: %v", err)
	}
	if err := r.Welcome(seg, restored.Author(), change.Catalogue); !errors.Is(err, change.ErrUnknownAuthor) {
		t.Errorf("introduced outside admin: %v", err)
	}
	stranger, _ := NewKeyring(random(9))
	if err := r.Welcome(seg, stranger.Author(), change.Admin); !errors.Is(err, change.ErrUnknownAuthor) {
		t.Errorf("somebody came in with another's entry: %v", err)
	}
}
