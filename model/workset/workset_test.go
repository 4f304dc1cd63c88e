package workset_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"ishtirak/model"
	"ishtirak/model/workset"
)

func id(b byte) model.ID { return model.ID{15: b} }

func open(t testing.TB) *workset.Set {
	t.Helper()
	s, err := workset.New(id(1))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func apply(t testing.TB, s *workset.Set, b workset.Batch) {
	t.Helper()
	if err := s.Apply(b); err != nil {
		t.Fatal(err)
	}
}

func item(n byte, library byte, barcode, accession string) model.Item {
	return model.Item{ID: id(n), Library: id(library),
		Identity: model.ItemIdentity{Biblio: id(9), Barcode: barcode, Accession: accession}}
}

func TestNumbers(t *testing.T) {
	s := open(t)
	apply(t, s, workset.Batch{Items: []model.Item{item(20, 1, "b-1", "77"), item(21, 1, "b-2", "77"), item(22, 2, "b-1", "")}})
	v := s.View()
	for code, want := range map[string][]model.ID{
		"B-1": {id(20)}, "77": {id(20), id(21)}, "B-3": nil,
	} {
		if got := v.Numbered(code); !slices.Equal(got, want) {
			t.Errorf("Numbered(%q) = %v, want %v", code, got, want)
		}
	}
	if got := v.Copies(id(9)); len(got) != 3 {
		t.Errorf("Copies = %v, want the three of both libraries", got)
	}
	gone := item(21, 1, "b-2", "77")
	gone.Gone = true
	apply(t, s, workset.Batch{Items: []model.Item{item(20, 1, "b-9", "77"), gone}})
	v = s.View()
	if got := v.Numbered("B-1"); len(got) != 0 {
		t.Errorf("the old number still finds %v", got)
	}
	if got := v.Numbered("77"); !slices.Equal(got, []model.ID{id(20)}) {
		t.Errorf("Numbered(77) = %v after one copy went", got)
	}
	if got := v.Counts().Items; got != 1 {
		t.Errorf("Items = %d, want 1 of this library", got)
	}
}

func TestLoansFollowTheLedger(t *testing.T) {
	s := open(t)
	at := func(h int) model.Stamp { return model.StampAt(time.Unix(int64(h)*3600, 0)) }
	out := func(n, patron byte, h int) model.Loan {
		return model.Loan{ID: id(n), Item: id(50), Patron: id(patron), Out: at(h), LastAt: at(h), Due: time.Unix(int64(h+300)*3600, 0)}
	}
	apply(t, s, workset.Batch{Loans: []model.Loan{out(60, 7, 1)}})
	if got := s.View().LoansOf(id(7)); len(got) != 1 {
		t.Fatalf("LoansOf = %v", got)
	}
	apply(t, s, workset.Batch{Loans: []model.Loan{out(61, 8, 5)}})
	v := s.View()
	if l := v.LoanOf(id(50)); l == nil || l.Patron != id(8) {
		t.Errorf("the later loan is not the current one: %v", l)
	}
	if got := v.LoansOf(id(7)); len(got) != 0 {
		t.Errorf("the earlier loan is still open: %v", got)
	}
	if got := v.Twice(); len(got) != 1 || got[0].Earlier.ID != id(60) {
		t.Errorf("Twice = %v", got)
	}
	if got := v.Counts().Loans; got != 1 {
		t.Errorf("Counts.Loans = %d, want 1", got)
	}
	back := out(61, 8, 5)
	back.Closed = at(9)
	apply(t, s, workset.Batch{Loans: []model.Loan{back}})
	v = s.View()
	if l := v.LoanOf(id(50)); l != nil {
		t.Errorf("still on loan after its return: the earlier loan came back to life: %v", l)
	}
	if got := v.Counts().Loans; got != 0 {
		t.Errorf("Counts.Loans = %d, want 0", got)
	}
}

func TestPatronsByWords(t *testing.T) {
	s := open(t)
	apply(t, s, workset.Batch{Patrons: []workset.Patron{
		{Patron: model.Patron{ID: id(1)}, Words: []string{"ayesha", "khan"}},
		{Patron: model.Patron{ID: id(2)}, Words: []string{"ayub", "khalid"}},
	}})
	for _, c := range []struct {
		words []string
		want  int
	}{{[]string{"kha"}, 2}, {[]string{"kha", "ayu"}, 1}, {[]string{"khan", "ayu"}, 0}, {nil, 2}} {
		if got := s.View().Patrons(c.words, 0); len(got) != c.want {
			t.Errorf("%v finds %d, want %d", c.words, len(got), c.want)
		}
	}
}

func TestFollow(t *testing.T) {
	s := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	shown, looked := make(chan int), make(chan int, 16)
	done := make(chan error, 1)
	go func() {
		done <- workset.Follow(ctx, s, func(v *workset.View) int {
			n := len(v.Loans(0))
			looked <- n
			return n
		}, func(n int) { shown <- n })
	}()
	expect := func(when string, from chan int, want int) {
		t.Helper()
		if n := <-from; n != want {
			t.Errorf("%s: %d, want %d", when, n, want)
		}
	}
	expect("at first it looks", looked, 0)
	expect("and shows", shown, 0)
	apply(t, s, workset.Batch{Staff: []model.Staff{{ID: id(3)}}}) // it was not asked for
	loan := model.Loan{ID: id(60), Item: id(50), Out: 1}
	apply(t, s, workset.Batch{Loans: []model.Loan{loan}})
	expect("then it looks", looked, 1)
	expect("and shows", shown, 1)
	loan.Renewals = 1
	apply(t, s, workset.Batch{Loans: []model.Loan{loan}})
	expect("it looks again", looked, 1) // and does not show: it makes no difference
	apply(t, s, workset.Batch{Loans: []model.Loan{{ID: id(61), Item: id(51), Out: 1}}})
	expect("what it shows next", shown, 2)
	cancel()
	if err := <-done; err != context.Canceled {
		t.Errorf("ends with %v", err)
	}
}
