package model

import "errors"

var (
	errNoName = errors.New("a reader has a name")
	errNoCard = errors.New("a card has a number and a reader")
)

func checkPatronNames(v PatronNames) error {
	if v.Urdu == "" && v.Roman == "" {
		return errNoName
	}
	return nil
}

// PatronOf reads a reader from its groups.
func PatronOf(e Entry) Patron {
	p := Patron{ID: e.Key.ID, Library: e.Key.Owner, Seen: e.Seen("names", "class", "standing", "contact", "privacy")}
	e.read("names", &p.Names)
	e.read("class", &p.Class)
	e.read("standing", &p.Standing)
	e.read("contact", &p.Contact)
	e.read("privacy", &p.Privacy)
	return p
}

// Groups gives what the form changes, its card apart.
func (f PatronForm) Groups() ([]Group, error) {
	return changes(f.Seen, pair{"names", f.Names}, pair{"class", f.Class},
		pair{"standing", f.Standing}, pair{"contact", f.Contact}, pair{"privacy", f.Privacy})
}

// Form is the reader as the edit form opens it.
func (p Patron) Form() PatronForm {
	return PatronForm{ID: p.ID, Names: p.Names, Class: p.Class, Standing: p.Standing,
		Contact: p.Contact, Privacy: p.Privacy, Seen: p.Seen}
}

// Check judges a filled-in form before it is saved.
func (f PatronForm) Check() *Refusal {
	if f.Names.Urdu == "" && f.Names.Roman == "" {
		return &Refusal{Rule: RuleEmpty, About: About{Field: "name"}}
	}
	return nil
}

type cardValue struct {
	Number string    `cbor:"1,keyasint"`
	Patron ID        `cbor:"2,keyasint"`
	State  CardState `cbor:"3,keyasint,omitempty"`
}

func checkCard(v cardValue) error {
	if v.Number == "" || v.Patron.IsZero() {
		return errNoCard
	}
	return nil
}

// CardOf reads a card.
func CardOf(e Entry) Card {
	var v cardValue
	e.read("card", &v)
	return Card{ID: e.Key.ID, Library: e.Key.Owner, Number: v.Number, Patron: v.Patron, State: v.State, Seen: e.Seen("card")}
}

// Groups gives the card's one group, where it differs from what was read.
func (c Card) Groups() ([]Group, error) {
	return changes(c.Seen, pair{"card", cardValue{Number: c.Number, Patron: c.Patron, State: c.State}})
}

type staffValue struct {
	Names Names `cbor:"1,keyasint"`
	Role  Role  `cbor:"2,keyasint,omitempty"`
	Left  bool  `cbor:"3,keyasint,omitempty"`
}

// StaffOf reads a staff member.
func StaffOf(e Entry) Staff {
	var v staffValue
	e.read("staff", &v)
	return Staff{ID: e.Key.ID, Library: e.Key.Owner, Names: v.Names, Role: v.Role, Left: v.Left, Seen: e.Seen("staff")}
}

// Groups gives what the form changes.
func (f StaffForm) Groups() ([]Group, error) {
	return changes(f.Seen, pair{"staff", staffValue{Names: f.Names, Role: f.Role, Left: f.Left}})
}
