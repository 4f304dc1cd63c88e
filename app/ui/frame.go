package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
	"ishtirak/app/words"
)

// page is the inside of a place. load and show run on the worker, the rest on the window's goroutine.
type page interface {
	load(ctx context.Context)             // reads what it shows
	show(said *words.Words) (draw func()) // words it; draw puts it on the screen
	object() fyne.CanvasObject
	box() (icon, hint string) // of the box at the top
	typed(text string)        // the text in the box changed
	entered(text string)      // Enter in the box
	key(k *fyne.KeyEvent) bool
	do(id string) bool // an action; false: not one of its
}

// places lists what the rail leads to: only places that work. The same list feeds the tests and the gallery.
var places = [...]struct {
	id   string
	icon string
	word words.Key
	key  fyne.KeyName
	make func(*Window) page
}{
	{"desk", "place-desk", words.PlaceDesk, fyne.KeyF2, newDeskPage},
	{"catalogue", "place-catalogue", words.PlaceCatalogue, fyne.KeyF3, newCataloguePage},
	{"readers", "place-readers", words.PlaceReaders, fyne.KeyF4, newReadersPage},
	{"network", "place-network", words.PlaceNetwork, fyne.KeyF6, newNetworkPage},
	{"sort-out", "place-sort-out", words.PlaceSortOut, fyne.KeyF7, newSortOutPage},
	{"reports", "place-reports", words.PlaceReports, fyne.KeyF8, newReportsPage},
	{"settings", "place-settings", words.PlaceSettings, fyne.KeyF9, newSettingsPage},
}

// frame is what stands round every page: the rail, the box, the date, the foot.
type frame struct {
	w       *Window
	object  *fyne.Container
	box     *look.Box
	rail    []*look.RailItem
	list    *look.Scroller // of the places, where large letters leave no room for all
	person  *rtl.Text
	named   *fyne.Container // holds it, as large as there is room
	tile    *look.Tile
	who     *look.Item        // holds both, and leads to the names of the staff
	inside  *fyne.Container   // the page, or a form over it
	top     *fyne.Container   // the date, and the page's button beside it
	strip   *fyne.Container   // long work under way
	note    fyne.CanvasObject // stands there until it is closed; nil: nothing does
	foot    *fyne.Container
	last    present.Foot
	unsaved bool   // the foot says that a form is not saved
	offer   *offer // a deed that can be taken back, nil for none
	quiet   bool   // the box is changed by the program
	burst   burst
	whole   string // all that stood in the box at the last Enter
}

func newFrame(w *Window) *frame {
	f := &frame{w: w, object: container.NewStack(), inside: container.New(&watched{w: w, was: w.narrow()}), foot: container.NewStack(), strip: container.NewStack()}
	return f
}

// rebuild draws the frame anew: another language, direction or text size. What is typed in the box stays.
func (f *frame) rebuild() { f.dress() }

// watch gives the keys back to the box when a click beside everything took them.
func (f *frame) watch() {
	tell := f.box.Entry.OnFocus
	f.box.Entry.OnFocus = func(on bool) {
		tell(on)
		if !on {
			fyne.Do(f.w.refocus)
		}
	}
}

// dress makes the parts of the frame in the window's language.
func (f *frame) dress() {
	w := f.w
	names := [2]string{w.words.Say(words.LanguageEn), w.words.Say(words.LanguageUr)}
	if f.box == nil {
		f.box = look.NewBox("", names)
		f.box.OnKeyboard, f.box.OnSwitched = func() { w.keyboard(); w.handBack() }, w.handBack
		f.watch()
	}
	f.box.SetKeyboards(names, w.words.Say(words.KeyboardTitle))
	f.box.Entry.OnChanged = func(s string) {
		if !f.quiet {
			w.pages[w.at].typed(s)
		}
	}
	f.box.Entry.OnRune = func(r rune) { f.burst.key(r, w.opts.Now()) }
	f.box.Entry.OnSubmitted = func(s string) {
		f.whole = s
		if code := f.burst.end(w.opts.Now()); code != "" && code != s {
			s = code // what stood there before the scan is no part of it
			f.box.Entry.SetText(s)
		}
		w.pages[w.at].entered(s)
	}
	f.box.Entry.OnKey = f.keys
	f.object.Objects = []fyne.CanvasObject{look.NewFill(look.Ground, 0),
		look.Border(0, nil, f.footBand(), f.railBand(), nil, f.middle())}
	f.enter()
	f.object.Refresh()
}

// keys lets the window have the keys that mean something to it before the box sees them.
func (f *frame) keys(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd:
		return f.box.Entry.Text == "" && f.w.key(k)
	case fyne.KeyBackspace, fyne.KeyDelete, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyTab:
		return false
	}
	return f.w.key(k)
}

func (f *frame) middle() fyne.CanvasObject {
	now := f.w.opts.Now()
	date := look.Column(0, look.Space(), fitted(f.w.words.Today(now), look.BodyStrong, look.Ink))
	if h := f.w.words.Hijri(now); h != "" && f.w.words.RightToLeft() {
		date.Add(look.Label(h, look.Small, look.InkFaint))
	}
	date.Add(look.Space())
	f.top = look.Row(12, look.Grow(date))
	top := look.Pad(12, 24, 12, 24, look.Fixed(0, 48, look.Sides(f.box, f.top)))
	if f.w.narrow() {
		top = look.Pad(12, 24, 12, 24, look.Fixed(0, 48, f.box))
	}
	return look.Border(0, top, f.strip, nil, nil, look.Pad(0, 24, 16, 24, f.inside))
}

func (f *frame) railBand() fyne.CanvasObject {
	w := f.w
	f.rail = nil
	name := look.RowTitle
	if !w.words.RightToLeft() {
		name = look.Place
	}
	head := look.Pad(0, 0, 0, 4, look.Row(11, middle(look.Art("app-icon", 38, 38)), middle(look.Label(w.words.Say(words.AppName), name, look.Ink))))
	self := w.lib.Self()
	lib := look.Pad(4, 0, 18, 4, look.Label(self.Names.Any(w.words.RightToLeft()), look.SmallStrong, look.InkMuted))
	col := look.Column(0)
	for i, p := range places {
		item := look.NewRailItem(w.words.Say(p.word), p.icon, string(p.key), func() { w.place(i) })
		f.rail = append(f.rail, item)
		col.Add(item)
		col.Add(look.Gap(1, 2))
	}
	f.named = fitTo("", look.SmallStrong, look.Ink, 1, fit{least: least})
	f.person = f.named.Objects[0].(*rtl.Text)
	f.tile = look.NewTile(" ", "", 34, 40, look.Surface, look.Accent)
	person := look.Row(11, middle(f.tile), look.Grow(look.Column(0, look.Space(), f.named, look.Label(w.words.Say(words.RailAtDesk), look.Key, look.InkMuted), look.Space())))
	who := look.NewItem(46, look.Pad(0, 0, 0, 4, person), w.whoWorks)
	who.SetRule(false)
	f.who = who
	foot := look.Column(0, look.NewRule(), look.Pad(10, 0, 0, 0, look.Fixed(0, 46, who)))
	f.list = look.Scroll(col)
	inside := look.Pad(14, 12, 12, 12, look.Border(0, look.Column(0, look.Fixed(0, 48, head), lib), foot, nil, nil, f.list))
	return look.Row(0, container.NewStack(look.NewFill(look.GroundSunken, 0), look.Fixed(191, 0, inside)), look.NewUprightRule())
}

// whoWorks lets a person say who is at the desk now; where nobody is named yet it leads to where names are added.
func (w *Window) whoWorks() {
	said := w.words
	w.work.do(func(context.Context) func() {
		list := w.setting.Here(said)
		return func() {
			if len(list) == 0 {
				w.goTo("settings")
				return
			}
			w.ask(w.frame.who, list, func(n int) {
				w.do(func(ctx context.Context) {
					w.setting.WorkAs(n)
					w.asks(ctx)
				})
			})
		}
	})
}

func (f *frame) footBand() fyne.CanvasObject {
	return look.Column(0, look.NewRule(),
		look.Fixed(0, 39, container.NewStack(look.NewFill(look.GroundSunken, 0), look.Pad(0, 24, 0, 24, f.foot))))
}

// show draws the foot line, who is at the desk, and how many cases wait.
func (f *frame) show(t present.Foot, person string, waiting int) {
	w := f.w
	if person == "" {
		person = w.words.Say(words.RailNobody)
	}
	f.person.SetText(person)
	f.named.Refresh()
	f.tile.SetName(person)
	for i, p := range places {
		count := ""
		if p.id == "sort-out" && waiting > 0 {
			count = w.words.Number(waiting)
		}
		f.rail[i].SetBadge(count)
		f.rail[i].SetSelected(i == w.at)
	}
	f.last = t
	f.line()
}

// line draws the foot line.
func (f *frame) line() {
	w, t := f.w, f.last
	if f.unsaved = w.form != nil && w.form.form.Touched() && !w.form.form.Done; f.unsaved {
		t.Saved = present.Mark{Icon: "edit", Tone: present.ToneNotice, Text: w.words.Say(words.FootUnsaved)}
	}
	row := look.Row(10, look.Icon(t.Mark.Icon, role(t.Mark.Tone), look.InlineIcon), look.Label(t.Mark.Text, look.SmallStrong, look.Ink))
	if t.About != "" {
		row.Add(look.Label("·", look.Small, look.InkMuted))
		row.Add(look.Grow(look.Label(t.About, look.Small, look.InkMuted)))
	} else {
		row.Add(look.Space())
	}
	if w.narrow() {
		t.Peers = nil
	}
	for _, p := range t.Peers {
		row.Add(mark(p, look.SmallStrong))
		row.Add(look.Gap(4, 1))
	}
	row.Add(look.Pad(10, 6, 10, 0, look.NewUprightRule()))
	row.Add(mark(t.Saved, look.SmallStrong))
	f.foot.Objects = []fyne.CanvasObject{row}
	f.foot.Refresh()
}

// enter puts the page in view under the box.
func (f *frame) enter() {
	p := f.w.pages[f.w.at]
	icon, hint := p.box()
	f.box.SetIcon(icon)
	f.box.SetNote("")
	f.box.Entry.SetPlaceHolder(hint)
	for i := range f.rail {
		f.rail[i].SetSelected(i == f.w.at)
	}
	f.list.Reveal(f.rail[f.w.at])
	f.tool(nil)
	f.put(p.object())
}

// tool sets what is done with the whole page beside the date; nil: nothing.
func (f *frame) tool(o fyne.CanvasObject) {
	f.top.Objects = f.top.Objects[:1]
	if o != nil {
		f.top.Objects = append(f.top.Objects, o)
	}
	f.top.Layout.Layout(f.top.Objects, f.top.Size())
	f.top.Refresh()
}

// put shows o where the page stands.
func (f *frame) put(o fyne.CanvasObject) {
	f.inside.Objects = []fyne.CanvasObject{o}
	f.inside.Refresh()
	f.w.win.SetTitle(f.w.title())
}

// said is how long a saved form is spoken of.
const said = 6 * time.Second

// say tells above the foot that something is done, until it is closed or a while has passed.
func (f *frame) say(text string) {
	f.toast(text, func(away func()) fyne.CanvasObject {
		return look.NewToast(text, "", "", nil, away).Named(f.w.words.Say(words.ActClose))
	}, said)
}

// clear empties the box without telling the page.
func (f *frame) clear() { f.set("") }

// set puts text in the box without telling the page.
func (f *frame) set(text string) {
	f.quiet, f.burst = true, burst{}
	f.box.Entry.SetText(text)
	f.quiet = false
}

// focus gives the keys to the box.
func (f *frame) focus() { f.w.win.Canvas().Focus(f.box.Entry) }
