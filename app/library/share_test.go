package library_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ishtirak/app/library"
	"ishtirak/model"
)

// join has a new laptop admitted by l: of l's library, or of one of its own.
func join(t testing.TB, l *library.Library, c *clock, a library.Asking) (*library.Library, string) {
	t.Helper()
	dir := t.TempDir()
	a.Options = options(c)
	text, words, err := library.Request(t.Context(), dir, a)
	if err != nil {
		t.Fatal(err)
	}
	if again, _, err := library.Request(t.Context(), dir, a); err != nil || again != text {
		t.Errorf("asking twice gives another request (%v)", err)
	}
	admission := must[model.Admission](t)(l.Admit(t.Context(), text))
	if asks := must[model.JoinRequest](t)(l.ReadRequest(text)); !slices.Equal(asks.Words, words) {
		t.Errorf("words %v on one screen, %v on the other", words, asks.Words)
	}
	if words := must[[]string](t)(library.AdmissionWords(admission.Text)); len(words) != 3 || !slices.Equal(admission.For.Words, words) {
		t.Errorf("the admission's words are %v on one screen, %v on the other", words, admission.For.Words)
	}
	if err := library.Join(t.Context(), dir, admission.Text, options(c)); err != nil {
		t.Fatal(err)
	}
	return open(t, dir, c), dir
}

// serve has l answer on loopback until the test ends.
func serve(t testing.TB, l *library.Library) (address string) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	at, done := make(chan string, 1), make(chan error, 1)
	go func() { done <- l.Serve(ctx, "127.0.0.1:0", func(a string) { at <- a }) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	select {
	case address = <-at:
	case err := <-done:
		t.Fatal(err)
	}
	return address
}

func digests(t testing.TB, l *library.Library) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, d := range must[[]model.ScopeDigest](t)(l.Digest(t.Context())) {
		out[d.Scope] = d.Digest
	}
	return out
}

// agree checks that two libraries have the same digest of every scope both hold.
func agree(t testing.TB, a, b *library.Library) {
	t.Helper()
	x, y := digests(t, a), digests(t, b)
	shared := 0
	for scope, d := range x {
		if other, ok := y[scope]; ok {
			shared++
			if other != d {
				t.Errorf("%s: %s here, %s there", scope, d, other)
			}
		}
	}
	if shared < 2 {
		t.Errorf("they share only %d scopes: %v, %v", shared, x, y)
	}
}

// inFiles reports whether some file under dir holds the text.
func inFiles(t testing.TB, dir, text string) bool {
	t.Helper()
	found := false
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		contents, err := os.ReadFile(path)
		found = found || bytes.Contains(contents, []byte(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestTwoLaptopsAndASecondLibrary(t *testing.T) {
	ctx := t.Context()
	c := newClock()
	skardu, skarduDir, _ := found(t, c, "Skardu Public Library", "PK-SKD")
	must[model.ImportReport](t)(skardu.Import(ctx, write(t, "register.csv", register), "", nil))
	ayesha := addReader(t, skardu, "Ayeshaquetzal Khan", "R-1")

	second, _ := join(t, skardu, c, library.Asking{Laptop: "Laptop 2"})
	address := serve(t, skardu)
	r := must[model.Exchanged](t)(second.Exchange(ctx, address, nil))
	if r.Received == 0 {
		t.Errorf("the second laptop received nothing: %+v", r)
	}
	agree(t, skardu, second)
	gilgit, gilgitDir := join(t, skardu, c, library.Asking{Names: model.Names{Roman: "Gilgit Municipal Library"}, Code: "PK-GLT", Laptop: "Desk"})
	must[model.Exchanged](t)(gilgit.Exchange(ctx, address, nil))
	must[model.Exchanged](t)(second.Exchange(ctx, address, nil)) // hears of Gilgit
	agree(t, skardu, gilgit)

	// Apart: each lends, and all edit one record.
	book := copyOf(t, skardu, "B101")
	bilal := addReader(t, second, "Bilal Hussain", "R-2")
	must[model.Outcome](t)(skardu.Lend(ctx, ayesha.Patron.ID, book.Item.ID, model.Override{}))
	c.at = c.at.Add(time.Hour)
	must[model.Outcome](t)(second.Lend(ctx, bilal.Patron.ID, book.Item.ID, model.Override{}))
	for i, l := range []*library.Library{skardu, second, gilgit} {
		form := must[model.Title](t)(l.Title(ctx, book.Title.ID)).Form
		form.Publisher.Text = []string{"Maktaba Jadeed", "Sang-e-Meel", "Urdu Markaz"}[i]
		must[model.Title](t)(l.SaveBiblio(ctx, form))
	}
	addReader(t, gilgit, "Zahrazaffre Bano", "G-1")

	// They meet, twice round so that all has come to everybody.
	for range 2 {
		for _, l := range []*library.Library{second, gilgit} {
			must[model.Exchanged](t)(l.Exchange(ctx, address, nil))
		}
	}
	for _, l := range []*library.Library{second, gilgit} {
		agree(t, skardu, l)
	}
	own := map[*library.Library]int{skardu: 2, second: 2, gilgit: 1} // fields, and the copy lent twice
	for l, want := range own {
		list := must[[]model.Conflict](t)(l.Conflicts(ctx))
		if len(list) != want || len(list[0].Versions) != 3 {
			t.Fatalf("%s sorts out %+v", l.Self().Code, list)
		}
	}
	if got := copyOf(t, skardu, "B101"); got.Reader.ID != bilal.Patron.ID {
		t.Errorf("the later loan is not the current one: %+v", got.Reader)
	}
	seen := must[model.Title](t)(gilgit.Title(ctx, book.Title.ID))
	if len(seen.Copies) != 1 || seen.Copies[0].Status != model.StatusOnLoan || seen.Copies[0].Library.Code != "PK-SKD" {
		t.Errorf("Gilgit sees the copy as %+v", seen.Copies)
	}

	// One person decides, and it is decided everywhere.
	list := must[[]model.Conflict](t)(skardu.Conflicts(ctx))
	for _, conflict := range list {
		if _, err := skardu.Resolve(ctx, conflict.ID, 1); err != nil {
			t.Fatal(err)
		}
	}
	for _, l := range []*library.Library{second, gilgit} {
		must[model.Exchanged](t)(l.Exchange(ctx, address, nil))
		agree(t, skardu, l)
		if list := must[[]model.Conflict](t)(l.Conflicts(ctx)); len(list) != 0 {
			t.Errorf("%s still sorts out %+v", l.Self().Code, list)
		}
	}
	network := must[model.Network](t)(second.Network(ctx))
	if len(network.Libraries) != 2 || network.Waiting != 0 || network.LastExchange.IsZero() {
		t.Errorf("the network: %+v", network)
	}

	// What a library keeps to itself is on no other's disk. While the stores are open
	// all of it is in their write-ahead logs, in the clear.
	for _, name := range []string{"Ayeshaquetzal", string(ayesha.Patron.ID[:])} {
		if inFiles(t, gilgitDir, name) {
			t.Errorf("%q is on Gilgit's disk", name)
		}
		if !inFiles(t, skarduDir, name) {
			t.Errorf("%q is not found where it is: the search proves nothing", name)
		}
	}
	if inFiles(t, skarduDir, "Zahrazaffre") {
		t.Error("Gilgit's reader is on Skardu's disk")
	}
	for scope := range digests(t, gilgit) {
		if strings.HasPrefix(scope, "own/") && scope != "own/"+gilgit.Self().ID.String() {
			t.Errorf("Gilgit holds %s", scope)
		}
	}
}

func TestRestore(t *testing.T) {
	for _, way := range []string{"stick", "peer"} {
		t.Run(way, func(t *testing.T) {
			ctx, c := t.Context(), newClock()
			l, _, sheet := found(t, c, "Skardu", "PK-SKD")
			must[model.ImportReport](t)(l.Import(ctx, write(t, "register.csv", register), "", nil))
			reader := addReader(t, l, "Ayesha Khan", "R-1")
			book := copyOf(t, l, "B102")
			must[model.Outcome](t)(l.Lend(ctx, reader.Patron.ID, book.Item.ID, model.Override{}))
			from := library.From{Stick: t.TempDir()}
			if way == "stick" {
				must[model.Exchanged](t)(l.Stick(ctx, from.Stick, nil))
			} else {
				from = library.From{URL: serve(t, l)}
			}
			dir := t.TempDir()
			if err := library.Restore(ctx, dir, sheet, from, options(c), nil); err != nil {
				t.Fatal(err)
			}
			again := open(t, dir, c)
			if got := must[[]model.LoanView](t)(again.Loans(ctx, library.LoanQuery{})); len(got) != 1 || got[0].Reader.Card != "R-1" {
				t.Errorf("loans after restoring: %+v", got)
			}
			if way == "stick" {
				must[model.Exchanged](t)(again.Stick(ctx, from.Stick, nil))
				must[model.Exchanged](t)(l.Stick(ctx, from.Stick, nil))
			}
			agree(t, l, again)
			must[model.Outcome](t)(again.Return(ctx, book.Item.ID))
			third, _ := join(t, again, c, library.Asking{}) // the sheet's key admits again
			if third.Self().Code != "PK-SKD" {
				t.Errorf("the third laptop is of %+v", third.Self())
			}
		})
	}
	empty := t.TempDir()
	_, _, sheet := found(t, newClock(), "Hunza", "PK-HNZ")
	if err := library.Restore(t.Context(), t.TempDir(), sheet, library.From{Stick: empty}, options(newClock()), nil); !errors.Is(err, library.ErrNothing) {
		t.Errorf("restoring from an empty stick: %v", err)
	}
}

// A stick that turns up after the library was restored from another, with acts that only
// the lost laptop had, is read like the first.
func TestRestoreThenAnotherStick(t *testing.T) {
	ctx, c := t.Context(), newClock()
	lost, _, sheet := found(t, c, "Skardu", "PK-SKD")
	must[model.ImportReport](t)(lost.Import(ctx, write(t, "register.csv", register), "", nil))
	first, second := t.TempDir(), t.TempDir()
	must[model.Exchanged](t)(lost.Stick(ctx, first, nil))
	reader := addReader(t, lost, "Ayesha Khan", "R-1")
	must[model.Outcome](t)(lost.Lend(ctx, reader.Patron.ID, copyOf(t, lost, "B102").Item.ID, model.Override{}))
	must[model.Exchanged](t)(lost.Stick(ctx, second, nil))

	dir := t.TempDir()
	if err := library.Restore(ctx, dir, sheet, library.From{Stick: first}, options(c), nil); err != nil {
		t.Fatal(err)
	}
	again := open(t, dir, c)
	if x := must[model.Exchanged](t)(again.Stick(ctx, second, nil)); len(x.Refused) > 0 {
		t.Errorf("not taken: %v", x.Refused)
	}
	if got := must[[]model.LoanView](t)(again.Loans(ctx, library.LoanQuery{})); len(got) != 1 || got[0].Reader.Card != "R-1" {
		t.Errorf("loans after another stick: %+v", got)
	}
	must[model.Exchanged](t)(lost.Stick(ctx, second, nil))
	agree(t, lost, again)
}

// A stick that has heard of the library, from another one, and has nothing of what is its
// own, brings it back without its readers: that is told.
func TestRestoreWithoutItsOwn(t *testing.T) {
	ctx, c := t.Context(), newClock()
	lost, _, sheet := found(t, c, "Skardu", "PK-SKD")
	far, _ := join(t, lost, c, library.Asking{Names: model.Names{Roman: "Gilgit"}, Code: "PK-GLT"})
	theirs, ours := t.TempDir(), t.TempDir()
	must[model.Exchanged](t)(far.Stick(ctx, theirs, nil))
	must[model.Exchanged](t)(lost.Stick(ctx, ours, nil))
	for stick, want := range map[string]bool{theirs: true, ours: false} {
		told, bare := "", false
		o := options(c)
		o.Tell, o.Bare = func(said string) { told += said }, func() { bare = true }
		if err := library.Restore(ctx, t.TempDir(), sheet, library.From{Stick: stick}, o, nil); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(told, "readers") != want || bare != want {
			t.Errorf("told %q, and the window: %v", told, bare)
		}
	}
}

func TestByStick(t *testing.T) {
	ctx, c := t.Context(), newClock()
	dir := t.TempDir()
	skardu, _, _ := found(t, c, "Skardu", "PK-SKD")
	must[model.ImportReport](t)(skardu.Import(ctx, write(t, "register.csv", register), "", nil))
	addReader(t, skardu, "Ayeshaquetzal Khan", "R-1")
	second, _ := join(t, skardu, c, library.Asking{})
	gilgit, gilgitDir := join(t, skardu, c, library.Asking{Names: model.Names{Roman: "Gilgit"}, Code: "PK-GLT"})
	for range 2 {
		for _, l := range []*library.Library{skardu, second, gilgit} {
			must[model.Exchanged](t)(l.Stick(ctx, dir, nil))
		}
	}
	agree(t, skardu, second)
	agree(t, skardu, gilgit)
	if got := must[[]model.PatronView](t)(second.FindPatrons(ctx, "ayesha", 0)); len(got) != 1 {
		t.Errorf("the second laptop finds %d readers", len(got))
	}
	if inFiles(t, dir, "Ayeshaquetzal") || inFiles(t, gilgitDir, "Ayeshaquetzal") {
		t.Error("a reader of Skardu is on the stick in the clear, or on Gilgit's disk")
	}
	if r := must[model.Exchanged](t)(skardu.Stick(ctx, dir, nil)); r.Sent != 0 || r.Received != 0 {
		t.Errorf("with nothing to do, the stick takes %+v", r)
	}
}

func TestALibraryThatStartedAloneJoins(t *testing.T) {
	ctx, c := t.Context(), newClock()
	skardu, _, _ := found(t, c, "Skardu", "PK-SKD")
	hunza, dir, _ := found(t, c, "Hunza", "PK-HNZ")
	must[model.ImportReport](t)(hunza.Import(ctx, write(t, "register.csv", register), "", nil))
	reader := addReader(t, hunza, "Ayesha Khan", "R-1")
	must[model.Outcome](t)(hunza.Lend(ctx, reader.Patron.ID, copyOf(t, hunza, "B101").Item.ID, model.Override{}))
	if err := hunza.Close(); err != nil {
		t.Fatal(err)
	}
	text, _, err := library.Request(ctx, dir, library.Asking{Options: options(c)})
	if err != nil {
		t.Fatal(err)
	}
	c.at = c.at.Add(time.Minute)
	admission := must[model.Admission](t)(skardu.Admit(ctx, text))
	if admission.For.Library.Code != "PK-HNZ" {
		t.Errorf("asks as %+v", admission.For)
	}
	if err := library.Join(ctx, dir, admission.Text, options(c)); err != nil {
		t.Fatal(err)
	}
	hunza = open(t, dir, c)
	must[model.Exchanged](t)(hunza.Exchange(ctx, serve(t, skardu), nil))
	agree(t, skardu, hunza)
	hits := must[model.Hits](t)(skardu.Find(ctx, model.Query{Text: "aag"}))
	if hits.Total == 0 || hits.Hits[0].Summary.Copies != 1 {
		t.Errorf("Skardu finds of Hunza's books %+v", hits)
	}
	if loans := must[[]model.LoanView](t)(hunza.Loans(ctx, library.LoanQuery{})); len(loans) != 1 {
		t.Errorf("Hunza's loans after joining: %+v", loans)
	}
	must[model.Outcome](t)(hunza.Return(ctx, copyOf(t, hunza, "B101").Item.ID))
}
