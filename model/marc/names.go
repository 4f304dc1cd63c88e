package marc

import "strings"

// Agent is a person, body or meeting that has to do with the record.
type Agent struct {
	Name  Text   // in the form of the heading: "Manto, Saadat Hasan"
	Dates string // "1912-1955"
	Role  string // relator term or code as written: "translator", "trl"
	Kind  AgentKind
	Main  bool // the main entry (1XX)
}

// AgentKind is what an agent is.
type AgentKind byte

// The kinds of agents, after the last two digits of their tags.
const (
	Person  AgentKind = 'p' // X00
	Body    AgentKind = 'b' // X10
	Meeting AgentKind = 'm' // X11
)

// Authors returns who has to do with the record: main entry, then added
// entries (100, 110, 111, 700, 710, 711, 720), those of works it contains too,
// each name once.
func (r *Record) Authors() []Agent {
	var out []Agent
	for _, f := range r.Each("100", "110", "111", "700", "710", "711", "720") {
		if f.Tag[0] == '7' && f.Has('i') {
			continue // of a work that this one is related to ("based on")
		}
		a := Agent{Name: r.text(f, nameOf), Dates: trimISBD(f.Sub('d')), Main: f.Tag[0] == '1'}
		switch f.Tag[1:] {
		case "10":
			a.Kind = Body
		case "11":
			a.Kind = Meeting
		default:
			a.Kind = Person
		}
		if a.Kind == Meeting { // $e there is a subordinate unit
			a.Role = trimISBD(f.Join("j", ", "))
		} else {
			a.Role = trimISBD(f.Join("e", " "))
		}
		if a.Role == "" {
			a.Role = strings.TrimSpace(f.Sub('4'))
		}
		if !a.Name.IsZero() && !hasAgent(out, a) {
			out = append(out, a)
		}
	}
	return out
}

func hasAgent(list []Agent, a Agent) bool {
	for _, have := range list {
		if have.Name == a.Name && (have.Dates == a.Dates || a.Dates == "") {
			return true
		}
	}
	return false
}

func nameOf(f *Field) string {
	codes := "abcq"
	switch {
	case strings.HasSuffix(f.Tag, "10"):
		codes = "ab"
	case strings.HasSuffix(f.Tag, "11"):
		codes = "ae"
	case f.Tag == "880":
		if l, ok := ParseLink(f.Sub('6')); ok && strings.HasSuffix(l.Tag, "10") {
			codes = "ab"
		}
	}
	return trimISBD(strings.Join(f.Values(codes), " "))
}
