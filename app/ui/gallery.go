package ui

import (
	"context"
	"errors"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ishtirak/app/present"
	"ishtirak/app/words"
	"ishtirak/model"
)

// picture is one state of one screen, reached as a person reaches it.
type picture struct {
	name  string
	empty bool // with nothing in the library
	begin bool // before a library is open
	reach func(w *Window, p *present.Pretend)
	alone func(a fyne.App) (fyne.Window, error) // a window of its own instead
}

// mainPictures are what a person sees day by day.
var mainPictures = []picture{
	{name: "welcome", begin: true},
	{name: "start", begin: true, reach: func(w *Window, _ *present.Pretend) { w.welcome.choose("start") }},
	{name: "start-wrong", begin: true, reach: func(w *Window, _ *present.Pretend) {
		w.welcome.choose("start")
		w.welcome.p.Form().Set("name", "عوامی کتب خانہ، گلگت")
		w.welcome.p.Form().Set("code", "PK-")
		w.welcome.save()
	}},
	{name: "sheet", begin: true, reach: func(w *Window, _ *present.Pretend) {
		w.welcome.choose("start")
		for id, v := range map[string]string{"name": "Gilgit Public Library", "code": "PK-GLT", "staff": "Shabnam Bano"} {
			w.welcome.p.Form().Set(id, v)
		}
		w.welcome.save()
	}},
	{name: "join", begin: true, reach: func(w *Window, _ *present.Pretend) { w.welcome.choose("join") }},
	{name: "join-request", begin: true, reach: func(w *Window, _ *present.Pretend) {
		w.welcome.choose("join")
		w.welcome.p.Form().Set("laptop", "Desk 2")
		w.welcome.p.Form().Set("staff", "Shabnam Bano")
		w.welcome.save()
	}},
	{name: "restore", begin: true, reach: func(w *Window, _ *present.Pretend) { w.welcome.choose("restore") }},
	{name: "desk-empty"},
	{name: "desk-reader", reach: func(w *Window, _ *present.Pretend) { scan(w, "GLT-1047") }},
	{name: "desk-issued", reach: func(w *Window, _ *present.Pretend) { busyDesk(w); scan(w, "GLT-1047", "GLT-004213") }},
	{name: "desk-issued-en", reach: func(w *Window, _ *present.Pretend) { busyDesk(w); scan(w, "GLT-1047", "GLT-003871") }},
	{name: "desk-returned", reach: func(w *Window, _ *present.Pretend) { busyDesk(w); scan(w, "GLT-001117") }},
	{name: "desk-renewed", reach: func(w *Window, _ *present.Pretend) {
		scan(w, "GLT-1047")
		w.do(func(ctx context.Context) { w.desk.RenewLoan(ctx, 0) })
	}},
	{name: "desk-send", reach: func(w *Window, p *present.Pretend) {
		for _, i := range []int{6, 7, 10} {
			p.Titles[i].Copies[0].Library = p.Net.Libraries[2].Library
			scan(w, p.Titles[i].Copies[0].Item.Identity.Barcode)
		}
		scan(w, "GLT-001117")
	}},
	{name: "desk-undone", reach: func(w *Window, _ *present.Pretend) { scan(w, "GLT-1047", "GLT-004213"); w.do(w.desk.Undo) }},
	{name: "desk-blocked", reach: func(w *Window, _ *present.Pretend) { scan(w, "GLT-0412", "GLT-004213") }},
	{name: "desk-december", reach: func(w *Window, p *present.Pretend) { // the longest month, with all notes
		p.Clock = func() time.Time { return time.Date(2026, 12, 14, 11, 42, 0, 0, present.SampleTime().Location()) }
		scan(w, "GLT-1047")
		p.Titles[1].Summary.Title = model.Text2{Text: "خدا کی بستی اور اس کے بعد کے دنوں کی ایک بہت لمبی کہانی"}
		scan(w, p.Titles[1].Copies[0].Item.Identity.Barcode)
	}},
	{name: "desk-out", reach: func(w *Window, p *present.Pretend) { // in another's name, and the heading long
		p.Out = &model.Refusal{Rule: model.RuleOnLoan, May: true, About: model.About{Title: p.Titles[5].Summary.Title,
			Reader: model.PatronRef{Names: model.Names{Urdu: "سیدہ شاہدہ پروین بنت کریم اللہ بیگ", Roman: "Syeda Shahida Parveen daughter of Karimullah Baig"}}}}
		scan(w, "GLT-1047", "GLT-004213")
	}},
	{name: "desk-day", reach: func(w *Window, _ *present.Pretend) { busyDesk(w); scan(w, "GLT-1047", "GLT-004213"); w.shortcut("day") }},
	{name: "desk-mark", reach: func(w *Window, _ *present.Pretend) { scan(w, "GLT-1047"); w.shortcut("mark") }},
	{name: "desk-claimed", reach: func(w *Window, _ *present.Pretend) {
		scan(w, "GLT-1047")
		w.deed(func(ctx context.Context) present.Deed { return w.desk.MarkCopy(ctx, 0) })
	}},
	{name: "reader-removed", reach: func(w *Window, _ *present.Pretend) { w.goTo("readers"); typeIn(w, "zainab"); w.shortcut("remove") }},
	{name: "reader-stays", reach: func(w *Window, _ *present.Pretend) { w.goTo("readers"); typeIn(w, "sha"); w.shortcut("remove") }},
	{name: "settings-rule", reach: func(w *Window, _ *present.Pretend) {
		w.goTo("settings")
		w.openFrom(func() *present.Form { return w.setting.EditRule(2) })
	}},
	{name: "settings-week", reach: func(w *Window, _ *present.Pretend) {
		w.goTo("settings")
		w.openFrom(func() *present.Form { return w.setting.EditRule(5) })
	}},
	{name: "settings-day", reach: func(w *Window, _ *present.Pretend) {
		w.goTo("settings")
		w.openFrom(func() *present.Form { return w.setting.EditRule(6) })
	}},
	{name: "desk-unknown", reach: func(w *Window, _ *present.Pretend) { scan(w, "9781234567897") }},
	{name: "desk-which", reach: func(w *Window, _ *present.Pretend) { scan(w, "کتب") }},
	{name: "desk-fault", reach: func(w *Window, p *present.Pretend) { p.Broken = errors.New("disk"); scan(w, "GLT-1047") }},
	{name: "catalogue", reach: func(w *Window, _ *present.Pretend) { w.goTo("catalogue") }},
	{name: "catalogue-found", reach: func(w *Window, _ *present.Pretend) { w.goTo("catalogue"); typeIn(w, "کتب") }},
	{name: "catalogue-none", reach: func(w *Window, _ *present.Pretend) { w.goTo("catalogue"); typeIn(w, "زبورِ") }},
	{name: "catalogue-empty", empty: true, reach: func(w *Window, _ *present.Pretend) { w.goTo("catalogue") }},
	{name: "desk-held", reach: func(w *Window, _ *present.Pretend) {
		w.goTo("catalogue")
		typeIn(w, "بانگ")
		w.pages[w.at].do("lend")
	}},
	{name: "book-new", reach: func(w *Window, _ *present.Pretend) { w.goTo("catalogue"); w.pages[w.at].do("add") }},
	{name: "book-isbn", reach: func(w *Window, _ *present.Pretend) { // asked about, with the better one offered
		w.goTo("catalogue")
		w.pages[w.at].do("add")
		w.form.form.Set("title", "زاویہ")
		w.form.form.Set("isbn", "9780306406152")
		w.form.save()
	}},
	{name: "book-edit", reach: func(w *Window, _ *present.Pretend) {
		w.goTo("catalogue")
		typeIn(w, "کتب")
		w.pages[w.at].do("edit")
		w.form.form.Set("title", "")
		w.form.save()
	}},
	{name: "copy-new", reach: func(w *Window, _ *present.Pretend) {
		w.goTo("catalogue")
		typeIn(w, "کتب")
		w.pages[w.at].do("copy")
	}},
	{name: "book-language", reach: func(w *Window, _ *present.Pretend) {
		w.goTo("catalogue")
		w.pages[w.at].do("add")
		for _, f := range w.form.view.fields {
			if b, ok := f.(*listBox); ok {
				w.win.Canvas().Focus(b)
				b.open(2)
			}
		}
	}},
	{name: "readers", reach: func(w *Window, _ *present.Pretend) { w.goTo("readers") }},
	{name: "reader-chosen", reach: func(w *Window, _ *present.Pretend) { w.goTo("readers"); typeIn(w, "sha") }},
	{name: "reader-history", reach: func(w *Window, _ *present.Pretend) { history(w, "shahida") }},
	{name: "reader-history-out", reach: func(w *Window, _ *present.Pretend) { history(w, "amjad") }},
	{name: "reader-history-nothing", reach: func(w *Window, _ *present.Pretend) { history(w, "zainab") }},
	{name: "reader-history-none", reach: func(w *Window, p *present.Pretend) {
		p.Patrons[2].Patron.Privacy.KeepHistory = true
		history(w, "zainab")
	}},
	{name: "reader-history-fault", reach: func(w *Window, p *present.Pretend) {
		w.goTo("readers")
		typeIn(w, "amjad")
		p.Broken = errors.New("disk")
		w.shortcut("day")
	}},
	{name: "readers-none", reach: func(w *Window, _ *present.Pretend) { w.goTo("readers"); typeIn(w, "xyz") }},
	{name: "readers-empty", empty: true, reach: func(w *Window, _ *present.Pretend) { w.goTo("readers") }},
	{name: "reader-new", reach: func(w *Window, _ *present.Pretend) { w.goTo("readers"); w.pages[w.at].do("add") }},
	{name: "network", reach: func(w *Window, _ *present.Pretend) { w.goTo("network") }},
	{name: "network-alone", empty: true, reach: func(w *Window, _ *present.Pretend) { w.goTo("network") }},
	{name: "network-asks", reach: func(w *Window, _ *present.Pretend) { w.goTo("network"); ask(w) }},
	{name: "network-admitted", reach: func(w *Window, _ *present.Pretend) { w.goTo("network"); ask(w); w.pages[w.at].do("admit") }},
	{name: "network-exchanging", reach: func(w *Window, p *present.Pretend) {
		w.goTo("network")
		halfway(w, present.ExchangeTask(true), model.Progress{Step: "pull", Done: 1284, Total: 3410, Unit: "changes", ToSend: 12})
	}},
	{name: "network-exchanged", reach: func(w *Window, _ *present.Pretend) {
		w.goTo("network")
		w.exchange(w.network.Exchanging("https://10.0.0.7:8443"), false)
	}},
	{name: "network-failed", reach: func(w *Window, _ *present.Pretend) {
		w.goTo("network")
		w.do(func(ctx context.Context) { w.network.Exchanged(ctx, model.Exchanged{}, true, errors.New("stick")) })
	}},
	{name: "sort-out", reach: func(w *Window, _ *present.Pretend) { w.goTo("sort-out") }},
	{name: "sort-out-fields", reach: func(w *Window, _ *present.Pretend) {
		w.goTo("sort-out")
		w.do(func(context.Context) { w.sorting.Move(1) })
	}},
	{name: "sort-out-settled", reach: func(w *Window, _ *present.Pretend) { w.goTo("sort-out"); w.pages[w.at].do("keep") }},
	{name: "sort-out-empty", empty: true, reach: func(w *Window, _ *present.Pretend) { w.goTo("sort-out") }},
	{name: "reports", reach: func(w *Window, _ *present.Pretend) { w.goTo("reports") }},
	{name: "reports-empty", empty: true, reach: func(w *Window, p *present.Pretend) { p.Counted = model.Figures{At: p.Clock()}; w.goTo("reports") }},
	{name: "reports-first", reach: func(w *Window, p *present.Pretend) { firstMonth(p); w.goTo("reports") }},
	{name: "reports-print", reach: func(w *Window, _ *present.Pretend) { w.goTo("reports"); w.pages[w.at].do("print") }},
	{name: "reports-fault", reach: func(w *Window, p *present.Pretend) { p.Broken = errors.New("disk"); w.goTo("reports") }},
	{name: "settings", reach: func(w *Window, _ *present.Pretend) { w.goTo("settings") }},
	{name: "settings-imported", reach: func(w *Window, p *present.Pretend) {
		w.goTo("settings")
		w.do(func(context.Context) { w.setting.Imported("register.mrc", p.Imports, nil) })
	}},
	{name: "picker", reach: func(w *Window, _ *present.Pretend) {
		w.disk = pictureDisk{}
		w.askImport()
		w.picker.path.SetText("/home/shabnam/Documents/r")
	}},
	{name: "picker-missing", reach: func(w *Window, _ *present.Pretend) {
		w.disk = pictureDisk{}
		w.askImport()
		w.picker.typed("/media/KINGSTON/register.mrc")
	}},
	{name: "picker-folder", reach: func(w *Window, _ *present.Pretend) {
		w.disk = pictureDisk{}
		w.choose(pickFolder, "", func(string) {})
	}},
	{name: "picker-over", reach: func(w *Window, _ *present.Pretend) {
		w.disk = pictureDisk{}
		w.choose(pickSave, "register.mrc", func(string) {})
		w.picker.open("/home/shabnam/Documents")
		w.picker.typed(w.picker.path.Text)
	}},
	{name: "picker-unread", reach: func(w *Window, _ *present.Pretend) {
		w.disk = pictureDisk{}
		w.choose(pickFile, "", func(string) {})
		w.picker.open("/media/old")
	}},
	{name: "settings-importing", reach: func(w *Window, _ *present.Pretend) {
		w.goTo("settings")
		halfway(w, present.ImportTask("register.mrc"), model.Progress{Step: "read", Done: 12840, Unit: "records"})
	}},
	{name: "copy-edit", reach: func(w *Window, _ *present.Pretend) {
		w.goTo("catalogue")
		typeIn(w, "بانگ")
		w.pages[w.at].do("correct")
	}},
	{name: "copy-which", reach: func(w *Window, _ *present.Pretend) {
		w.goTo("catalogue")
		typeIn(w, "کتب")
		w.pages[w.at].do("correct")
	}},
	{name: "settings-sheet", reach: func(w *Window, _ *present.Pretend) { w.goTo("settings"); w.pages[w.at].do("print") }},
	{name: "network-near", reach: func(w *Window, p *present.Pretend) {
		p.Net.Libraries[2].Replicas[0].Address = "https://10.0.0.7:8443"
		w.goTo("network")
	}},
	{name: "network-stick", reach: func(w *Window, _ *present.Pretend) {
		w.network.Sticks([]present.Stick{{Name: "KINGSTON", Dir: "/media/KINGSTON", Free: 12025908428, Last: present.SampleTime().AddDate(0, 0, -3)}})
		w.goTo("network")
	}},
	{name: "network-three", reach: func(w *Window, p *present.Pretend) { p.Federation(3); w.goTo("network") }},
	{name: "network-twelve", reach: func(w *Window, p *present.Pretend) { p.Federation(12); w.goTo("network") }},
	{name: "network-thirty", reach: func(w *Window, p *present.Pretend) { p.Federation(30); w.goTo("network") }},
	{name: "network-who", reach: func(w *Window, p *present.Pretend) {
		p.Kept.Staff = model.ID{0xee}
		w.goTo("network")
		w.do(func(context.Context) { w.network.Joined([]string{"chinar", "river", "lamp"}) })
	}},
	{name: "network-warned", reach: func(w *Window, p *present.Pretend) {
		w.goTo("network")
		p.Net.Surplus, p.Net.Swollen = 3, []string{"Skardu"}
		w.do(func(ctx context.Context) {
			w.network.Exchanged(ctx, model.Exchanged{With: "Skardu", Sent: 12, Received: 3410, Skew: 49 * time.Hour, Ahead: true, Renewed: true, Refused: []string{"x", "y"}}, false, nil)
		})
	}},
	{name: "sort-out-kept", reach: func(w *Window, _ *present.Pretend) {
		w.goTo("sort-out")
		w.do(func(context.Context) { w.sorting.Move(1); w.sorting.Step(1) })
		w.pages[w.at].do("keep")
	}},
	{name: "sort-out-reader", reach: func(w *Window, _ *present.Pretend) {
		w.goTo("sort-out")
		w.do(func(context.Context) { w.sorting.Move(2); w.sorting.Step(1) })
	}},
	{name: "sort-out-number", reach: func(w *Window, _ *present.Pretend) {
		w.goTo("sort-out")
		w.do(func(context.Context) { w.sorting.Move(3) })
	}},
	{name: "sort-out-three", reach: func(w *Window, p *present.Pretend) {
		p.Cases = present.SampleThree(p)
		w.goTo("sort-out")
	}},
	{name: "staff-new", reach: func(w *Window, _ *present.Pretend) { w.goTo("settings"); w.pages[w.at].do("staff") }},
}

func scan(w *Window, codes ...string) {
	for _, c := range codes {
		w.pages[w.at].entered(c)
	}
}

// busyDesk lets the desk have done something before.
func busyDesk(w *Window) {
	scan(w, "GLT-001904", "GLT-0933", "GLT-002190")
	w.pages[w.at].do("end")
}

// firstMonth leaves of the figures one month that is not over, of a library that shares with nobody yet.
func firstMonth(p *present.Pretend) {
	f := &p.Counted
	now := model.MonthOf(p.Clock())
	for i := range f.Year {
		m := now - model.Month(len(f.Year)-1-i)
		f.Year[i], f.Before[i] = model.MonthCount{Month: m}, model.MonthCount{Month: m - 12}
	}
	f.Year[11] = model.MonthCount{Month: now, Known: true, Out: 14, In: 3}
	f.SoFar, f.Active, f.Joined, f.Readers, f.Out, f.Overdue, f.Reach = true, 9, 12, 12, 11, 0, 0
	f.Shelves = f.Shelves[:1]
}

// history opens what a reader has and had.
func history(w *Window, who string) {
	w.goTo("readers")
	typeIn(w, who)
	w.shortcut("day")
}

func typeIn(w *Window, text string) { w.frame.box.Entry.SetText(text) }

func ask(w *Window) {
	w.do(func(context.Context) { w.network.Ask("-----BEGIN ISHTIRAK REQUEST-----") })
}

// halfway shows a task that is under way.
func halfway(w *Window, t *present.Task, p model.Progress) {
	w.task = &task{w: w, what: t, end: func() {}}
	if places[w.at].id == "network" {
		w.task.show = w.exchanging
	}
	w.task.draw(p)
}

// Gallery draws every screen into folder as PNGs of 1366 by 768, in both languages, light and dark, and at 150 %. It needs no
// display. only names the screens to draw; without it all are drawn.
func Gallery(ctx context.Context, folder string, only ...string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for _, lang := range words.Languages() {
		for _, look := range []struct {
			name string
			dark bool
			size int
		}{{"light", false, 100}, {"dark", true, 100}, {"150", false, 150}} {
			for _, p := range pictures {
				if err := ctx.Err(); err != nil {
					return err
				}
				if len(only) > 0 && !slices.Contains(only, p.name) {
					continue
				}
				set := model.Settings{Language: string(lang), Dark: look.dark, TextSize: look.size, Hijri: lang == words.Urdu}
				path := filepath.Join(folder, fmt.Sprintf("%s-%s-%s.png", p.name, lang, look.name))
				if err := p.save(path, set); err != nil {
					return fmt.Errorf("ui: the picture %s: %w", base(path), err)
				}
			}
		}
	}
	return nil
}

// window opens a window in the state of the picture, with everything done on the caller's goroutine.
func (p picture) window(a fyne.App, set model.Settings) (*Window, error) {
	lib := present.PretendGilgit()
	if p.empty {
		lib.Titles, lib.Patrons, lib.Cases, lib.Net.Libraries = nil, nil, nil, nil
	}
	set.Staff = lib.Kept.Staff
	lib.Kept = set
	o := Options{Libraries: &present.PretendLibraries{Library: lib}, Now: present.SampleTime, Settings: set, Inline: true}
	if !p.begin {
		o.Library = lib
	}
	w, err := New(a, o)
	if err != nil {
		return nil, err
	}
	w.win.Resize(fyne.NewSize(1366, 768))
	if p.reach != nil {
		p.reach(w, lib)
	}
	return w, nil
}

func (p picture) save(path string, set model.Settings) error {
	a := test.NewApp()
	defer a.Quit()
	var win fyne.Window
	var err error
	if p.alone != nil {
		win, err = p.alone(a)
	} else {
		var w *Window
		if w, err = p.window(a, set); err == nil {
			win = w.win
		}
	}
	if err != nil {
		return err
	}
	defer win.Close()
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	err = png.Encode(f, win.Canvas().Capture())
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}
