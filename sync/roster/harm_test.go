package roster

import (
	"crypto"
	"errors"
	"slices"
	"testing"

	"ishtirak/sync/change"
)

// Anybody can make keys and sign moves from them: they are not valid, and the roster
// does not look at their signatures.
func TestMovesOfNobody(t *testing.T) {
	k, entries := founded(t, 1, "PK-GLT")
	r := Load(k.Authority, slices.Values(entries))
	chance := random(9)
	for range 20 {
		stray, err := newKey(chance)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := sign(stray, typeMove, move{From: author(stray), To: k.Authority, Library: [16]byte{9}, Stamp: stamp(1)})
		if err != nil {
			t.Fatal(err)
		}
		w, err := Write(raw)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.May(k.Author(), change.Admin, &w); err == nil {
			t.Fatal("a move from a key that is no library's is valid")
		}
		entries = append(entries, raw)
	}
	if r = Load(k.Authority, slices.Values(entries)); len(r.moves) != 0 || len(r.former) != 0 || len(r.Entries()) != 2 {
		t.Errorf("%d moves count, %d entries are valid", len(r.moves), len(r.Entries()))
	}
}

// What a kind of a later version means is not known here, whose it is is.
func TestUnknownKindOfAnother(t *testing.T) {
	k, entries := founded(t, 1, "PK-GLT")
	r := Load(k.Authority, slices.Values(entries))
	for owner, want := range map[[16]byte]bool{{}: true, k.Library: true, {9}: false} {
		w := change.Write{Key: change.Key{Kind: 4000, Owner: owner, ID: [16]byte{1}}, Group: "g"}
		if err := r.May(k.Author(), change.Catalogue, &w); (err == nil) != want {
			t.Errorf("owner %x: %v", owner[:2], err)
		}
	}
}

// Whoever saw a request can answer it: then the words are others.
func TestWordsOfAdmission(t *testing.T) {
	asks := keyring(t, 50)
	request, err := asks.AskAsLaptop("new laptop", RoleDesk, stamp(1))
	if err != nil {
		t.Fatal(err)
	}
	q, err := ReadRequest([]byte(request))
	if err != nil {
		t.Fatal(err)
	}
	words := make(map[string]bool)
	for seed := range byte(2) {
		by, entries := founded(t, seed, "PK-SKD")
		r := Load(by.Authority, slices.Values(entries))
		got, err := by.Admit(r, q, stamp(2))
		if err != nil {
			t.Fatal(err)
		}
		text, err := by.Admission(r.With(got...), q, nil, nil, stamp(3))
		if err != nil {
			t.Fatal(err)
		}
		a, err := ReadAdmission([]byte(text))
		if err != nil || !a.Answers(q) {
			t.Fatal(err)
		}
		words[a.Words()] = true
	}
	if len(words) != 2 {
		t.Errorf("two libraries' admissions have the words %v", words)
	}
}

// A library can revoke a laptop of its own as often as it likes. What each says of the
// logs of the others' revocations is nothing, and nothing is kept once.
func TestRevokedOften(t *testing.T) {
	founder, entries := founded(t, 1, "PK-GLT")
	r := Load(founder.Authority, slices.Values(entries))
	laptop := keyring(t, 2)
	request, err := laptop.AskAsLaptop("second", RoleDesk, stamp(3))
	if err != nil {
		t.Fatal(err)
	}
	r, _ = admit(t, founder, r, laptop, request)
	const often = 40
	var revocations [][]byte
	for i := range byte(often) {
		raw, err := founder.Revoke(laptop.Author(), stamp(int(i)), Cut{Nonce: [16]byte{i}, Scope: change.Catalogue, Seq: 1})
		if err != nil {
			t.Fatal(err)
		}
		revocations = append(revocations, raw)
	}
	r = r.With(revocations...)
	for i := range byte(often) {
		cuts, cut := r.Cut(laptop.Author(), change.LogID(laptop.Author(), [16]byte{i}, change.Catalogue))
		if !cut || len(cuts) != 2 || len(cuts[0]) != 0 || len(cuts[1]) != 1 {
			t.Fatalf("log %d is cut at %v, %v", i, cuts, cut)
		}
	}
}

// A library that ends a seat which it never gave keeps nobody's laptop out.
func TestEndedBeforeItBegan(t *testing.T) {
	founder, entries := founded(t, 1, "PK-GLT")
	r := Load(founder.Authority, slices.Values(entries))
	chance := random(4)
	other, err := NewKeyring(chance)
	if err != nil {
		t.Fatal(err)
	}
	request, err := other.AskAsLibrary(chance, Library{English: "Skardu", Code: "PK-SKD"}, "desk", RoleDesk, stamp(4))
	if err != nil {
		t.Fatal(err)
	}
	r, _ = admit(t, founder, r, other, request)
	laptop := keyring(t, 2)
	if request, err = laptop.AskAsLaptop("second", RoleDesk, stamp(5)); err != nil {
		t.Fatal(err)
	}
	end, err := other.Revoke(laptop.Author(), stamp(6))
	if err != nil {
		t.Fatal(err)
	}
	if r = r.With(end); r.Revoked(laptop.Author()) {
		t.Error("a laptop that nobody has admitted was taken off")
	}
	r, _ = admit(t, founder, r, laptop, request)
	if !r.Entitled(laptop.Author(), change.Own(founder.Library)) {
		t.Error("it does not belong")
	}
}

// A revocation that names the right library counts only if that library or the
// authority signed it: a stranger cannot, nor another library of the federation.
func TestRevocationForgedInALibrarysName(t *testing.T) {
	k, entries := founded(t, 1, "PK-GLT")
	r := Load(k.Authority, slices.Values(entries))
	chance := random(4)
	asks, _ := NewKeyring(chance)
	request, err := asks.AskAsLibrary(chance, Library{English: "Skardu", Code: "PK-SKD"}, "desk", RoleDesk, stamp(4))
	if err != nil {
		t.Fatal(err)
	}
	r, _ = admit(t, k, r, asks, request)
	stray, err := newKey(chance)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		key  crypto.Signer
		want bool
	}{{"a stranger", stray, false}, {"another library", asks.library, false}, {"its own", k.library, true}} {
		raw, err := sign(test.key, typeRevocation, Revocation{Author: k.Author(), Library: k.Library, Stamp: stamp(9)})
		if err != nil {
			t.Fatal(err)
		}
		w, err := Write(raw)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.With(raw).Revoked(k.Author()); got != test.want {
			t.Errorf("signed by %s: revoked is %v", test.name, got)
		}
		if err := r.May(asks.Author(), change.Admin, &w); (err == nil) != test.want {
			t.Errorf("signed by %s: %v", test.name, err)
		}
	}
}

// A move leads a whole federation elsewhere: only the key that it is from can sign it.
func TestMoveForgedInALibrarysName(t *testing.T) {
	k, entries := founded(t, 1, "PK-GLT")
	r := Load(k.Authority, slices.Values(entries))
	thief, _ := founded(t, 9, "PK-XXX")
	for _, test := range []struct {
		name string
		key  crypto.Signer
		want change.Author
	}{{"where it leads to", thief.library, k.Authority}, {"whom it is from", k.library, thief.Authority}} {
		raw, err := sign(test.key, typeMove, move{From: k.Authority, To: thief.Authority, Library: k.Library, Stamp: stamp(9)})
		if err != nil {
			t.Fatal(err)
		}
		if got := r.With(raw).Authority(); got != test.want {
			t.Errorf("signed by %s: the authority is %x", test.name, got[:4])
		}
		w, err := Write(raw)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.May(k.Author(), change.Admin, &w); (err == nil) != (test.want == thief.Authority) {
			t.Errorf("signed by %s: %v", test.name, err)
		}
	}
	honest, err := sign(k.library, typeMove, move{From: k.Authority, To: author(thief.library), Library: k.Library, Stamp: stamp(9)})
	if err != nil {
		t.Fatal(err)
	}
	forged, err := sign(thief.replica, typeMove, move{From: k.Authority, To: thief.Author(), Library: k.Library, Stamp: stamp(10)})
	if err != nil {
		t.Fatal(err)
	}
	if got := r.With(honest, forged).Authority(); got != thief.Authority {
		t.Errorf("a later, forged move took the place of the one that is signed: %x", got[:4])
	}
}

// Anybody may carry anybody's entries. Who writes an old revocation down as if it took
// the place of a new one hides nothing.
func TestOldEntryOverNew(t *testing.T) {
	founder, entries := founded(t, 1, "PK-GLT")
	r := Load(founder.Authority, slices.Values(entries))
	thief := keyring(t, 2)
	request, err := thief.AskAsLaptop("second", RoleDesk, stamp(3))
	if err != nil {
		t.Fatal(err)
	}
	r, _ = admit(t, founder, r, thief, request)
	old, err := founder.Revoke(thief.Author(), stamp(4), Cut{Nonce: [16]byte{7}, Scope: change.Catalogue, Seq: 30})
	if err != nil {
		t.Fatal(err)
	}
	w, err := Write(old)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.May(thief.Author(), change.Admin, &w); err != nil {
		t.Error(err)
	}
	w.Seen = []change.WriteID{{9}}
	if err := r.May(thief.Author(), change.Admin, &w); !errors.Is(err, ErrEntry) {
		t.Errorf("an entry over another: %v", err)
	}
}
