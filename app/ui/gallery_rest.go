package ui

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"

	"ishtirak/app/present"
	"ishtirak/app/words"
	"ishtirak/model"
)

// pictures lists every screen, dialog, empty and error state. The tests render the same list.
var pictures = slices.Concat(mainPictures, restPictures)

// restPictures are states that a person meets seldom: what goes wrong, what hangs over a page, and names in the other script.
var restPictures = []picture{
	{name: "busy", alone: Busy("").window},
	{name: "closed-disk", alone: Closed{words.FaultDisk, words.FaultDiskSafe, nil}.window},
	{name: "closed-damaged", alone: Closed{words.ClosedDamaged, words.ClosedDamagedAbout, []any{"folder", "/home/gilgit/.local/share/ishtirak", "restore", words.WelcomeRestore}}.window},
	{name: "closed-other", alone: Closed{words.ClosedOther, words.ClosedOtherAbout, []any{"why", "the file of keys is not there: open keys.txt: no such file or directory"}}.window},
	{name: "sheet-owed", reach: func(w *Window, p *present.Pretend) { w.owe(p) }},
	{name: "aside", reach: func(w *Window, _ *present.Pretend) {
		w.opts.Libraries = setAside{w.opts.Libraries}
		w.news()
	}},
	{name: "bare", reach: func(w *Window, _ *present.Pretend) {
		w.opts.Libraries = bare{w.opts.Libraries}
		w.news()
	}},
	{name: "join-wrong", begin: true, reach: func(w *Window, _ *present.Pretend) {
		w.welcome.choose("join")
		w.welcome.p.Form().Set("laptop", "Desk 2")
		w.welcome.p.Form().Set("staff", "Shabnam Bano")
		w.welcome.save()
		w.opts.Libraries.(*present.PretendLibraries).Broken = errors.New("not ours")
		w.welcome.p.Form().Set("admission", "what somebody wrote")
		w.welcome.save()
	}},
	{name: "restore-wrong", begin: true, reach: func(w *Window, _ *present.Pretend) {
		w.welcome.choose("restore")
		w.opts.Libraries.(*present.PretendLibraries).Broken = errors.New("stick")
		w.welcome.p.Form().Set("sheet", "what somebody wrote")
		w.welcome.p.Form().Set("from", "/media/KINGSTON")
		w.welcome.save()
	}},
	{name: "keyboard", reach: func(w *Window, _ *present.Pretend) {
		w.goTo("catalogue")
		w.keyboard()
	}},
	{name: "menu", reach: func(w *Window, _ *present.Pretend) {
		typeIn(w, "بانگِ درا")
		w.frame.box.Entry.SelectAll()
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(w.frame.box.Entry).AddXY(60, 30)
		w.frame.box.Entry.TappedSecondary(&fyne.PointEvent{AbsolutePosition: at, Position: fyne.NewPos(60, 30)})
	}},
	{name: "desk-twice", reach: func(w *Window, _ *present.Pretend) { scan(w, "GLT-1047", "GLT-002871") }},
	{name: "desk-names", reach: func(w *Window, p *present.Pretend) { // in the other script, with figures and brackets
		otherScript(w, p)
		scan(w, "GLT-1047", "GLT-004213", "GLT-0877", "GLT-003871")
	}},
	{name: "network-names", reach: func(w *Window, p *present.Pretend) {
		otherScript(w, p)
		w.network.Staff(w.setting.Unsaid())
		w.goTo("network")
	}},
	{name: "catalogue-fault", reach: faulty("catalogue")},
	{name: "readers-fault", reach: faulty("readers")},
	{name: "network-fault", reach: faulty("network")},
	{name: "sort-out-fault", reach: faulty("sort-out")},
	{name: "settings-fault", reach: faulty("settings")},
	{name: "copy-mark", reach: func(w *Window, _ *present.Pretend) {
		w.goTo("catalogue")
		typeIn(w, "بانگ")
		w.shortcut("mark")
	}},
	{name: "book-stays", reach: func(w *Window, _ *present.Pretend) { // it has copies
		w.goTo("catalogue")
		typeIn(w, "بانگ")
		w.shortcut("remove")
	}},
	{name: "settings-rules", reach: func(w *Window, _ *present.Pretend) { w.goTo("settings"); w.shortcut("correct") }},
	{name: "settings-leave", reach: func(w *Window, _ *present.Pretend) { w.goTo("settings"); w.shortcut("remove") }},
	{name: "settings-refused", reach: func(w *Window, _ *present.Pretend) {
		w.goTo("settings")
		w.do(func(context.Context) { w.setting.Imported("photo.jpg", model.ImportReport{}, errors.New("no records")) })
	}},
	{name: "settings-exported", reach: func(w *Window, _ *present.Pretend) {
		w.goTo("settings")
		w.do(func(context.Context) { w.setting.Exported("فہرست (2026).csv", 6480, nil) })
	}},
}

// faulty opens a place while the disk fails.
func faulty(place string) func(*Window, *present.Pretend) {
	return func(w *Window, p *present.Pretend) {
		p.Broken = errors.New("disk")
		w.goTo(place)
	}
}

// setAside are libraries of which something lay in the way.
type setAside struct{ present.Libraries }

func (setAside) News() ([]string, bool) {
	return []string{"/home/shabnam/کتب خانہ (پرانا)", "/home/shabnam/ishtirak-2025"}, false
}

// bare are libraries of which one came back without its readers.
type bare struct{ present.Libraries }

func (bare) News() ([]string, bool) { return nil, true }

// other leaves of a name the script that the window does not speak.
func other(w *Window, n model.Names) model.Names {
	if w.words.RightToLeft() {
		return model.Names{Roman: n.Roman}
	}
	return model.Names{Urdu: n.Urdu}
}

// otherScript leaves of all names the script that the window does not speak.
func otherScript(w *Window, p *present.Pretend) {
	for i := range p.Patrons {
		n := &p.Patrons[i].Patron.Names
		n.Names = other(w, n.Names)
		if n.Urdu != "" {
			n.Urdu += " (2)"
		} else {
			n.Roman += " (2)"
		}
	}
	for i := range p.Net.Libraries {
		l := &p.Net.Libraries[i]
		l.Library.Names = other(w, l.Library.Names)
		for j := range l.Replicas {
			l.Replicas[j].Name = "ڈیسک " + string(rune('1'+i))
		}
	}
	p.Lib.Names = other(w, p.Lib.Names)
}
