package look

import "ishtirak/app/ui/rtl"

// Type is a step of the type scale of tokens.json.
type Type uint8

// Words of the interface: Vazirmatn in both scripts.
const (
	Key          Type = iota // keys and hints, 13
	Small                    // 14, Naskh 15
	SmallStrong              // 600
	Body                     // 16
	BodyStrong               // 600
	Section                  // heading of a card, 18, 600
	SectionLight             // 18, 500
	Place                    // 20, 600
	Reader                   // 25, 700
	Figure                   // a number that matters, 30, 700
	Heading                  // of the first screen, Naskh 36, 700
	Due                      // the answer to a scan, 78, 700
	Order                    // what hands must do, 100, 700
	// Titles and readers' names: Urdu in Nastaliq, Latin beside it.
	ListTitle   // 18
	RowTitle    // 21
	RecordTitle // 27
	ReaderTitle // 28
	ActTitle    // 62
	Wordmark    // 92
)

type cut struct {
	token  string
	weight int
	nast   string // the Nastaliq step for Urdu letters; "" for Naskh
}

func (t Type) cut() cut {
	switch t {
	case Key:
		return cut{"key", 500, ""}
	case Small:
		return cut{"small", 500, ""}
	case SmallStrong:
		return cut{"small", 600, ""}
	case BodyStrong:
		return cut{"body", 600, ""}
	case Section:
		return cut{"section", 600, ""}
	case SectionLight:
		return cut{"section", 500, ""}
	case Place:
		return cut{"place", 600, ""}
	case Reader:
		return cut{"reader", 700, ""}
	case Figure:
		return cut{"figure", 700, ""}
	case Heading:
		return cut{"title", 700, ""}
	case Due:
		return cut{"due", 700, ""}
	case Order:
		return cut{"order", 700, ""}
	case ListTitle:
		return cut{"body", 600, "list"}
	case RowTitle:
		return cut{"section", 600, "row"}
	case RecordTitle:
		return cut{"place", 700, "record"}
	case ReaderTitle:
		return cut{"reader", 700, "reader"}
	case ActTitle:
		return cut{"title", 700, "title"}
	case Wordmark:
		return cut{"title", 700, "wordmark"}
	}
	return cut{"body", 500, ""}
}

// Style is the step in a colour, for rtl.Text and rtl.Entry.
func (t Type) Style(colour Role) rtl.Style {
	c, tk := t.cut(), tokens().Type
	la, na := tk.Latin[c.token], tk.Naskh[c.token]
	st := rtl.Style{Colour: colour,
		Latin: rtl.Cut{Size: la[0], Line: la[1], Weight: c.weight},
		Urdu:  rtl.Cut{Size: na[0], Line: na[1], Weight: c.weight}}
	if t == Heading { // the question of the first screen is smaller than an answer
		st.Latin.Size, st.Latin.Line = 38, 48
	}
	st.Steady = t == ListTitle || t == RowTitle
	if c.nast != "" {
		n := tk.Nastaliq[c.nast]
		st.Urdu = rtl.Cut{Size: n[0], Line: n[1], Weight: 400, Face: rtl.Nastaliq}
	}
	return st
}

// Label is one line of text, cut with an ellipsis where it is given less than
// it needs.
func Label(s string, t Type, colour Role) *rtl.Text { return rtl.NewText(s, t.Style(colour)) }

// Paragraph is a text that wraps.
func Paragraph(s string, t Type, colour Role) *rtl.Text { return rtl.NewParagraph(s, t.Style(colour)) }
