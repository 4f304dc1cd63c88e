package marc

import (
	"slices"
	"testing"
	"time"
)

func TestLinks(t *testing.T) {
	for _, s := range []string{"880-01", "245-01/(3/r", "245-12/$1", "245-00/(N"} {
		if l, ok := ParseLink(s); !ok || l.String() != s {
			t.Errorf("%q is read as %+v", s, l)
		}
	}
	for _, s := range []string{"", "880", "88001x", "880-", "880-ab"} {
		if l, ok := ParseLink(s); ok {
			t.Errorf("%q is read as %+v", s, l)
		}
	}
	r := book(1)
	if f := r.Linked(r.First("245")); f != &r.Fields[5] {
		t.Errorf("245 is linked to %v", f)
	}
	if f := r.Linked(r.First("880")); f != &r.Fields[2] {
		t.Errorf("880 is linked to %v", f)
	}
	if r.Linked(r.First("650")) != nil || r.NextLink() != 2 {
		t.Error("a link from nowhere")
	}
}

func TestReplace(t *testing.T) {
	r := made("001  x", "650  0 $a S", "245 00 $6 880-01$a A", "500    $a N", "245 00 $a second", "880    $6 500-02$a n", "880 00 $6 245-01$a a", "900    $a own")
	r.Replace("245", made("245 10 $6 880-01$a B", "880 10 $6 245-01$a b").Fields)
	want := fields(made("001  x", "650  0 $a S", "245 10 $6 880-01$a B", "500    $a N", "880    $6 500-02$a n", "880 10 $6 245-01$a b", "900    $a own"))
	if got := fields(r); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	r.Replace("245", nil)
	r.Replace("250", made("250    $a 1st").Fields)
	want = fields(made("001  x", "250    $a 1st", "650  0 $a S", "500    $a N", "880    $6 500-02$a n", "900    $a own"))
	if got := fields(r); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestPatch(t *testing.T) {
	for _, c := range []struct{ before, known, set, after string }{
		{"245 00 $6 880-01$a A$h [x]$b B$c C", "abc", "245 00 $a 1$c 3", "245 00 $6 880-01$a 1$h [x]$c 3"},
		{"245 00 $a A$h [x]", "ab", "245 00 $a A$b new", "245 00 $a A$b new$h [x]"},
		{"245 00 $6 880-01$9 x", "a", "245 00 $a new", "245 00 $6 880-01$a new$9 x"},
		{"500 00 $a 1$a 2$a 3", "a", "500 00 $a 1$a 3", "500 00 $a 1$a 3"},
		{"500 00 $a 1$x y", "a", "500 00", "500 00 $x y"},
	} {
		f := made(c.before).Fields[0]
		set := made(c.set).Fields[0]
		f.Patch(c.known, set.Subs)
		if got, want := fields(&Record{Fields: []Field{f}}), fields(made(c.after)); !slices.Equal(got, want) {
			t.Errorf("%q set to %q is %q, want %q", c.before, c.set, got, want)
		}
	}
}

func TestTouch(t *testing.T) {
	at := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	r := made("001  x", "008  y")
	r.Touch(at)
	r.Touch(at.Add(time.Second))
	if got, want := fields(r), fields(made("001  x", "005  20260304050608.0", "008  y")); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestCloneSharesNothing(t *testing.T) {
	r := book(1)
	c := r.Clone()
	c.Fields[2].Subs[1].Value = "changed"
	c.Fields = append(c.Fields[:1], c.Fields[2:]...)
	if !slices.Equal(fields(r), fields(book(1))) {
		t.Errorf("%q", fields(r))
	}
}
