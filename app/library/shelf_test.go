package library_test

import (
	"os"
	"path/filepath"
	"testing"

	"ishtirak/app/library"
	"ishtirak/model"
	"ishtirak/sync/change"
	"ishtirak/sync/replica"
	"ishtirak/sync/roster"
)

// hubOfAnother is Gilgit's hub, and two laptops of Skardu's library that both belong to
// Gilgit's federation and never meet each other.
func hubOfAnother(t *testing.T, c *clock) (url, hubDir string, a, b *library.Library) {
	gilgit, _, _ := found(t, c, "Gilgit", "PK-GLT")
	hub, hubDir := join(t, gilgit, c, library.Asking{Role: "hub", Laptop: "hub"})
	url = serve(t, hub)
	must[model.Exchanged](t)(gilgit.Exchange(t.Context(), url, nil))
	a, _ = join(t, gilgit, c, library.Asking{Names: model.Names{Roman: "Skardu"}, Code: "PK-SKD"})
	must[model.Exchanged](t)(gilgit.Exchange(t.Context(), url, nil)) // the hub hears who was admitted
	must[model.Exchanged](t)(a.Exchange(t.Context(), url, nil))
	b, _ = join(t, a, c, library.Asking{Laptop: "reading room"})
	must[model.Exchanged](t)(a.Exchange(t.Context(), url, nil))
	return url, hubDir, a, b
}

// Two laptops of a library meet through the hub of another: what is their own passes
// through it, and it cannot read it.
func TestAnotherLibrarysHub(t *testing.T) {
	ctx, c := t.Context(), newClock()
	url, hubDir, a, b := hubOfAnother(t, c)
	must[model.ImportReport](t)(a.Import(ctx, write(t, "register.csv", register), "", nil))
	reader := addReader(t, a, "Ayesha Khan", "R-1")
	book := copyOf(t, a, "B102")
	must[model.Outcome](t)(a.Lend(ctx, reader.Patron.ID, book.Item.ID, model.Override{}))
	sent := must[model.Exchanged](t)(a.Exchange(ctx, url, nil))
	got := must[model.Exchanged](t)(b.Exchange(ctx, url, nil))
	if sent.Sent == 0 || got.Received == 0 || len(got.Gaps) > 0 || len(got.Refused) > 0 {
		t.Errorf("sent %+v, got %+v", sent, got)
	}
	if loans := must[[]model.LoanView](t)(b.Loans(ctx, library.LoanQuery{})); len(loans) != 1 || loans[0].Reader.Card != "R-1" {
		t.Fatalf("loans on the second laptop: %+v", loans)
	}
	must[model.Outcome](t)(b.Return(ctx, copyOf(t, b, "B102").Item.ID))
	must[model.Exchanged](t)(b.Exchange(ctx, url, nil))
	must[model.Exchanged](t)(a.Exchange(ctx, url, nil))
	if loans := must[[]model.LoanView](t)(a.Loans(ctx, library.LoanQuery{})); len(loans) != 0 {
		t.Errorf("the return did not come: %+v", loans)
	}
	agree(t, a, b)
	for _, l := range []*library.Library{b, a, b, a} { // the last words about who has what
		must[model.Exchanged](t)(l.Exchange(ctx, url, nil))
	}
	for _, l := range []*library.Library{a, b} {
		if r := must[model.Exchanged](t)(l.Exchange(ctx, url, nil)); r.RoundTrips != 1 || r.Sent+r.Received != 0 {
			t.Errorf("there was nothing to do, and yet: %+v", r)
		}
		if n := must[model.Network](t)(l.Network(ctx)); n.Waiting != 0 {
			t.Errorf("%d changes wait, though the other laptop has them", n.Waiting)
		}
	}
	if inFiles(t, hubDir, "Ayesha") || inFiles(t, hubDir, "R-1") {
		t.Error("a reader of Skardu stands on the hub of Gilgit")
	}
	if _, err := os.Stat(filepath.Join(hubDir, "carried")); err != nil {
		t.Error(err)
	}
}

// A library whose laptops are all lost is rebuilt from its sheet and the hub of another.
func TestRestoreFromAnotherLibrarysHub(t *testing.T) {
	ctx, c := t.Context(), newClock()
	url, _, a, b := hubOfAnother(t, c)
	must[model.ImportReport](t)(b.Import(ctx, write(t, "register.csv", register), "", nil))
	reader := addReader(t, b, "Ayesha Khan", "R-1")
	must[model.Outcome](t)(b.Lend(ctx, reader.Patron.ID, copyOf(t, b, "B102").Item.ID, model.Override{}))
	must[model.Exchanged](t)(b.Exchange(ctx, url, nil))
	sheet := must[string](t)(a.Sheet(ctx))
	dir := t.TempDir()
	if err := library.Restore(ctx, dir, sheet, library.From{URL: url}, options(c), nil); err != nil {
		t.Fatal(err)
	}
	again := open(t, dir, c)
	if loans := must[[]model.LoanView](t)(again.Loans(ctx, library.LoanQuery{})); len(loans) != 1 || loans[0].Reader.Card != "R-1" {
		t.Fatalf("loans after restoring: %+v", loans)
	}
	must[model.Exchanged](t)(b.Exchange(ctx, url, nil))
	must[model.Exchanged](t)(again.Exchange(ctx, url, nil))
	agree(t, b, again)
}

// A library that signs another's hub for a laptop of its own keeps it from nothing.
func TestClaimedHub(t *testing.T) {
	ctx, c := t.Context(), newClock()
	gilgit, _, _ := found(t, c, "Gilgit", "PK-GLT")
	hub, hubDir := join(t, gilgit, c, library.Asking{Role: "hub", Laptop: "hub"})
	url := serve(t, hub)
	a, dir := join(t, gilgit, c, library.Asking{Names: model.Names{Roman: "Skardu"}, Code: "PK-SKD"})
	must[model.Exchanged](t)(gilgit.Exchange(ctx, url, nil))
	keys := must[*roster.Keyring](t)(roster.LoadKeyring(filepath.Join(dir, "keys")))
	hubs := must[*roster.Keyring](t)(roster.LoadKeyring(filepath.Join(hubDir, "keys")))
	claim := must[[]byte](t)(keys.SignMember(roster.Member{Author: hubs.Author(), Name: "mine", Role: roster.RoleDesk}))
	w := must[change.Write](t)(roster.Write(claim))
	act := replica.Act{Writes: []replica.Scoped{{Scope: change.Admin, Write: w}}}
	must[replica.Receipt](t)(a.Replica().Commit(act))
	_, _ = a.Exchange(ctx, url, nil) // it has made the hub one that would have to hold what it wants carried

	b, _ := join(t, gilgit, c, library.Asking{Names: model.Names{Roman: "Hunza"}, Code: "PK-HNZ"})
	must[model.Exchanged](t)(gilgit.Exchange(ctx, url, nil))
	must[model.Exchanged](t)(b.Exchange(ctx, url, nil))
	if _, err := os.Stat(filepath.Join(hubDir, "carried", "own-"+b.Self().ID.String())); err != nil {
		t.Errorf("the hub carries nothing for others any more: %v", err)
	}
}
