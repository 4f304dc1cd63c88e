package ui

import (
	"context"
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
	"ishtirak/app/words"
	"ishtirak/model"
)

// house is the green of the program's own drawing: the same by day and by night.
var house = color.NRGBA{R: 0x0A, G: 0x5A, B: 0x41, A: 0xFF}

// welcomePage is what stands before a library is open.
type welcomePage struct {
	w       *Window
	p       *present.Welcome
	view    *formView
	doors   []*door
	busy    bool
	obvious *look.Button // of the recovery sheet: what Enter does
	task    *present.TaskScreen
	owed    present.Library // open already: only its sheet is still to be kept
	joined  bool            // and it is still empty
	three   []string        // the words by which it joined
	sent    string          // says that the request was copied or saved
}

func newWelcomePage(w *Window) *welcomePage {
	return &welcomePage{w: w, p: present.NewWelcome(w.opts.Libraries)}
}

// owe shows the recovery sheet of a library on whose sheet the window ended before anybody said that it is kept.
func (w *Window) owe(lib present.Library) {
	sheet, err := lib.Sheet(w.work.ctx)
	if err != nil { // there is none here
		w.open(lib)
		return
	}
	w.welcome = newWelcomePage(w)
	w.welcome.owed = lib
	w.end = func() { _ = lib.Close() }
	w.welcome.p.Offer(sheet)
	w.welcome.redraw()
}

// redraw draws the step in the window's language.
func (v *welcomePage) redraw() {
	w := v.w
	s := v.p.Show(w.words)
	art := look.Fixed(556, 0, container.NewStack(canvas.NewRectangle(house), look.Column(0,
		look.Gap(1, 66), look.Fixed(0, 200, nameAndMotto(s)), look.Gap(1, 36), look.Row(0, look.Space(), look.Art("art-taqcha", 500, 416), look.Space()), look.Space())))
	if step := v.step(s); w.win.Canvas().Size().Width < look.U(1200) { // large letters: the drawing gives way
		w.whole(look.Scroll(look.Pad(28, 48, 24, 48, step)))
	} else {
		w.whole(look.Border(0, nil, nil, art, nil, look.Pad(20, 72, 16, 72, step)))
	}
	v.focus(s)
}

// nameAndMotto is the program's name in Nastaliq, in every language, and its line.
func nameAndMotto(s present.WelcomeScreen) fyne.CanvasObject {
	name := rtl.NewText("اشتراک", look.Wordmark.Style(look.HoldFieldInk))
	name.Align = rtl.Middle
	motto := look.Label(s.Motto, look.Place, look.HoldFieldInk)
	motto.Align = rtl.Middle
	return look.Column(0, look.Fixed(0, 170, name), motto)
}

func (v *welcomePage) step(s present.WelcomeScreen) fyne.CanvasObject {
	switch s.Step {
	case present.StepSheet:
		return v.sheet(s)
	case present.StepRequest:
		return v.formStep(s, v.request(s)...)
	case present.StepStart, present.StepJoin, present.StepRestore:
		return v.formStep(s)
	}
	return v.choices(s)
}

// tongues is the choice of the language: seen first, because nothing else can be read without it.
func (v *welcomePage) tongues(s present.WelcomeScreen) fyne.CanvasObject {
	texts, at := make([]string, len(s.Languages)), 0
	for i, l := range s.Languages {
		texts[i] = l.Text
		if l.Value == string(v.w.words.Language()) {
			at = i
		}
	}
	return look.Row(8, look.Space(), look.NewButton("", "keyboard", "", look.Quiet, v.w.keyboard).Named(v.w.words.Say(words.KeyboardTitle)), look.NewSegments(texts, at, func(i int) {
		v.w.set.Language = s.Languages[i].Value
		v.w.set.Hijri = i > 0
		v.w.restyle()
		v.w.keyed.Set(v.w.words.RightToLeft()) // nothing is typed yet
	}))
}

func (v *welcomePage) choices(s present.WelcomeScreen) fyne.CanvasObject {
	col := look.Column(0, v.tongues(s), look.Gap(1, 34), look.Label(s.Question, look.Heading, look.Ink), look.Gap(1, 6),
		look.Label(s.Calm, look.SectionLight, look.InkMuted), look.Gap(1, 24))
	v.doors = nil
	for i, c := range s.Choices {
		fill, ink := look.GroundSunken, look.Ink
		if c.Main {
			fill, ink = look.Accent, look.AccentInk
		}
		text := look.Column(4, look.Space(), look.Label(c.Text, look.Place, look.Ink), look.Paragraph(s.About[i], look.Body, look.InkMuted), look.Space())
		digit := look.Label(c.Key, look.BodyStrong, look.InkMuted)
		digit.Align = rtl.Middle
		key := look.NewCard(0, look.Fixed(32, 32, digit)).SetRoles(look.Surface, look.LineStrong)
		d := newDoor(look.Pad(8, 24, 8, 24, look.Row(22, middle(look.NewTile("", c.Icon, 60, 68, fill, ink)), look.Grow(text), middle(key))), func() { v.choose(c.ID) })
		v.doors = append(v.doors, d)
		col.Add(d)
		col.Add(look.Gap(1, 16))
	}
	col.Add(look.Gap(1, 6))
	col.Add(look.Row(12, middle(look.Icon("undo", look.InkMuted, look.ControlIcon)), middle(look.Label(s.Died, look.BodyStrong, look.Ink)),
		look.NewButton(s.Restore, "", "4", look.Quiet, func() { v.choose("restore") }), look.Space()))
	if s.Fault != nil {
		col.Add(faultCard(*s.Fault))
	}
	foot := look.Row(12, middle(look.Icon("state-offline", look.InkMuted, look.ControlIcon)), look.Label(s.Offline, look.Small, look.InkMuted), look.Space())
	return look.Border(8, nil, foot, nil, nil, look.Scroll(look.Inset(6, col)))
}

// choose takes one of the ways to begin.
func (v *welcomePage) choose(id string) {
	switch id {
	case "start":
		v.p.Go(present.StepStart)
	case "join":
		v.p.Go(present.StepJoin)
	case "restore":
		v.p.Go(present.StepRestore)
	case "sample":
		v.open(v.w.opts.Libraries.Sample)
		return
	}
	v.redraw()
}

// formStep draws a step that is a form.
func (v *welcomePage) formStep(s present.WelcomeScreen, above ...fyne.CanvasObject) fyne.CanvasObject {
	var kept map[string]*rtl.Entry
	if v.view != nil && v.view.form == v.p.Form() {
		kept = v.view.entries
	}
	v.view = &formView{kept: kept, words: v.w.words, form: v.p.Form(), canvas: v.w.win.Canvas(), save: v.save, cancel: v.back, other: v.key, narrow: v.w.narrow(), changed: func(string) { v.redraw() }}
	var extra []fyne.CanvasObject
	switch s.Step {
	case present.StepRestore:
		v.view.below = map[string]fyne.CanvasObject{
			"sheet": start(look.NewButton(s.OpenSheet, "", v.w.words.Say(words.KeyOpen), look.Secondary, v.openFile)),
			"from":  start(look.NewButton(s.Stick, "stick", "", look.Secondary, v.chooseStick))}
	case present.StepRequest:
		v.view.typed = func(string) { // the answer's words are others than the request's
			if !slices.Equal(v.p.Show(v.w.words).Request.Words, s.Request.Words) {
				v.redraw()
			}
		}
		extra = append(extra, start(look.NewButton(s.OpenFile, "", v.w.words.Say(words.KeyOpen), look.Secondary, v.openFile)))
	}
	if s.Fault != nil {
		v.view.wrong = faultCard(*s.Fault)
		extra = append(extra, v.view.wrong)
	}
	if v.task != nil {
		extra = append(extra, taskCard(*v.task, func() {
			if v.w.task != nil {
				v.w.task.stop()
			}
		}))
	}
	top := look.Column(12, v.tongues(s))
	for _, o := range above {
		top.Add(o)
	}
	return look.Border(16, top, nil, nil, nil, v.view.draw(*s.Form, extra...))
}

// chooseStick fills where the records are with the folder of a stick.
func (v *welcomePage) chooseStick() {
	v.w.choose(pickFolder, "", func(dir string) {
		v.p.Form().Set("from", dir)
		v.redraw()
	})
}

// openFile fills the long field of the form from a file.
func (v *welcomePage) openFile() {
	id, name := "admission", admissionFile
	if v.p.Step() == present.StepRestore {
		id, name = "sheet", ""
	}
	v.w.choose(pickFile, name, func(path string) {
		text, err := readText(path)
		if err != nil {
			v.p.Failed(err)
		} else {
			v.p.Form().Set(id, text)
		}
		v.redraw()
	})
}

// request draws the request and its three words.
func (v *welcomePage) request(s present.WelcomeScreen) []fyne.CanvasObject {
	three := look.Grid(3, 8) // who wants to see the text itself saves it
	for _, t := range s.Request.Words {
		l := look.Label(t, look.Place, look.Ink)
		l.Align = rtl.Middle
		three.Add(look.NewCard(0, look.Fixed(0, 48, l)).SetRoles(look.Surface, look.LineStrong))
	}
	row := look.Row(12, look.NewButton(s.Request.Copy, "", "", look.Primary, func() {
		v.w.app.Clipboard().SetContent(s.Request.Text)
		v.sent = s.Request.Copied
		v.redraw()
	}), look.NewButton(s.Request.Save, "", "", look.Secondary, func() {
		v.w.saveText(requestFile, s.Request.Text, func(path string) {
			v.sent = v.w.words.Say(words.SheetSaved, "file", base(path))
			v.redraw()
		})
	}))
	if v.sent != "" {
		row.Add(middle(look.NewMark("state-available", v.sent, look.BodyStrong, look.OK)))
	}
	row.Add(look.Space())
	return []fyne.CanvasObject{look.Label(s.Request.Step1, look.Reader, look.Ink), look.Label(s.Request.Who, look.BodyStrong, look.Ink), row, look.Label(s.Request.Same, look.Small, look.InkMuted), three}
}

// do does what the keys beside the buttons say: Ctrl+S hands in what stands there, Ctrl+O opens a file for it.
func (v *welcomePage) do(id string) {
	switch step := v.p.Step(); {
	case id == "save" && v.p.Form() != nil:
		v.save()
	case id == "import" && (step == present.StepRequest || step == present.StepRestore):
		v.openFile()
	}
}

// save hands the step's form in.
func (v *welcomePage) save() {
	if v.busy || v.w.task != nil {
		return
	}
	if v.p.Step() == present.StepRestore {
		v.restore()
		return
	}
	v.busy = true
	form := v.p.Form()
	v.w.work.do(func(ctx context.Context) func() {
		form.Save(ctx)
		return func() {
			v.busy = false
			v.redraw()
			v.ready()
		}
	})
}

func (v *welcomePage) restore() {
	work := v.p.Restoring()
	v.w.undertake(present.RestoreTask(), func(s present.TaskScreen) {
		v.task = &s
		v.redraw()
	}, func(ctx context.Context, progress func(model.Progress)) func(context.Context) {
		err := work(ctx, progress)
		return func(context.Context) {
			v.p.Restored(err)
			v.task = nil
			fyne.Do(v.ready)
		}
	})
}

// ready opens the library as soon as there is one.
func (v *welcomePage) ready() {
	if v.p.Ready {
		v.p.Ready = false
		if v.owed != nil {
			v.open(func(context.Context) (present.Library, error) { return v.owed, nil })
			return
		}
		v.open(v.w.opts.Libraries.Open)
	}
}

func (v *welcomePage) open(open func(context.Context) (present.Library, error)) {
	if v.busy {
		return
	}
	v.busy = true
	v.w.work.do(func(ctx context.Context) func() {
		lib, err := open(ctx)
		joined := false
		if err == nil {
			joined, err = v.p.Opened(ctx, lib)
		}
		return func() {
			v.busy = false
			if err != nil {
				v.p.Failed(err)
				v.redraw()
				return
			}
			if joined && lib.Settings().SheetDue {
				v.w.owe(lib)
				v.w.welcome.joined, v.w.welcome.three = true, v.p.Three()
				return
			}
			v.w.open(lib)
			if joined || v.joined {
				three := v.three
				if joined {
					three = v.p.Three()
				}
				v.w.do(func(context.Context) { v.w.network.Joined(three) })
				v.w.goTo("network")
			}
		}
	})
}

func (v *welcomePage) back() {
	if v.w.task != nil {
		v.w.task.stop()
		return
	}
	v.p.Back()
	v.sent = ""
	v.redraw()
}

func (v *welcomePage) focus(s present.WelcomeScreen) {
	switch {
	case s.Form != nil:
		v.view.focus(*s.Form)
	case s.Step == present.StepSheet:
		v.w.win.Canvas().Focus(v.obvious)
	case s.Step == present.StepWelcome && len(v.doors) > 0:
		v.w.win.Canvas().Focus(v.doors[0])
	}
}

// key takes arrows between the ways to begin, and Esc back.
func (v *welcomePage) key(k *fyne.KeyEvent) bool {
	if k.Name == fyne.KeyEscape {
		v.back()
		return true
	}
	if v.p.Step() != present.StepWelcome {
		return false
	}
	for i, d := range v.doors {
		if v.w.win.Canvas().Focused() != d {
			continue
		}
		switch k.Name {
		case fyne.KeyDown:
			v.w.win.Canvas().Focus(v.doors[min(i+1, len(v.doors)-1)])
			return true
		case fyne.KeyUp:
			v.w.win.Canvas().Focus(v.doors[max(i-1, 0)])
			return true
		}
	}
	return false
}

// rune takes the digits beside the ways to begin.
func (v *welcomePage) rune(r rune) {
	if v.p.Step() != present.StepWelcome {
		return
	}
	switch r {
	case '1', '۱':
		v.choose("start")
	case '2', '۲':
		v.choose("join")
	case '3', '۳':
		v.choose("sample")
	case '4', '۴':
		v.choose("restore")
	}
}
