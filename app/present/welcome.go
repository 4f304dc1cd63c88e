package present

import (
	"context"

	"ishtirak/app/words"
	"ishtirak/model"
)

// Libraries opens a library for the window: the one of this laptop, or a new one.
type Libraries interface {
	// Start founds a library of its own and gives the text of its recovery sheet.
	Start(ctx context.Context, f Founding) (sheet string, err error)
	// Request prepares this laptop for joining: the text to carry and the three words shown on both screens.
	Request(ctx context.Context, a Asking) (text string, words []string, err error)
	// Asked is what was asked before and nobody has granted yet, its text and its words; false where nothing was.
	Asked() (a Asking, text string, words []string, is bool)
	// Join finishes what Request began.
	Join(ctx context.Context, admission string) error
	// Words gives an admission's three words: the same on the screen where it was made.
	Words(admission string) ([]string, error)
	// Restore rebuilds a library from its sheet and a stick's folder or an https:// address.
	Restore(ctx context.Context, sheet, from string, progress func(model.Progress)) error
	// Open opens what Start, Join or Restore made, or what was here already.
	Open(ctx context.Context) (Library, error)
	// Sample opens a sample library that may be tried without consequence.
	Sample(ctx context.Context) (Library, error)
}

// Founding says what library to start.
type Founding struct {
	Names model.Names
	Code  string
	Staff string
}

// Asking says who asks to join: zero names for a further laptop of the library that admits.
type Asking struct {
	Names  model.Names
	Code   string
	Laptop string // what this laptop is called in the network
	Staff  string // who asks; "": nobody is named
}

// Step is where a person is before a library is open.
type Step int

// The steps.
const (
	StepWelcome Step = iota
	StepStart
	StepSheet
	StepJoin
	StepRequest
	StepRestore
)

// Welcome leads to an open library: start one, join, restore, or look around.
type Welcome struct {
	libs    Libraries
	step    Step
	form    *Form
	sheet   string
	kept    string // the file the sheet was saved in
	request string
	three   []string
	asking  Asking // what the request asks
	err     error
	failed  failing
	why     Why
	staff   string // who works at a laptop that joins
	joined  bool
	Ready   bool // a library can be opened
}

// NewWelcome begins before a library is open: where a request was made, with that.
func NewWelcome(libs Libraries) *Welcome {
	v := &Welcome{libs: libs}
	if a, text, three, is := libs.Asked(); is {
		v.asked(a, text, three)
	}
	return v
}

// asked shows a request that was made.
func (v *Welcome) asked(a Asking, text string, three []string) {
	v.Go(StepRequest)
	v.asking, v.request, v.three, v.staff = a, text, three, a.Staff
}

// Step says where the person is.
func (v *Welcome) Step() Step { return v.step }

// Form is the form of the step, nil where it has none.
func (v *Welcome) Form() *Form { return v.form }

// Go begins a step.
func (v *Welcome) Go(s Step) {
	v.step, v.form, v.err, v.why = s, nil, nil, Why{}
	switch s {
	case StepStart:
		v.form = v.start()
	case StepJoin:
		v.form = v.join()
	case StepRequest:
		v.form = v.admission()
	case StepRestore:
		v.form = restoreForm()
	}
}

// Back goes to the step before.
func (v *Welcome) Back() {
	switch v.step {
	case StepSheet: // the library is made: there is no way back, and none is needed
	case StepRequest:
		v.Go(StepJoin)
	default:
		v.Go(StepWelcome)
	}
}

func (v *Welcome) start() *Form {
	f := &Form{heading: words.StartTitle, about: words.StartAbout, save: words.StartGo}
	f.fields = []field{
		{id: "name", label: words.StartName, hint: words.StartNameHint},
		{id: "code", label: words.StartCode, hint: words.StartCodeHint, latin: true, note: codeNote},
		{id: "staff", label: words.StartStaff, hint: words.StartStaffHint},
	}
	f.check = func(get func(string) string) (string, words.Key) {
		if id, k := checkLibrary(get); k != "" {
			return id, k
		}
		if get("staff") == "" {
			return "staff", words.WrongStaff
		}
		return "", ""
	}
	f.submit = func(ctx context.Context, get func(string) string) error {
		sheet, err := v.libs.Start(ctx, Founding{Names: both(get("name"), ""), Code: tidyCode(get("code")), Staff: get("staff")})
		if err != nil {
			return err
		}
		v.sheet, v.step, v.form = sheet, StepSheet, nil
		return nil
	}
	return f
}

func checkLibrary(get func(string) string) (string, words.Key) {
	switch {
	case get("name") == "":
		return "name", words.WrongName
	case !codeShape.MatchString(tidyCode(get("code"))):
		return "code", words.WrongCode
	}
	return "", ""
}

// Offer shows the recovery sheet of a library that is here already, and that nobody has said to have on paper.
func (v *Welcome) Offer(sheet string) { v.step, v.form, v.sheet = StepSheet, nil, sheet }

// Opened carries out in the library what was said before there was one: who works at a laptop that joined, and that the
// recovery sheet is kept. A library that began by joining has a sheet too, which is still to be shown: SheetDue is set. joined says
// that the library is still empty, because nothing was exchanged yet.
func (v *Welcome) Opened(ctx context.Context, lib Setting) (joined bool, err error) {
	s := lib.Settings()
	was := s
	if v.kept != "" {
		s.SheetDue = false
	}
	if v.joined {
		_, err := lib.Sheet(ctx)
		s.SheetDue = err == nil // a second laptop has none
	}
	if v.joined && v.staff != "" {
		who, err := lib.SaveStaff(ctx, founder(ctx, lib, both(v.staff, "")))
		if err != nil {
			return v.joined, err
		}
		s.Staff = who.ID
	}
	if s.SheetDue == was.SheetDue && s.Staff == was.Staff {
		return v.joined, nil
	}
	return v.joined, lib.SaveSettings(s)
}

// founder gives a name to the one whom a library that joins begins with; where there are others already, it is a new one's.
func founder(ctx context.Context, lib Setting, name model.Names) model.StaffForm {
	f := model.StaffForm{Names: name}
	if list, err := lib.Staff(ctx); err == nil && len(list) == 1 && list[0].Names == (model.Names{Roman: model.Nameless}) {
		f.ID, f.Role, f.Seen = list[0].ID, list[0].Role, list[0].Seen
	}
	return f
}

// Sheet is the text of the recovery sheet, to be printed.
func (v *Welcome) Sheet() string { return v.sheet }

// Saved notes the file in which the sheet was saved: only then may the person go on.
func (v *Welcome) Saved(file string) { v.kept = file }

// Finish goes on from the sheet.
func (v *Welcome) Finish() { v.Ready = v.kept != "" }

func (v *Welcome) join() *Form {
	f := &Form{heading: words.JoinTitle, save: words.JoinMake}
	a, as := v.asking, "second"
	if a.Code != "" {
		as = "library"
	}
	if v.request != "" {
		f.about = words.JoinAgain
	}
	f.fields = []field{
		{id: "as", label: words.JoinAs, value: as, options: []option{{"second", words.JoinSecond, ""}, {"library", words.JoinLibrary, ""}}},
		{id: "name", label: words.StartName, hint: words.JoinNameHint, value: a.Names.Any(true)},
		{id: "code", label: words.StartCode, hint: words.StartCodeHint, latin: true, note: codeNote, value: a.Code},
		{id: "laptop", label: words.JoinLaptop, hint: words.JoinLaptopHint, value: a.Laptop},
		{id: "staff", label: words.StartStaff, hint: words.StartStaffHint, value: a.Staff},
	}
	f.check = func(get func(string) string) (string, words.Key) {
		if get("as") != "second" {
			if id, k := checkLibrary(get); k != "" {
				return id, k
			}
		}
		switch {
		case get("laptop") == "":
			return "laptop", words.JoinWrongLaptop
		case get("as") == "library" && get("staff") == "":
			return "staff", words.WrongStaff
		}
		return "", ""
	}
	f.submit = func(ctx context.Context, get func(string) string) error {
		a := Asking{Laptop: get("laptop")}
		if get("as") == "library" {
			a.Names, a.Code, a.Staff = both(get("name"), ""), tidyCode(get("code")), get("staff")
		}
		text, three, err := v.libs.Request(ctx, a)
		if err != nil {
			return err
		}
		v.asked(a, text, three)
		return nil
	}
	return f
}

func (v *Welcome) admission() *Form {
	f := &Form{heading: words.JoinStep2, save: words.JoinGo, work: failedAdmission}
	f.fields = []field{{id: "admission", label: words.JoinAnswer, hint: words.JoinAnswerHint, lines: 5, latin: true}}
	f.check = func(get func(string) string) (string, words.Key) {
		if get("admission") == "" {
			return "admission", words.JoinAnswerHint
		}
		return "", ""
	}
	f.submit = func(ctx context.Context, get func(string) string) error {
		err := v.libs.Join(ctx, get("admission"))
		if three, wrong := v.libs.Words(get("admission")); wrong == nil {
			v.three = three
		}
		v.Ready = err == nil
		v.joined = v.Ready
		return err
	}
	return f
}

func restoreForm() *Form {
	f := &Form{heading: words.RestoreTitle, about: words.RestoreAbout, save: words.RestoreGo}
	f.fields = []field{
		{id: "sheet", label: words.RestoreSheet, hint: words.RestoreSheetHint, lines: 6, latin: true},
		{id: "from", label: words.RestoreFrom, hint: words.RestoreFromHint, latin: true},
	}
	return f
}

// Restoring gives the work of bringing a library back, for a Task; Restored takes its result.
func (v *Welcome) Restoring() func(context.Context, func(model.Progress)) error {
	sheet, from := v.form.Get("sheet"), v.form.Get("from")
	return func(ctx context.Context, progress func(model.Progress)) error {
		return v.libs.Restore(ctx, sheet, from, progress)
	}
}

// Restored keeps how bringing back ended.
func (v *Welcome) Restored(err error) {
	v.err, v.failed, v.Ready = err, failedSheet, err == nil
	if e, ok := v.libs.(Explainer); ok && err != nil {
		v.why = e.Explain(err)
	}
	if v.why.Cause != "" && v.why.Cause != CauseAltered { // the sheet is good: where it was looked for is not
		v.failed = failedPeer
	}
}

// Three are the words of the admission by which this laptop joined.
func (v *Welcome) Three() []string { return v.three }

// Failed keeps that the library could not be opened.
func (v *Welcome) Failed(err error) { v.err, v.failed = err, failedAct }

// WelcomeScreen is what stands before a library is open, worded.
type WelcomeScreen struct {
	Step      Step
	Name      string
	Motto     string
	Question  string
	Calm      string
	Choices   []Action // with their texts below in About
	About     []string
	Died      string
	Restore   string
	Offline   string
	Languages []Option
	Form      *FormScreen
	Sheet     SheetPanel
	Request   RequestPanel
	Fault     *Fault
	Back      string
	OpenFile  string
	OpenSheet string
	Stick     string // chooses the folder of one
}

// SheetPanel offers the recovery sheet.
type SheetPanel struct {
	Title, About, Secret, Text, Print, Save, Done, Saved string
	Printing                                             string // what printing does
	NotEnough                                            string // said of a file
	May                                                  bool   // it was printed or saved
}

// RequestPanel shows a request.
type RequestPanel struct {
	Step1, Text, Copy, Copied, Save, Same string
	Who                                   string // who asks
	Words                                 []string
}

// Show words the step.
func (v *Welcome) Show(w *words.Words) WelcomeScreen {
	s := WelcomeScreen{Step: v.step, Name: w.Say(words.AppName), Motto: w.Say(words.AppMotto),
		Question: w.Say(words.WelcomeQuestion), Calm: w.Say(words.WelcomeCalm),
		Choices: []Action{
			{ID: "start", Icon: "place-network", Text: w.Say(words.WelcomeStart), Key: "1", Main: true},
			{ID: "join", Icon: "join-laptop", Text: w.Say(words.WelcomeJoin), Key: "2"},
			{ID: "sample", Icon: "search", Text: w.Say(words.WelcomeSample), Key: "3"}},
		About: []string{w.Say(words.WelcomeStartAbout), w.Say(words.WelcomeJoinAbout), w.Say(words.WelcomeSampleAbout)},
		Died:  w.Say(words.WelcomeDied), Restore: w.Say(words.WelcomeRestore), Offline: w.Say(words.WelcomeOffline),
		Back: w.Say(words.ActBack), OpenFile: w.Say(words.ActOpenFile), OpenSheet: w.Say(words.RestoreOpenSheet), Stick: w.Say(words.NetworkChooseStick),
		Sheet: SheetPanel{Title: w.Say(words.SheetTitle), About: w.Say(words.SheetAbout), Secret: w.Say(words.SheetSecret), Text: v.sheet,
			Print: w.Say(words.SheetPrint), Save: w.Say(words.ActSaveFile), Done: w.Say(words.SheetFirst), May: v.kept != "",
			Printing: w.Say(words.SheetPrinting), NotEnough: w.Say(words.SheetNotEnough)},
		Request: RequestPanel{Step1: w.Say(words.JoinStep1), Text: v.request, Copy: w.Say(words.ActCopyText), Copied: w.Say(words.JoinCopied), Save: w.Say(words.ActSaveFile),
			Same: w.Say(words.JoinWords), Words: v.three, Who: dotted(w, names(w, v.asking.Names), v.asking.Code, v.asking.Laptop)},
	}
	if v.kept != "" {
		s.Sheet.Done, s.Sheet.Saved = w.Say(words.SheetDone), w.Say(words.SheetSaved, "file", v.kept)
	}
	for _, l := range words.Languages() {
		s.Languages = append(s.Languages, Option{string(l), words.Name(l)})
	}
	if v.step == StepRequest && v.form != nil && v.form.Get("admission") != "" {
		// From here on it is the answer's words that must be the same: anybody who saw
		// the request could have answered it.
		if three, err := v.libs.Words(v.form.Get("admission")); err == nil {
			s.Request.Words = three
		}
	}
	if v.form != nil {
		f := v.form.Show(w)
		if v.step == StepJoin && v.form.Get("as") == "second" {
			f.Fields = append(f.Fields[:1], f.Fields[3]) // its library's staff come with the first exchange
		}
		f.Cancel = s.Back
		s.Form = &f
	}
	if v.err != nil {
		f := because(w, v.failed, v.err, v.why)
		s.Fault = &f
	}
	return s
}
