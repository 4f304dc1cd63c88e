package present

import (
	"strings"
	"testing"

	"ishtirak/app/words"
	"ishtirak/model"
)

func TestWelcomeStarts(t *testing.T) {
	v := NewWelcome(&PretendLibraries{Library: PretendGilgit()})
	v.Go(StepStart)
	f := v.Form()
	for _, c := range []struct{ id, value, wrong string }{
		{"name", "", "name"}, {"name", "Gilgit", "code"}, {"code", "PK-", "code"}, {"code", "گلگت", "code"}, {"code", "PK-ABCDEFGHIJKL", "code"}, {"code", "glt", "staff"},
	} {
		f.Set(c.id, c.value)
		f.Save(ctx)
		if f.wrongField != c.wrong {
			t.Errorf("%s=%q: wrong is %q, want %q", c.id, c.value, f.wrongField, c.wrong)
		}
	}
	f.Set("staff", "Shabnam")
	f.Save(ctx)
	if v.Step() != StepSheet || !strings.Contains(v.Sheet(), "PK-GLT") {
		t.Fatalf("step %d, sheet %q", v.Step(), v.Sheet())
	}
	v.Back()
	v.Finish()
	if v.Ready {
		t.Error("went on without the sheet")
	}
	v.Saved("sheet.txt")
	v.Finish()
	if !v.Ready {
		t.Error("does not go on with the sheet saved")
	}
}

func TestWelcomeJoins(t *testing.T) {
	libs := &PretendLibraries{Library: PretendGilgit()}
	v := NewWelcome(libs)
	v.Go(StepJoin)
	if n := len(v.Show(said(t, words.English)).Form.Fields); n != 2 { // its library's staff are asked for when they have come
		t.Errorf("a second laptop is asked %d things, want 2", n)
	}
	v.Form().Save(ctx)
	if v.Step() != StepJoin {
		t.Error("asks to join, and nobody can tell which laptop it is")
	}
	v.Form().Set("laptop", "Children's room")
	v.Form().Save(ctx)
	if s := v.Show(said(t, words.English)); v.Step() != StepRequest || len(s.Request.Words) != 3 {
		t.Fatalf("step %d: %+v", v.Step(), s.Request)
	}
	libs.Broken = ErrPretend
	v.Form().Set("admission", "nonsense")
	v.Form().Save(ctx)
	if s := v.Show(said(t, words.English)); v.Ready || !strings.HasPrefix(s.Form.Wrong, "This is not the answer") {
		t.Errorf("ready %v, %+v", v.Ready, s.Form)
	}
	libs.Broken = nil
	v.Form().Save(ctx)
	if !v.Ready {
		t.Error("not joined")
	}
	people := len(libs.Library.People)
	if joined, err := v.Opened(ctx, libs.Library); err != nil || !joined || len(libs.Library.People) != people {
		t.Errorf("a second laptop added %d to the staff of its library: %v", len(libs.Library.People)-people, err)
	}
}

// Another library that joins has its founder's name, and nobody beside.
func TestWelcomeJoinsAsLibrary(t *testing.T) {
	lib := PretendGilgit()
	lib.People = []model.Staff{{ID: model.ID{7}, Names: model.Names{Roman: model.Nameless}, Role: model.RoleHead}}
	v := NewWelcome(&PretendLibraries{Library: lib})
	v.Go(StepJoin)
	for id, value := range map[string]string{"as": "library", "name": "Skardu Municipal Library", "code": "PK-SKD", "laptop": "Desk 1"} {
		v.Form().Set(id, value)
	}
	v.Form().Save(ctx)
	if v.Step() != StepJoin {
		t.Error("a library joins, and nobody works there")
	}
	v.Form().Set("staff", "Nasreen")
	v.Form().Save(ctx)
	v.Form().Set("admission", "-----BEGIN")
	v.Form().Save(ctx)
	if joined, err := v.Opened(ctx, lib); err != nil || !joined || !lib.Kept.SheetDue || len(lib.People) != 1 || lib.People[0].Names.Roman != "Nasreen" || lib.Kept.Staff != lib.People[0].ID {
		t.Errorf("%+v: %v", lib.People, err)
	}
}

// A sheet that nobody has said to keep is offered until somebody does.
func TestSheetOwed(t *testing.T) {
	lib := PretendGilgit()
	lib.Kept.SheetDue = true
	v := NewWelcome(&PretendLibraries{Library: lib})
	v.Offer("k7qm")
	if s := v.Show(said(t, words.English)); s.Step != StepSheet || s.Sheet.Text != "k7qm" || s.Sheet.May {
		t.Errorf("%+v", s)
	}
	if _, err := v.Opened(ctx, lib); err != nil || !lib.Kept.SheetDue {
		t.Errorf("not kept, and no longer owed: %v", err)
	}
	v.Saved("sheet.pdf")
	if _, err := v.Opened(ctx, lib); err != nil || lib.Kept.SheetDue {
		t.Errorf("kept, and still owed: %v", err)
	}
}

// Asking for an exchange is always answered.
func TestNobodyFound(t *testing.T) {
	lib := PretendGilgit()
	lib.Net.Serving = "https://192.168.1.7:8443"
	n := NewNetwork(lib, SampleTime, nil)
	n.Refresh(ctx)
	n.Nobody()
	s := n.Show(said(t, words.English))
	if s.Done == nil || s.Done.Text != "Nobody was found on this network" || !strings.Contains(s.Exchange.Here, "192.168.1.7:8443") {
		t.Errorf("%+v, %q", s.Done, s.Exchange.Here)
	}
	n.Exchanged(ctx, model.Exchanged{With: "Skardu"}, false, nil)
	if s := n.Show(said(t, words.English)); s.Done.Tone != ToneOK {
		t.Errorf("an exchange that went through ends with %+v", s.Done)
	}
}

func TestWelcomeRestores(t *testing.T) {
	libs := &PretendLibraries{Library: PretendGilgit(), Broken: ErrPretend}
	v := NewWelcome(libs)
	v.Go(StepRestore)
	v.Form().Set("sheet", "k7qm")
	err := v.Restoring()(ctx, func(model.Progress) {})
	v.Restored(err)
	if s := v.Show(said(t, words.English)); v.Ready || s.Fault == nil || !strings.Contains(s.Fault.Head, "recovery sheet") {
		t.Errorf("ready %v, %+v", v.Ready, s.Fault)
	}
	libs.Broken = nil
	v.Restored(v.Restoring()(ctx, func(model.Progress) {}))
	if !v.Ready {
		t.Error("not restored")
	}
}

// waits is a laptop that asked to join before the power failed.
type waits struct{ *PretendLibraries }

func (waits) Asked() (Asking, string, []string, bool) {
	return Asking{Names: model.Names{Roman: "Chilas Library"}, Code: "PK-CHS", Laptop: "L1", Staff: "Ghulam Ali"}, "the request", []string{"chinar", "river", "lamp"}, true
}

func (waits) Words(admission string) ([]string, error) {
	if admission != "the answer" {
		return nil, ErrPretend
	}
	return []string{"stone", "well", "apricot"}, nil
}

// A request that nobody has granted is there again after a power cut, says who asks, and can be corrected.
func TestWelcomeWithARequest(t *testing.T) {
	lib := PretendGilgit()
	v := NewWelcome(waits{&PretendLibraries{Library: lib}})
	s := v.Show(said(t, words.English))
	if s.Step != StepRequest || u(s.Request.Who) != "Chilas Library · PK-CHS · L1" || s.Request.Text != "the request" || s.Request.Words[0] != "chinar" {
		t.Fatalf("step %d, %+v", s.Step, s.Request)
	}
	v.Back()
	f := v.Form()
	for id, want := range map[string]string{"as": "library", "name": "Chilas Library", "code": "PK-CHS", "laptop": "L1", "staff": "Ghulam Ali"} {
		if f.Get(id) != want {
			t.Errorf("%s is %q, want %q", id, f.Get(id), want)
		}
	}
	if s := v.Show(said(t, words.English)); !strings.Contains(s.Form.About, "earlier") {
		t.Errorf("what a change costs: %q", s.Form.About)
	}
	f.Set("laptop", "L2")
	f.Save(ctx)
	if s := v.Show(said(t, words.English)); s.Step != StepRequest || !strings.HasSuffix(u(s.Request.Who), "L2") {
		t.Errorf("corrected: step %d, %q", s.Step, s.Request.Who)
	}
	v.Form().Set("admission", "the answer")
	if s := v.Show(said(t, words.English)); s.Request.Words[0] != "stone" {
		t.Errorf("the answer's words: %v", s.Request.Words)
	}
	v.Form().Save(ctx)
	n := NewNetwork(lib, SampleTime, nil)
	n.Joined(v.Three())
	if s := n.Show(said(t, words.English)); !v.Ready || !strings.Contains(u(s.DoneAbout), "stone · well · apricot") {
		t.Errorf("joined %v: %q", v.Ready, s.DoneAbout)
	}
}

// knowing tells why bringing back failed.
type knowing struct {
	*PretendLibraries
	why Why
}

func (k knowing) Explain(error) Why { return k.why }

// A right sheet is not called wrong because nothing, or nobody, is where the library was looked for.
func TestRestoreSaysWhatIsWrong(t *testing.T) {
	for cause, want := range map[Cause]string{"": "This is not a recovery sheet", CauseNothing: "Nothing of this library is there", CauseSilent: "The other laptop did not answer"} {
		v := NewWelcome(knowing{&PretendLibraries{Library: PretendGilgit(), Broken: ErrPretend}, Why{Cause: cause}})
		v.Go(StepRestore)
		v.Restored(v.Restoring()(ctx, func(model.Progress) {}))
		if s := v.Show(said(t, words.English)); s.Fault == nil || !strings.HasPrefix(s.Fault.Head, want) {
			t.Errorf("%q: %+v", cause, s.Fault)
		}
	}
}
