package present

import (
	"context"

	"ishtirak/app/words"
)

// paper is how far printing the recovery sheet again has got.
type paper struct {
	asked bool   // the person is asked whether it shall be
	none  bool   // this laptop has none
	file  string // where it was saved
}

// AskSheet asks whether the recovery sheet shall be printed again; Back leaves it. On a laptop that has none it asks nothing and
// says where it is.
func (s *Settings) AskSheet(ctx context.Context) Deed {
	_, err := s.lib.Sheet(ctx)
	s.paper = paper{asked: err == nil, none: err != nil}
	if err == nil {
		return Deed{}
	}
	return Deed{Stop: true, say: func(w *words.Words) string { return w.Say(words.SettingsSheetElsewhere) }}
}

// AskedSheet reports whether the question stands.
func (s *Settings) AskedSheet() bool { return s.paper.asked }

// Back leaves the question; it reports whether there was one.
func (s *Settings) Back() bool {
	was := s.paper.asked
	s.paper.asked = false
	return was
}

// Sheet is the text of the recovery sheet, once the person has said yes; "" where this laptop has none.
func (s *Settings) Sheet(ctx context.Context) string {
	if !s.paper.asked {
		return ""
	}
	text, err := s.lib.Sheet(ctx)
	s.paper = paper{none: err != nil}
	return text
}

// SheetSaved notes the file in which the sheet stands.
func (s *Settings) SheetSaved(file string) { s.paper = paper{file: file} }

// SheetAgain is where the recovery sheet is printed again, worded.
type SheetAgain struct {
	Title string
	About string
	Print Action // zero on a laptop that has none
	Sure  string // the question; "" where it is not asked
	Yes   Action
	No    Action
	Ended *Mark
}

func (p paper) show(w *words.Words) SheetAgain {
	v := SheetAgain{Title: w.Say(words.SettingsSheetHead), About: w.Say(words.SettingsSheetAbout),
		Print: Action{ID: "print", Icon: "print", Text: w.Say(words.SettingsSheet), Key: w.Say(words.KeyPrint)}}
	switch {
	case p.asked:
		v.Sure = w.Say(words.SettingsSheetSure)
		v.Yes = Action{ID: "print-yes", Icon: "print", Text: w.Say(words.SettingsSheetYes), Key: w.Say(words.KeyEnter), Main: true}
		v.No = Action{ID: "back", Text: w.Say(words.ActCancel), Key: w.Say(words.KeyEsc)}
	case p.none:
		v.About, v.Print = w.Say(words.SettingsSheetElsewhere), Action{}
	case p.file != "":
		v.Ended = &Mark{"state-available", ToneOK, w.Say(words.SettingsSheetSaved, "file", p.file)}
	}
	return v
}
