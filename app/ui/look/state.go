package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ishtirak/app/ui/rtl"
)

// State is a key of tokens.json's states.
type State string

// The states a copy, a reader or a change can be in. Each is told by colour,
// shape and word together.
const (
	Available  State = "available"
	OnLoan     State = "on_loan"
	OnHold     State = "hold"
	InTransit  State = "in_transit"
	IsOverdue  State = "overdue"
	Missing    State = "missing_lost"
	Damaged    State = "damaged"
	Withdrawn  State = "withdrawn"
	Blocked    State = "blocked"
	InConflict State = "conflict"
	Waiting    State = "waiting_to_be_sent"
	Confirmed  State = "confirmed_elsewhere"
	Offline    State = "offline"
)

// Role is the state's colour.
func (s State) Role() Role { return "i." + Role(tokens().States[string(s)].Colour) }

// Icon is the name of the state's shape.
func (s State) Icon() string { return tokens().States[string(s)].Icon }

// StateMark is a state's icon and its word in the state's colour.
type StateMark struct {
	widget.BaseWidget
	state State
	role  Role
	icon  string
	view  *IconView
	word  *rtl.Text
	size  float32
}

// NewStateMark shows a state with its word, at the size of t.
func NewStateMark(s State, word string, t Type) *StateMark {
	m := NewMark(s.Icon(), word, t, s.Role())
	m.state = s
	return m
}

// NewMark is any icon with its word in one colour: "Issued" beside its check.
func NewMark(icon, word string, t Type, role Role) *StateMark {
	size := float32(InlineIcon)
	switch t {
	case Section, SectionLight, Place:
		size = ControlIcon
	case Reader, Heading:
		size = PanelIcon
	}
	m := &StateMark{role: role, icon: icon, view: Icon(icon, role, size), word: Label(word, t, role), size: size}
	m.ExtendBaseWidget(m)
	return m
}

// Set shows another state.
func (m *StateMark) Set(s State, word string) { m.SetMark(s.Icon(), word, s.Role()) }

// SetMark shows another icon, word and colour.
func (m *StateMark) SetMark(icon, word string, role Role) {
	m.icon, m.role = icon, role
	m.view.Set(icon, role)
	m.word.SetColour(role)
	m.word.SetText(word)
	m.Refresh()
}

// CreateRenderer draws the mark.
func (m *StateMark) CreateRenderer() fyne.WidgetRenderer {
	p := &parts{objects: []fyne.CanvasObject{m.view, m.word}}
	gap := func() float32 { return U(m.size * 0.45) }
	p.layout = func(s fyne.Size) {
		place(m.view, s.Width, 0, 0, U(m.size), s.Height)
		x := U(m.size) + gap()
		place(m.word, s.Width, x, 0, max(0, s.Width-x), s.Height)
	}
	p.min = func() fyne.Size {
		w := m.word.MinSize()
		return fyne.NewSize(U(m.size)+gap()+w.Width, max(w.Height, U(m.size)))
	}
	return p
}
