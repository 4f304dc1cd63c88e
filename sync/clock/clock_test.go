package clock

import (
	"bytes"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func TestStampTime(t *testing.T) {
	for _, c := range []struct {
		name string
		at   time.Time
		want Stamp
	}{
		{"1970", time.Unix(0, 0), 0},
		{"before", time.Date(1950, 1, 1, 0, 0, 0, 0, time.UTC), 0},
		{"a millisecond", time.UnixMilli(1), 1 << 16},
		{"far", time.Date(200000, 1, 1, 0, 0, 0, 0, time.UTC), (1<<48 - 1) << 16},
	} {
		if got := At(c.at); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
	if got := At(noon).Time(); !got.Equal(noon) {
		t.Error(got)
	}
}

// However the wall clock jumps, stamps rise, and follow what was observed.
func TestHybridRises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := noon
		h := NewHybrid(func() time.Time { return now }, Stamp(rapid.Uint64().Draw(t, "last")))
		var last Stamp
		for range rapid.IntRange(1, 50).Draw(t, "steps") {
			now = noon.Add(time.Duration(rapid.Int64Range(-1e18, 1e18).Draw(t, "jump")))
			if rapid.Bool().Draw(t, "observe") {
				seen := At(now.Add(time.Duration(rapid.Int64Range(int64(-Limit), int64(2*Limit)).Draw(t, "ahead"))))
				if adopted := h.Observe(seen); adopted != (seen <= At(now.Add(Limit))) {
					t.Fatalf("%s ahead: adopted %v", seen.Time().Sub(now), adopted)
				} else if adopted {
					last = max(last, seen)
				}
			}
			next := h.Next()
			if next <= last || next < At(now) {
				t.Fatalf("%d after %d at %d", next, last, At(now))
			}
			last = next
		}
	})
}

func TestHybridLeavesAWrongClockBehind(t *testing.T) {
	now := func() time.Time { return noon }
	if got := NewHybrid(now, At(noon.Add(20*365*24*time.Hour))).Next(); got != At(noon) {
		t.Error("a last stamp of 2046 is continued:", got.Time())
	}
	if got := NewHybrid(now, At(noon.Add(time.Hour))).Next(); got != At(noon.Add(time.Hour))+1 {
		t.Error("a last stamp of an hour ahead is not:", got.Time())
	}
}

func drawVector(t *rapid.T, label string) (v Vector) {
	for range rapid.IntRange(0, 6).Draw(t, label) {
		v.Add(LogID{rapid.ByteRange(0, 2).Draw(t, "log")}, Head{rapid.Uint64Range(0, 3).Draw(t, "seq"), Hash{rapid.ByteRange(0, 1).Draw(t, "header")}})
	}
	return v
}

func merged(a, b Vector) Vector {
	c := a.Clone()
	c.Merge(b)
	return c
}

func TestVectorLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := drawVector(t, "a"), drawVector(t, "b"), drawVector(t, "c")
		if !merged(a, a).Equal(a) {
			t.Fatal("merging is not idempotent")
		}
		if !merged(a, b).Equal(merged(b, a)) {
			t.Fatal("merging is not commutative")
		}
		if !merged(merged(a, b), c).Equal(merged(a, merged(b, c))) {
			t.Fatal("merging is not associative")
		}
	})
}

func TestVectorEncoding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawVector(t, "a"), drawVector(t, "b")
		data, err := a.MarshalCBOR()
		if err != nil {
			t.Fatal(err)
		}
		var got Vector
		if err := got.UnmarshalCBOR(data); err != nil || !got.Equal(a) {
			t.Fatal(err, got, a)
		}
		if (a.Hash() == b.Hash()) != a.Equal(b) {
			t.Fatal("hashes do not tell vectors apart")
		}
		for n := range data {
			if new(Vector).UnmarshalCBOR(data[:n]) == nil {
				t.Fatalf("cut at %d and taken", n)
			}
		}
	})
}

func FuzzVector(f *testing.F) {
	var v Vector
	v.Add(LogID{1}, Head{300, Hash{2}})
	data, _ := v.MarshalCBOR()
	f.Add(data)
	f.Add([]byte{0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, data []byte) {
		var v Vector
		if v.UnmarshalCBOR(data) != nil {
			return
		}
		if again, _ := v.MarshalCBOR(); !bytes.Equal(again, data) {
			t.Fatal("two encodings of one vector")
		}
	})
}
