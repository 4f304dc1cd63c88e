package library_test

import (
	"encoding/hex"
	"path/filepath"
	"testing"

	"ishtirak/app/library"
	"ishtirak/model"
	"ishtirak/sync/change"
	"ishtirak/sync/roster"
)

// A word of a date that no calendar has does not keep it from being written down how the
// others' words came.
func TestHeardFromNoDate(t *testing.T) {
	ctx, c := t.Context(), newClock()
	a, dir, _ := found(t, c, "Skardu", "PK-SKD")
	b, bDir := join(t, a, c, library.Asking{Laptop: "second"})
	far, farDir := join(t, a, c, library.Asking{Names: model.Names{Roman: "Gilgit"}, Code: "PK-GLT"})
	stick := t.TempDir()
	for _, l := range []*library.Library{a, far} {
		must[model.Exchanged](t)(l.Stick(ctx, stick, nil))
	}
	keys := must[*roster.Keyring](t)(roster.LoadKeyring(filepath.Join(farDir, "keys")))
	word := roster.Ack{Author: keys.Author(), Scope: change.Catalogue}
	word.Stamp-- // the last there is
	raw := must[[]byte](t)(roster.SignAck(keys.Key(), word))
	must[bool](t)(far.Acks().Keep(raw))
	for _, l := range []*library.Library{far, a, b, a} {
		must[model.Exchanged](t)(l.Stick(ctx, stick, nil))
	}
	if ack, is := a.Acks().Of(keys.Author(), change.Catalogue); !is || ack.Stamp != word.Stamp {
		t.Fatal("the word did not come")
	}
	second := must[*roster.Keyring](t)(roster.LoadKeyring(filepath.Join(bDir, "keys"))).Author()
	if !inFiles(t, dir, hex.EncodeToString(second[:])) {
		t.Error("how the second laptop's word came is not written down")
	}
}
