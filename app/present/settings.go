package present

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"ishtirak/app/words"
	"ishtirak/model"
)

// Setting is what the settings' place needs of the library.
type Setting interface {
	Keeping
	Ruling
	BringBack(ctx context.Context, keys []model.Key) (act model.ID, err error)
	StaffLeaves(ctx context.Context, who model.ID, seen model.Seen) (act model.ID, err error)
	Self() model.Library
	Settings() model.Settings
	SaveSettings(s model.Settings) error
	Staff(ctx context.Context) ([]model.Staff, error)
	SaveStaff(ctx context.Context, f model.StaffForm) (model.Staff, error)
	Import(ctx context.Context, path, mapping string, progress func(model.Progress)) (model.ImportReport, error)
	Export(ctx context.Context, as model.ExportAs, w io.Writer, progress func(model.Progress)) (int, error)
	Sheet(ctx context.Context) (string, error)
}

// Settings is how this laptop looks and speaks, who works at it, and files in and out.
type Settings struct {
	lib    Setting
	now    func() time.Time
	staff  []model.Staff
	rules  model.Policy
	err    error
	report *model.ImportReport
	file   string // of the report or the export
	wrote  int
	failed failing
	ended  error
	paper  paper
	over   bool // a report, an export or a failure is to be shown
}

// NewSettings makes the settings' place of a library; now is the clock of the wall.
func NewSettings(lib Setting, now func() time.Time) *Settings { return &Settings{lib: lib, now: now} }

// Refresh reads the staff and the rules of lending.
func (s *Settings) Refresh(ctx context.Context) {
	if s.staff, s.err = s.lib.Staff(ctx); s.err == nil {
		s.rules, s.err = s.lib.Rules(ctx)
	}
	if s.err == nil && !s.paper.asked {
		_, err := s.lib.Sheet(ctx)
		s.paper.none = err != nil
	}
}

// Style is how numbers and dates are written at this laptop.
func Style(s model.Settings) words.Style {
	return words.Style{UrduDigits: s.UrduDigits, Hijri: s.Hijri, Moon: s.Moon, Zone: zone}
}

// zone is where the library's days begin and end, whatever zone its laptops are set to.
var zone = model.Policy{}.Location()

// Here tells now's time where the library is. With Style it is the one place where times that a person reads are given their zone:
// what is kept has no zone, and a laptop may be set to any.
func Here(now func() time.Time) func() time.Time {
	return func() time.Time { return now().In(zone) }
}

// Now is what is set.
func (s *Settings) Now() model.Settings {
	v := s.lib.Settings()
	if v.TextSize == 0 {
		v.TextSize = 100
	}
	return v
}

// Change keeps a setting: "language", "size", "dark", "digits", "hijri", "moon", "sound-issue"
// and so on.
func (s *Settings) Change(id, value string) {
	v := s.Now()
	switch id {
	case "language":
		v.Language = value
		v.Hijri = value != string(words.English)
	case "size":
		if n := number(value); n >= 100 && n <= 200 {
			v.TextSize = n
		}
	case "dark":
		v.Dark = value == "yes"
	case "digits":
		v.UrduDigits = value == "yes"
	case "hijri":
		v.Hijri = value == "yes"
	case "moon":
		if n, err := strconv.Atoi(value); err == nil && n >= -2 && n <= 2 {
			v.Moon = n
		}
	default:
		if sound, is := strings.CutPrefix(id, soundPrefix); is {
			v.Silent = slices.DeleteFunc(slices.Clone(v.Silent), func(s string) bool { return s == sound })
			if value != "yes" {
				v.Silent = append(v.Silent, sound)
			}
		}
	}
	s.err = s.lib.SaveSettings(v)
}

// WorkAs makes the n-th member of the staff the one at this desk.
func (s *Settings) WorkAs(n int) {
	list := s.here()
	if n < 0 || n >= len(list) {
		return
	}
	v := s.Now()
	v.Staff = list[n].ID
	s.err = s.lib.SaveSettings(v)
}

// AddStaff is the form of a new name; where nobody works at this laptop, that one does then.
func (s *Settings) AddStaff() *Form {
	f := s.person(false, model.StaffForm{Role: model.RoleDesk})
	f.heading, f.save = words.SettingsStaffAdd, words.ActAdd
	return f
}

// EditStaff is the form of the n-th name shown, in the window's own script first; below 0, of who works at this laptop now.
func (s *Settings) EditStaff(w *words.Words, n int) *Form {
	for i, m := range s.here() {
		if i == n || n < 0 && m.ID == s.lib.Settings().Staff {
			f := s.person(!w.RightToLeft(), model.StaffForm{ID: m.ID, Names: m.Names, Role: m.Role, Seen: m.Seen})
			f.heading, f.save = words.SettingsStaffChange, words.ActSave
			return f
		}
	}
	return nil
}

func (s *Settings) person(latin bool, m model.StaffForm) *Form {
	name, other := inScripts(latin, m.Names)
	f := &Form{}
	f.fields = []field{{id: "name", label: words.ReaderName, hint: words.SettingsStaffHint, value: name}, {id: "name2", label: words.ReaderNameOther, value: other}}
	f.check = func(get func(string) string) (string, words.Key) {
		if get("name") == "" {
			return "name", words.WrongStaff
		}
		return "", ""
	}
	f.submit = func(ctx context.Context, get func(string) string) error {
		m := m
		m.Names = both(get("name"), get("name2"))
		who, err := s.lib.SaveStaff(ctx, m)
		if set := s.lib.Settings(); err == nil && m.ID.IsZero() && set.Staff.IsZero() {
			set.Staff = who.ID
			err = s.lib.SaveSettings(set)
		}
		if err == nil {
			f.saved, f.savedName = words.SettingsStaffSaved, get("name")
		}
		s.Refresh(ctx)
		return err
	}
	return f
}

// Unsaid lists the staff where nobody has said which of them works at this laptop, in the order of WorkAs.
func (s *Settings) Unsaid() []model.Staff {
	list := s.here()
	for _, m := range list {
		if m.ID == s.lib.Settings().Staff {
			return nil
		}
	}
	return list
}

// here are the staff who still work here, as they are shown.
func (s *Settings) here() (list []model.Staff) {
	for _, m := range s.staff {
		if !m.Left {
			list = append(list, m)
		}
	}
	return list
}

// Importing gives the work of bringing in a file, for a Task; Imported takes its result.
func (s *Settings) Importing(path string) func(context.Context, func(model.Progress)) (model.ImportReport, error) {
	return func(ctx context.Context, progress func(model.Progress)) (model.ImportReport, error) {
		return s.lib.Import(ctx, path, "", progress)
	}
}

// Imported keeps how an import ended. One that was stopped tells what is in.
func (s *Settings) Imported(path string, r model.ImportReport, err error) {
	s.over, s.report, s.file, s.ended, s.failed = true, &r, filepath.Base(path), err, failedFile
	if errors.Is(err, context.Canceled) {
		s.failed = failedAct
	}
}

// Exporting gives the work of writing the catalogue, for a Task; Exported takes its result.
func (s *Settings) Exporting(as model.ExportAs, to io.Writer) func(context.Context, func(model.Progress)) (int, error) {
	return func(ctx context.Context, progress func(model.Progress)) (int, error) {
		return s.lib.Export(ctx, as, to, progress)
	}
}

// Exported keeps how an export ended.
func (s *Settings) Exported(path string, n int, err error) {
	s.over, s.report, s.file, s.wrote, s.ended, s.failed = true, nil, filepath.Base(path), n, err, failedAct
}

// ExportFormat is the format that a file's name asks for: "marc", "marcxml" or "csv".
func ExportFormat(path string) string {
	switch filepath.Ext(path) {
	case ".xml", ".marcxml":
		return "marcxml"
	case ".csv":
		return "csv"
	}
	return "marc"
}

// SettingsScreen is the settings' place, worded.
type SettingsScreen struct {
	Look                     []Choice
	LookTitle                string
	Sounds                   []Choice // a switch for each, and how one is heard
	SoundsTitle, SoundsAbout string
	Library                  []Fact
	LibTitle                 string
	Staff                    []StaffLine
	StaffHead                string
	AddStaff                 Action
	EditStaff                string // beside each name
	GoneStaff                string // as above
	LeaveKey                 string
	Rules                    RulesPanel
	Files                    string
	Import                   Action
	ImportSay                string
	Export                   Action
	ExportSay                string
	Copies                   Action // the same with this library's copies, as Koha reads them
	Sheet                    SheetAgain
	Ended                    *Mark // how the last file went
	EndedSay                 []string
	Result                   *ImportResult // what the last import brought and left; nil where there was none
	Fault                    *Fault
}

// Choice is a setting with its values.
type Choice struct {
	ID      string
	Label   string
	About   string
	Options []Option
	Value   string
}

// StaffLine is a name of the staff.
type StaffLine struct {
	Name string
	Mark Mark // "at the desk now"
	Work string
}

// sizes are the text sizes offered, in per cent.
var sizes = [...]string{"100", "125", "150", "200"}

// soundPrefix begins the name of the setting that turns one sound on and off.
const soundPrefix = "sound-"

func (s Sound) word() words.Key {
	switch s {
	case SoundIssue:
		return words.SettingsSoundIssue
	case SoundReturn:
		return words.SettingsSoundReturn
	case SoundHold:
		return words.SettingsSoundHold
	}
	return words.SettingsSoundRefuse
}

// Sounds are all there are, in the order of the settings.
func Sounds() []Sound { return []Sound{SoundIssue, SoundReturn, SoundHold, SoundRefuse} }

// SoundOf is the sound that a setting just turned on, for the person to hear; SoundNone for another setting.
func SoundOf(id, value string) Sound {
	if sound, is := strings.CutPrefix(id, soundPrefix); is && value == "yes" {
		return Sound(sound)
	}
	return SoundNone
}

// Heard reports whether this laptop plays a sound.
func Heard(s model.Settings, sound Sound) bool {
	return sound != SoundNone && !slices.Contains(s.Silent, string(sound))
}

// Show words the settings.
func (s *Settings) Show(w *words.Words) SettingsScreen {
	now := s.Now()
	yes := func(b bool) string {
		if b {
			return "yes"
		}
		return "no"
	}
	v := SettingsScreen{LookTitle: w.Say(words.SettingsLook), SoundsTitle: w.Say(words.SettingsSounds), SoundsAbout: w.Say(words.SettingsSoundsAbout), LibTitle: w.Say(words.SettingsLibrary),
		StaffHead: w.Say(words.SettingsStaff), Files: w.Say(words.SettingsFiles),
		AddStaff: Action{ID: "staff", Icon: "add", Text: w.Say(words.SettingsStaffAdd), Key: w.Say(words.KeyNew)}, EditStaff: w.Say(words.SettingsStaffEdit),
		Import: Action{ID: "import", Icon: "add", Text: w.Say(words.SettingsImport), Key: w.Say(words.KeyOpen)}, ImportSay: w.Say(words.SettingsImportAbout),
		Export: Action{ID: "export", Icon: "send", Text: w.Say(words.SettingsExport)}, ExportSay: w.Say(words.SettingsExportAbout),
		Copies: Action{ID: "export-copies", Text: w.Say(words.SettingsExportCopies)},
	}
	language := Choice{ID: "language", Label: w.Say(words.SettingsLanguage), About: w.Say(words.SettingsLanguageAbout), Value: string(w.Language())}
	for _, l := range words.Languages() {
		language.Options = append(language.Options, Option{string(l), words.Name(l)})
	}
	size := Choice{ID: "size", Label: w.Say(words.SettingsSize), Value: sizes[0]}
	for _, o := range sizes {
		size.Options = append(size.Options, Option{o, w.Say(words.SettingsPercent, "n", number(o))})
		if number(o) == now.TextSize {
			size.Value = o
		}
	}
	onOff := []Option{{"yes", w.Say(words.SettingsOn)}, {"no", w.Say(words.SettingsOff)}}
	v.Look = []Choice{language, size,
		{ID: "dark", Label: w.Say(words.SettingsColours), Value: yes(now.Dark), Options: []Option{{"no", w.Say(words.SettingsLight)}, {"yes", w.Say(words.SettingsDark)}}},
		{ID: "digits", Label: w.Say(words.SettingsDigits), Value: yes(now.UrduDigits), Options: []Option{{"no", w.Say(words.SettingsDigitsWestern)}, {"yes", w.Say(words.SettingsDigitsUrdu)}}},
		{ID: "hijri", Label: w.Say(words.SettingsHijri), Value: yes(now.Hijri), Options: onOff},
	}
	if now.Hijri {
		moon := Choice{ID: "moon", Label: w.Say(words.SettingsMoon), Value: strconv.Itoa(now.Moon)}
		for n := -2; n <= 2; n++ {
			moon.Options = append(moon.Options, Option{strconv.Itoa(n), w.Signed(n)})
		}
		v.Look = append(v.Look, moon)
	}
	for _, sound := range Sounds() {
		v.Sounds = append(v.Sounds, Choice{ID: soundPrefix + string(sound), Label: w.Say(sound.word()), Value: yes(Heard(now, sound)), Options: onOff})
	}
	self := s.lib.Self()
	v.Library = []Fact{{w.Say(words.SettingsLibraryName), names(w, self.Names)}, {w.Say(words.SettingsLibraryCode), self.Code}}
	for _, m := range s.here() {
		l := StaffLine{Name: names(w, m.Names), Work: w.Say(words.SettingsStaffChoose, "name", names(w, m.Names))}
		if m.ID == now.Staff {
			l.Mark = Mark{"state-available", ToneOK, w.Say(words.SettingsStaffMe)}
		}
		v.Staff = append(v.Staff, l)
	}
	if s.err != nil {
		f := fault(w, failedAct, s.err)
		v.Fault = &f
	}
	v.Sheet, v.Rules = s.paper.show(w), s.showRules(w)
	v.GoneStaff, v.LeaveKey = w.Say(words.RemoveIt), w.Say(words.KeyRemove)
	s.end(w, &v)
	return v
}

func (s *Settings) end(w *words.Words, v *SettingsScreen) {
	counts := func(r model.ImportReport) []string {
		said := []string{dotted(w, w.Say(words.ImportRead, "n", r.Read), w.Say(words.ImportAdded, "n", r.Added), w.Say(words.ImportUnchanged, "n", r.Unchanged), importCopies(w, r.Copies))}
		if r.SetAside > 0 {
			aside, rest := w.Say(words.ImportAside, "n", r.SetAside), ""
			if !nothing(r) {
				rest = w.Say(words.ImportAsideAbout)
			}
			said = append(said, dotted(w, aside, rest))
		}
		return said
	}
	if s.over && s.report != nil && s.report.Read > 0 {
		v.Result = importResult(w, *s.report)
	}
	switch {
	case !s.over:
	case s.ended != nil:
		f := fault(w, s.failed, s.ended)
		v.Ended, v.EndedSay = &Mark{"state-blocked", ToneDanger, f.Head}, []string{f.Safe}
		if s.report != nil && s.report.Read > 0 {
			if s.failed == failedFile { // it broke off in the middle
				v.EndedSay = []string{w.Say(words.FaultFilePart)}
			}
			v.EndedSay = append(v.EndedSay, counts(*s.report)...)
		}
	case s.report != nil && nothing(*s.report):
		v.Ended, v.EndedSay = &Mark{"state-blocked", ToneDanger, w.Say(words.ImportNone, "file", s.file)}, append([]string{w.Say(words.FaultFileSafe)}, counts(*s.report)...)
	case s.report != nil:
		v.Ended, v.EndedSay = &Mark{"state-available", ToneOK, w.Say(words.ImportDone, "file", s.file)}, counts(*s.report)
	default:
		v.Ended = &Mark{"state-available", ToneOK, w.Say(words.ExportDone, "n", s.wrote, "file", s.file)}
	}
}

// nothing reports whether not one record of a file could be read.
func nothing(r model.ImportReport) bool {
	return r.SetAside > 0 && r.Added+r.Unchanged+r.Removed+r.Copies+r.Mended == 0
}

// Over says how the last file went, for whoever is in another place.
func (s *Settings) Over() Deed {
	if !s.over {
		return Deed{}
	}
	return Deed{Stop: s.ended != nil || s.report != nil && nothing(*s.report), say: func(w *words.Words) string {
		var v SettingsScreen
		s.end(w, &v)
		about := ""
		if len(v.EndedSay) > 0 {
			about = v.EndedSay[0]
		}
		return sentences(w, v.Ended.Text, about)
	}}
}

// Person is who works at this laptop now, for the foot of the rail; "" for nobody.
func (s *Settings) Person(w *words.Words) string {
	for _, m := range s.staff {
		if m.ID == s.lib.Settings().Staff {
			return names(w, m.Names)
		}
	}
	return ""
}
