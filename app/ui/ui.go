// Package ui draws it with Fyne; ui/rtl sets Urdu right.
//
// The window owns what moves: one worker for everything that a person does, one follower of the library, long work with its
// count. Pages only draw what a presenter has worded; a page is drawn anew from it, so that a change of language, of colours
// or of text size is one more drawing.
package ui

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
	"ishtirak/app/words"
	"ishtirak/model"
)

// Options say what the window opens. Libraries and Now are needed.
type Options struct {
	Libraries present.Libraries
	Library   present.Library        // nil: the first screen, which leads to one
	Now       func() time.Time       // the clock of the wall
	Settings  model.Settings         // before a library is open: how the window looks and speaks
	Sticks    func() []present.Stick // lists those that are in; nil: none is ever found
	Inline    bool                   // do all work on the caller's goroutine, for tests and pictures
}

// Window is the window of the program.
type Window struct {
	app  fyne.App
	win  fyne.Window
	opts Options
	work *worker

	words *words.Words // changed on the window's goroutine only
	theme *look.Theme
	set   model.Settings

	lib     present.Library
	welcome *welcomePage
	desk    *present.Desk
	books   *present.Catalogue
	readers *present.Readers
	network *present.Network
	sorting *present.SortOut
	reports *present.Reports
	setting *present.Settings

	pages   []page
	at      int
	kept    []string  // what is typed in the box, by page
	folds   []float32 // how far a page in a narrow window is scrolled
	frame   *frame
	form    *formPage         // over the page, nil for none
	drafts  map[int]*formPage // by place: forms left in the middle of writing
	task    *task             // long work under way, nil for none
	picker  *filePicker       // a file is being chosen
	lastDir string            // in which one was chosen last, "" for none yet
	disk    disk              // where it is chosen
	end     context.CancelFunc
	warned  *formPage     // of whose being unsaved the person was told who closed the window
	plays   look.Player   // nil: silent
	keyed   *rtl.Keyboard // one for the window's life: no change of look or language switches it
	dock    *look.Dock    // round all that the window shows
	shows   fyne.CanvasObject
}

// ErrOptions says that the window was not given what it needs.
var ErrOptions = errors.New("ui: the window needs libraries and a clock")

// New makes the window. It starts nothing; Run does.
func New(a fyne.App, o Options) (*Window, error) {
	if o.Now == nil || o.Libraries == nil {
		return nil, ErrOptions
	}
	o.Now = present.Here(o.Now)
	w := &Window{app: a, opts: o, work: newWorker(o.Inline), set: o.Settings, keyed: new(rtl.Keyboard), disk: ownDisk{}}
	if o.Library != nil {
		w.set = o.Library.Settings()
	}
	if err := w.speak(); err != nil {
		return nil, err
	}
	w.keyed.Watch(func(bool) { w.keepKeyboard() })
	w.win = a.NewWindow(w.title())
	w.win.SetPadded(false)
	w.win.Resize(fyne.NewSize(1366, 768))
	w.win.SetMaster()
	w.win.SetCloseIntercept(w.leave)
	w.keys()
	switch {
	case o.Library == nil:
		w.begin()
	case o.Library.Settings().SheetDue:
		w.owe(o.Library)
	default:
		w.open(o.Library)
	}
	return w, nil
}

// Window is Fyne's window.
func (w *Window) Window() fyne.Window { return w.win }

// Run shows the window until it is closed, then closes the library.
func (w *Window) Run() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	w.work.ctx = ctx
	go w.work.run(ctx)
	w.plays = look.NewPlayer(ctx, func() float64 { return 0.6 })
	if w.lib != nil {
		w.follow(w.lib)
	}
	w.win.ShowAndRun()
	if w.end != nil {
		w.end()
	}
}

// speak loads the words and the theme of the settings.
func (w *Window) speak() error {
	lang := words.Language(w.set.Language)
	if lang == "" {
		lang = words.Urdu
	}
	said, err := words.Load(lang, present.Style(w.set))
	if err != nil {
		if said, err = words.Load(words.English, present.Style(w.set)); err != nil {
			return err
		}
	}
	w.words = said
	dir := rtl.LTR
	if said.RightToLeft() {
		dir = rtl.RTL
	}
	w.theme = look.New(look.Options{Dark: w.set.Dark, Scale: float32(w.set.TextSize) / 100, Dir: dir, Keyboard: w.keyed})
	w.app.Settings().SetTheme(w.theme)
	if w.dock != nil {
		w.dock.SetWords(w.keyboardWords())
	}
	_ = look.SpeakFyne(string(said.Language())) // a language that Fyne has no words in leaves its menus as they are
	return nil
}

// keyboardWords are those of the keyboard on the screen.
func (w *Window) keyboardWords() look.KeyboardWords {
	return look.KeyboardWords{Title: w.words.Say(words.KeyboardTitle), NoJoin: w.words.Say(words.KeyboardNoJoin), Close: w.words.Say(words.KeyboardClose)}
}

// keepKeyboard keeps in the settings which keyboard is on: it is on again when the program is.
func (w *Window) keepKeyboard() {
	on := w.keyed.On()
	if w.lib == nil || w.set.UrduKeys == on {
		return
	}
	w.set.UrduKeys = on
	w.work.do(func(context.Context) func() {
		s := w.lib.Settings()
		s.UrduKeys = on
		_ = w.lib.SaveSettings(s)
		return nil
	})
}

// begin shows the first screen.
func (w *Window) begin() {
	w.keyed.Set(w.words.RightToLeft()) // nothing is typed yet
	w.welcome = newWelcomePage(w)
	w.welcome.redraw()
}

// open shows a library.
func (w *Window) open(lib present.Library) {
	w.lib, w.welcome = lib, nil
	w.desk, w.books = present.NewDesk(lib, w.opts.Now), present.NewCatalogue(lib, w.opts.Now)
	w.readers, w.network = present.NewReaders(lib, w.opts.Now), present.NewNetwork(lib, w.opts.Now, w.explainer())
	w.sorting, w.setting = present.NewSortOut(lib, w.opts.Now), present.NewSettings(lib, w.opts.Now)
	w.reports = present.NewReports(lib, w.opts.Now)
	if s := lib.Settings(); s.Language == "" {
		s.Language, s.Dark, s.TextSize = string(w.words.Language()), w.set.Dark, w.set.TextSize
		s.Hijri, s.UrduKeys = w.words.RightToLeft(), w.keyed.On()
		w.set = s
		w.work.do(func(context.Context) func() { _ = lib.SaveSettings(s); return nil })
	} else {
		w.set = s
		w.keyed.Set(s.UrduKeys)
	}
	_ = w.speak()
	w.pages, w.kept = nil, make([]string, len(places))
	w.folds = make([]float32, len(places))
	for _, p := range places {
		w.pages = append(w.pages, p.make(w))
	}
	w.frame = newFrame(w)
	if w.plays != nil { // running already; else Run follows
		w.follow(lib)
	}
	w.at = 0
	w.frame.dress()
	w.put(w.frame.object)
	w.do(func(ctx context.Context) {
		w.setting.Refresh(ctx)
		if len(w.setting.Unsaid()) == 1 {
			w.setting.WorkAs(0) // the founder, until someone else says so
		}
		w.network.Staff(w.setting.Unsaid())
		w.network.Refresh(ctx)
		w.sorting.Refresh(ctx)
	})
	w.frame.focus()
	w.news()
}

// explainer is whoever opens libraries, where that can tell why an exchange failed.
func (w *Window) explainer() present.Explainer {
	e, _ := w.opts.Libraries.(present.Explainer)
	return e
}

// do carries out an act on the worker, then draws the page, the rail and the foot.
func (w *Window) do(act func(ctx context.Context)) {
	said := w.words
	w.work.do(func(ctx context.Context) func() {
		act(ctx)
		return w.shown(said)
	})
}

// shown words the page in view and the frame on the worker; what it returns draws them.
func (w *Window) shown(said *words.Words) func() {
	p := w.pages[w.at]
	w.books.Know(w.network.Libraries())
	draw, foot := p.show(said), w.network.Foot(said)
	person, waiting := w.setting.Person(said), len(w.sorting.Show(said).Cases)
	return func() {
		if said != w.words { // the language changed meanwhile: word it again
			w.do(func(context.Context) {})
			return
		}
		w.frame.show(foot, person, waiting)
		if p == w.pages[w.at] && w.form == nil {
			draw()
		}
		w.refocus()
	}
}

// place opens a place.
func (w *Window) place(n int) {
	if w.lib == nil || n < 0 || n >= len(w.pages) {
		return
	}
	w.park()
	if w.task == nil { // what was said of another place
		w.frame.quit()
		w.frame.showOffer()
	}
	w.kept[w.at] = w.frame.box.Entry.Text
	w.at = n
	if places[n].id == "desk" { // half a word left there is nobody's search, and the next scan would follow it
		w.kept[n] = ""
	}
	if w.task != nil { // where it is drawn depends on the place
		w.task.again()
	}
	w.frame.enter()
	w.frame.set(w.kept[n])
	w.frame.box.Entry.SelectAll() // the next key replaces it
	p := w.pages[n]
	w.do(p.load)
	if !w.unpark() {
		w.frame.focus()
	}
}

// goTo opens the place with this ID.
func (w *Window) goTo(id string) {
	for i, p := range places {
		if p.id == id {
			w.place(i)
		}
	}
}

// restyle speaks another language or takes other colours, at once; what is being typed stays.
func (w *Window) restyle() {
	if err := w.speak(); err != nil {
		return
	}
	w.redraw()
}

// redraw draws what is there again, in the words and colours it has.
func (w *Window) redraw() {
	if w.lib == nil {
		w.welcome.redraw()
		return
	}
	w.frame.rebuild()
	if w.form != nil {
		w.form.redraw()
	}
	w.do(func(context.Context) {})
}

// relaid draws frame and page again after the window became narrow or wide. It sets no theme: a theme lays the window
// out while it is being set, and would wait for itself.
func (w *Window) relaid() {
	if w.frame == nil || w.frame.box == nil {
		return
	}
	w.redraw()
}

// refocus gives the keys to the box whenever nothing else that can be seen has them, and in a form to its last field. What Tab
// has led to keeps them when the page is drawn anew.
func (w *Window) refocus() {
	switch {
	case w.picker != nil: // asks for them itself
	case w.lib == nil && w.welcome != nil:
		if !w.drawn(w.win.Canvas().Focused()) {
			w.welcome.refocus()
		}
	case w.lib == nil || w.frame == nil:
	case w.form != nil:
		w.form.view.resume()
	case !w.drawn(w.win.Canvas().Focused()):
		if heir := look.Heir(w.dock, w.win.Canvas().Focused()); heir != nil {
			w.win.Canvas().Focus(heir)
			return
		}
		w.frame.focus()
	}
}

// drawn reports whether what has the keys is still in the window: a button that was pressed may be gone with its page.
func (w *Window) drawn(f fyne.Focusable) bool {
	o, ok := f.(fyne.CanvasObject)
	return ok && placed(o)
}

// sound plays what was heard at the desk, unless it is turned off on this laptop.
func (w *Window) sound(s present.Sound) {
	if w.plays != nil && present.Heard(w.set, s) {
		w.plays.Play(look.Sound(s))
	}
}

// hear plays a sound for the person who asks what it is like, turned off or not.
func (w *Window) hear(s present.Sound) {
	if w.plays != nil {
		w.plays.Play(look.Sound(s))
	}
}

// whole shows o over the whole window.
func (w *Window) whole(o fyne.CanvasObject) {
	w.put(container.NewStack(look.NewFill(look.Ground, 0), newGround(w.regain), o))
}

// regain gives the keys back after a click beside everything that stands over the whole window.
func (w *Window) regain() {
	if w.picker != nil && w.win.Canvas().Focused() == nil {
		w.win.Canvas().Focus(w.picker.path)
	}
	w.refocus()
}

// ground is what stands behind all that can be pressed: a click on it takes the keys from whoever has them, and it gives them back.
type ground struct {
	widget.BaseWidget
	tapped func()
}

func newGround(tapped func()) *ground {
	g := &ground{tapped: tapped}
	g.ExtendBaseWidget(g)
	return g
}

// Tapped is called by Fyne.
func (g *ground) Tapped(*fyne.PointEvent) { g.tapped() }

// CreateRenderer draws nothing.
func (g *ground) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack())
}

// put shows o in the window, above the keyboard where that is open. Whatever o asks for, the window asks for little: large
// letters are scrolled and never make it larger than the screen.
func (w *Window) put(o fyne.CanvasObject) {
	w.shows = o
	w.win.SetTitle(w.title())
	o = container.New(loose{}, o)
	if w.dock == nil {
		w.dock = look.NewDock(w.keyboardWords(), o)
		w.win.SetContent(w.dock)
		return
	}
	w.dock.SetContent(o)
}

// loose fills the room there is and asks for no more than the smallest window.
type loose struct{}

// Layout fills.
func (loose) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
}

// MinSize is that of a very small window, in pixels: letters of any size leave it as it is.
func (loose) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(480, 240) }
