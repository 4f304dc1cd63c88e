package library_test

import (
	"path/filepath"
	"strings"
	"testing"

	"ishtirak/app/library"
	"ishtirak/model"
	"ishtirak/sync/roster"
)

// What was asked can be corrected until it is granted: the new request says what was asked last, and only its admission fits.
func TestARequestIsCorrected(t *testing.T) {
	ctx, c := t.Context(), newClock()
	l, _, _ := found(t, c, "Skardu", "PK-SKD")
	dir := t.TempDir()
	wrong := library.Asking{Names: model.Names{Roman: "Chials Library"}, Code: "PK-CHI", Laptop: "L1", Staff: "Ghulam Ali", Options: options(c)}
	old := must[string](t)(first(library.Request(ctx, dir, wrong)))
	if again := must[string](t)(first(library.Request(ctx, dir, library.Asking{Options: options(c)}))); again != old {
		t.Error("with nothing said it is another request")
	}
	right := wrong
	right.Names.Roman, right.Code = "Chilas Library", "PK-CHS"
	text := must[string](t)(first(library.Request(ctx, dir, right)))
	if asks := must[model.JoinRequest](t)(l.ReadRequest(text)); asks.Library.Names.Roman != "Chilas Library" || asks.Library.Code != "PK-CHS" {
		t.Errorf("corrected, and asked as %+v", asks.Library)
	}
	a, kept, _, err := library.Asked(dir)
	if err != nil || kept != text || a.Names != right.Names || a.Code != right.Code || a.Laptop != "L1" || a.Staff != "Ghulam Ali" {
		t.Errorf("kept: %+v, %v", a, err)
	}
	admission := must[model.Admission](t)(l.Admit(ctx, old))
	if err := library.Join(ctx, dir, admission.Text, options(c)); err == nil || !strings.Contains(err.Error(), "does not answer the request") {
		t.Errorf("joined by the admission of the earlier request: %v", err)
	}
	admission = must[model.Admission](t)(l.Admit(ctx, text))
	if err := library.Join(ctx, dir, admission.Text, options(c)); err != nil {
		t.Fatal(err)
	}
	if self := open(t, dir, c).Self(); self.Code != "PK-CHS" {
		t.Errorf("joined as %+v", self)
	}
	if _, _, _, err := library.Asked(dir); err == nil {
		t.Error("granted, and still asked")
	}
}

// Whoever asked to join can start a library after all, or bring one back; the request's keys are kept beside.
func TestStartedOrRestoredAfterAsking(t *testing.T) {
	ctx, c := t.Context(), newClock()
	lost, _, sheet := found(t, c, "Skardu", "PK-SKD")
	stick := t.TempDir()
	must[model.Exchanged](t)(lost.Stick(ctx, stick, nil))
	for name, begin := range map[string]func(dir string) error{
		"started": func(dir string) error {
			_, err := library.Init(ctx, dir, library.Founding{Names: model.Names{Roman: "Chilas"}, Code: "PK-CHS", Options: options(c)})
			return err
		},
		"restored": func(dir string) error {
			return library.Restore(ctx, dir, sheet, library.From{Stick: stick}, options(c), nil)
		},
	} {
		dir := t.TempDir()
		must[string](t)(first(library.Request(ctx, dir, library.Asking{Laptop: "L1", Options: options(c)})))
		keys := must[*roster.Keyring](t)(roster.LoadKeyring(filepath.Join(dir, "keys")))
		if err := begin(dir); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if self := open(t, dir, c).Self(); self.Code == "" {
			t.Errorf("%s: %+v", name, self)
		}
		kept, err := filepath.Glob(filepath.Join(dir, "request-*", "keys"))
		if err != nil || len(kept) != 1 {
			t.Fatalf("%s: %v, %v", name, kept, err)
		}
		if old := must[*roster.Keyring](t)(roster.LoadKeyring(kept[0])); old.Author() != keys.Author() {
			t.Errorf("%s: other keys are kept", name)
		}
	}
}

func first(text string, _ []string, err error) (string, error) { return text, err }
