package change

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"ishtirak/model/realdata"
	"ishtirak/sync/clock"
)

var update = flag.Bool("update", false, "write the segment of the present format anew")

// words lists a segment's contents for a person to compare.
func words(s *Segment) string {
	var b strings.Builder
	fmt.Fprintf(&b, "log %s from %d, %d sets, header %s\n", s.Log, s.First, s.Count, s.Hash())
	n := 0
	for _, set := range s.Sets {
		fmt.Fprintf(&b, "set %d act %s from %d at %s staff %x\n", set.Seq, set.Act, set.First, set.Stamp.Time().Format("2006-01-02 15:04:05"), set.Staff[:2])
		for _, w := range set.Writes {
			fmt.Fprintf(&b, "  %s kind %d owner %x id %x group %q seen %d salt %x value %x hash %s\n",
				s.IDs[n], w.Kind, w.Owner[:2], w.Key.ID, w.Group, len(w.Seen), w.Salt, w.Value, w.ValueHash)
			n++
		}
	}
	return b.String()
}

// A released format is read for ever: testdata holds a segment of each.
func TestGolden(t *testing.T) {
	if *update {
		own, cat := loans(6, author(1), rand.New(rand.NewPCG(3, 4)))
		own = append(own, cat...)
		own[2].Writes[1].Value, own[2].Writes[1].ValueHash = nil, clock.Hash{7} // a hole
		own[3].Writes = append(own[3].Writes, Write{Key: Key{Kind: 9999, ID: [16]byte{5}}, Group: "from a later version", Value: []byte("?")})
		s, err := Seal(firstHeader(1, Own([16]byte{9})), own, key(1))
		if err != nil {
			t.Fatal(err)
		}
		for name, data := range map[string][]byte{"testdata/segment-v1.bin": s.Bytes(), "testdata/segment-v1.txt": []byte(words(s))} {
			if err := os.WriteFile(name, data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	raw, err := os.ReadFile("testdata/segment-v1.bin")
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/segment-v1.txt")
	if err != nil {
		t.Fatal(err)
	}
	s, err := Decode(raw)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Verify(author(1)); err != nil {
		t.Fatal(err)
	}
	if got := words(s); got != string(want) {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// forge builds a segment around a header and body of the test's making, signed
// as it should be.
func forge(t *testing.T, h any, body []byte) []byte {
	t.Helper()
	head, err := encoding.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	sig, err := key(1).Sign(nil, signed(head), crypto.Hash(0))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := encoding.Marshal(frame{Head: head, Sig: sig, Body: body})
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestLimits(t *testing.T) {
	bomb := must(zstd.NewWriter(nil)).EncodeAll(make([]byte, 256<<20), []byte{zipped})
	var silent bytes.Buffer // a frame whose header does not tell the size
	silent.WriteByte(zipped)
	stream := must(zstd.NewWriter(&silent))
	if _, err := stream.Write(make([]byte, 32<<20)); err != nil {
		t.Fatal(err)
	}
	if err := stream.Close(); err != nil {
		t.Fatal(err)
	}
	sealed, err := Seal(firstHeader(1, Admin), []Set{{Writes: []Write{{Key: Key{Kind: 1}, Value: []byte("x")}}}}, key(1))
	if err != nil {
		t.Fatal(err)
	}
	good := sealed.Header
	if s, err := Decode(forge(t, good, sealed.body)); err != nil || s.Verify(author(1)) != nil {
		t.Fatal("what all the others differ from is wrong itself:", err)
	}
	with := func(f func(*Header)) Header { h := good; f(&h); return h }
	for _, c := range []struct {
		name string
		head any
		body []byte
		want error
	}{
		{"a bomb that tells its size", with(func(h *Header) { h.Size = 256 << 20 }), bomb, ErrTooLarge},
		{"a bomb that lies", good, bomb, ErrFormat},
		{"a bomb that does not tell its size", good, silent.Bytes(), ErrFormat},
		{"too many sets", with(func(h *Header) { h.Count, h.Writes = MaxSets+1, MaxSets+1 }), nil, ErrTooLarge},
		{"too many writes", with(func(h *Header) { h.Writes = MaxWrites + 1 }), nil, ErrTooLarge},
		{"numbers that overflow", with(func(h *Header) {
			h.First, h.Prev, h.Author, h.Nonce, h.Scope = 1<<64-1, clock.Hash{1}, Author{}, [16]byte{}, ""
		}), sealed.body, ErrFormat},
		{"another's log", with(func(h *Header) { h.Log[0] ^= 1 }), sealed.body, ErrFormat},
		{"no such scope", with(func(h *Header) { h.Scope = "everything"; h.Log = LogID(h.Author, h.Nonce, h.Scope) }), sealed.body, ErrFormat},
		{"an author in the middle of a log", with(func(h *Header) { h.First, h.Prev = 2, clock.Hash{1} }), sealed.body, ErrFormat},
		{"more sets than it holds", with(func(h *Header) { h.Count, h.Writes = 2, 2 }), sealed.body, ErrFormat},
		{"more writes than it holds", with(func(h *Header) { h.Writes = 2 }), sealed.body, ErrAltered},
		{"another root", with(func(h *Header) { h.Root[0] ^= 1 }), sealed.body, ErrAltered},
		{"another size", with(func(h *Header) { h.Size++ }), sealed.body, ErrAltered},
		{"a header without what is before it", with(func(h *Header) { h.First, h.Author, h.Nonce, h.Scope = 2, Author{}, [16]byte{}, "" }), sealed.body, ErrFormat},
		{"something before the first", with(func(h *Header) { h.Prev[0] = 1 }), sealed.body, ErrFormat},
		{"a newer reader needed", map[int]any{1: 3, 2: 2, 40: "something new"}, nil, ErrNewer},
		{"no body", good, nil, ErrFormat},
		{"another compression", good, []byte{9}, ErrNewer},
	} {
		s, err := Decode(forge(t, c.head, c.body))
		if err == nil {
			err = s.Verify(author(1))
		}
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

// A later version may add keys to the header; this one reads on.
func TestUnknownKeys(t *testing.T) {
	own, _ := loans(2, author(1), rand.New(rand.NewPCG(1, 1)))
	s, err := Seal(firstHeader(1, Admin), own, key(1))
	if err != nil {
		t.Fatal(err)
	}
	var head map[int]any
	if err := decoding.Unmarshal(s.head, &head); err != nil {
		t.Fatal(err)
	}
	head[1], head[60] = 7, "later"
	got, err := Decode(forge(t, head, s.body))
	if err != nil {
		t.Fatal(err)
	}
	if err := got.Verify(author(1)); err != nil || len(got.Sets) != 2 || got.Hash() == s.Hash() {
		t.Fatal(err)
	}
}

func TestSealRefuses(t *testing.T) {
	value := func(n int) Write { return Write{Key: Key{Kind: 1}, Value: make([]byte, n)} }
	for _, c := range []struct {
		name   string
		writes []Write
		want   error
	}{
		{"a large value alone", []Write{value(MaxValue)}, nil},
		{"a larger one", []Write{value(MaxValue + 1)}, ErrTooLarge},
		{"a large value in company", []Write{value(MaxValue), value(1)}, ErrTooLarge},
		{"nothing", nil, ErrFormat},
		{"a long group", []Write{{Group: strings.Repeat("x", MaxGroup+1), Value: []byte{}}}, ErrTooLarge},
		{"a long memory", []Write{{Seen: make([]WriteID, MaxSeen+1), Value: []byte{}}}, ErrTooLarge},
	} {
		_, err := Seal(firstHeader(1, Admin), []Set{{Writes: c.writes}}, key(1))
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	if _, err := Seal(firstHeader(2, Admin), []Set{{Writes: []Write{value(1)}}}, key(1)); !errors.Is(err, ErrSignature) {
		t.Error("sealed with another's key:", err)
	}
}

func TestScope(t *testing.T) {
	lib, other := [16]byte{1}, [16]byte{2}
	if ILL(lib, other) != ILL(other, lib) {
		t.Error("the order of parties matters")
	}
	for _, s := range []Scope{Admin, Catalogue, Own(lib), Shared(lib), ILL(lib, other)} {
		if !s.Valid() {
			t.Error(s, "is not valid")
		}
	}
	for _, s := range []Scope{"", "own", "own/", "own/xyz", "ill/" + Scope(fmt.Sprintf("%x", lib)), Own(lib) + "/", Scope(strings.ToUpper(string(Own([16]byte{0xab}))))} {
		if s.Valid() {
			t.Errorf("%q is valid", s)
		}
	}
	if got, ok := Own(lib).Library(); !ok || got != lib {
		t.Error(got, ok)
	}
}

// FuzzSegment feeds a signed header with any body, and any bytes as a whole:
// nothing may panic, take memory beyond the limits, or come out other than it
// went in.
func FuzzSegment(f *testing.F) {
	own, cat := loans(8, author(1), rand.New(rand.NewPCG(5, 6)))
	runs := [][]Set{own, cat, own[:1]}
	titles := realTitles(f)
	for run := range slices.Chunk(titles, 8) { // as an import writes them
		runs = append(runs, run, run[:1])
	}
	for _, sets := range runs {
		s, err := Seal(firstHeader(1, Catalogue), sets, key(1))
		if err != nil {
			f.Fatal(err)
		}
		body, err := unpack(s.body, s.Size)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(s.Bytes())
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if s, err := Decode(data); err == nil {
			_ = s.Verify(author(1)) // only that it returns
		}
		h := firstHeader(1, Catalogue)
		for count := uint64(1); count <= 8; count += 7 {
			h.Count = count
			sets, ids, _, err := openSets(author(1), &h, data)
			if err != nil {
				continue
			}
			again, err := encodeSets(author(1), h.Stamp, sets, ids)
			if err != nil {
				t.Fatal("read and not written:", err)
			}
			if _, other, _, err := openSets(author(1), &h, again); err != nil || !equalIDs(ids, other) {
				t.Fatal("not what it was:", err)
			}
		}
	})
}

// realTitles are acts that import a real record each.
func realTitles(f *testing.F) (sets []Set) {
	at := clock.At(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
	for i, record := range realdata.Small(f, "marc/openlibrary/*.mrc", "marc/evergreen/*.mrc", "marcxml/openlibrary/*.xml") {
		act, err := NewAct(author(1), bytes.NewReader(binary.BigEndian.AppendUint64(nil, uint64(i))))
		if err != nil {
			f.Fatal(err)
		}
		origin, err := encoding.Marshal(map[int]any{1: "iso2709", 2: "titles.mrc", 3: record})
		if err != nil {
			f.Fatal(err)
		}
		id := sha256.Sum256(record)
		w := Write{Key: Key{Kind: 3, ID: [16]byte(id[:16])}, Group: "origin", Value: origin}
		sets = append(sets, Set{Act: act, Stamp: at, Writes: []Write{w}})
	}
	return sets
}

func equalIDs(a, b []WriteID) bool {
	for i := range a {
		if i >= len(b) || !bytes.Equal(a[i][:], b[i][:]) {
			return false
		}
	}
	return len(a) == len(b)
}

// Columns end where the sets do, for the root says nothing of bytes that nobody reads.
func TestBytesThatNothingReads(t *testing.T) {
	own, _ := loans(20, author(1), rand.New(rand.NewPCG(1, 1)))
	s, err := Seal(firstHeader(1, Admin), own, key(1))
	if err != nil {
		t.Fatal(err)
	}
	plainBody, err := unpack(s.body, s.Size)
	if err != nil {
		t.Fatal(err)
	}
	for name, add := range map[string]func(*body){
		"nothing":         func(*body) {},
		"a write's flags": func(b *body) { b.WriteFlags = append(b.WriteFlags, 0) },
		"an ID":           func(b *body) { b.IDs = append(b.IDs, make([]byte, 16)...) },
		"a salt":          func(b *body) { b.Salts = append(b.Salts, 0) },
		"a value":         func(b *body) { b.Shapes[0].Data = append(b.Shapes[0].Data, 'x') },
		"a hole":          func(b *body) { b.Holes = make([]byte, 32) },
		"what values share": func(b *body) {
			at := slices.IndexFunc(b.Shapes, func(s shape) bool { return s.Fixed > 0 })
			b.Shapes[at].Same = append(b.Shapes[at].Same, 'x')
		},
	} {
		var b body
		if err := decoding.Unmarshal(plainBody, &b); err != nil {
			t.Fatal(err)
		}
		add(&b)
		more, err := encoding.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		h := s.Header
		h.Size = uint64(len(more))
		_, _, err = decodeSets(author(1), &h, more)
		if name == "nothing" != (err == nil) {
			t.Errorf("%s more: %v", name, err)
		}
	}
}
