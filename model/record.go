package model

import "time"

// Patron is a reader: own/library, never on another library's disk.
type Patron struct {
	ID       ID
	Library  ID
	Names    PatronNames
	Class    PatronClass
	Standing PatronStanding
	Contact  PatronContact
	Privacy  PatronPrivacy
	Gone     bool // removed at one laptop while another lent to them: in sight for the books
	Seen     Seen // what these values were read from
}

// PatronNames is group "names".
type PatronNames struct {
	Names
	Father string `cbor:"3,keyasint,omitempty"`
}

// PatronClass is group "class".
type PatronClass struct {
	Category string `cbor:"1,keyasint,omitempty"` // a policy's word; "" is the default category
	Expires  Date   `cbor:"2,keyasint,omitempty"` // last day on which it may borrow; zero: never
}

// PatronStanding is group "standing".
type PatronStanding struct {
	Blocked bool   `cbor:"1,keyasint,omitempty"`
	Why     string `cbor:"2,keyasint,omitempty"`
}

// PatronContact is group "contact".
type PatronContact struct {
	Phone   string `cbor:"1,keyasint,omitempty"`
	Shared  bool   `cbor:"2,keyasint,omitempty"` // the phone is a neighbour's or a family's
	Address string `cbor:"3,keyasint,omitempty"`
	CNIC    string `cbor:"4,keyasint,omitempty"`
}

// PatronPrivacy is group "privacy".
type PatronPrivacy struct {
	KeepHistory bool `cbor:"1,keyasint,omitempty"` // keep the link to returned loans
}

// PatronForm registers or changes a reader.
type PatronForm struct {
	ID       ID // zero: a new reader
	Names    PatronNames
	Card     string // a new card's number; "" gives or changes none
	Class    PatronClass
	Standing PatronStanding
	Contact  PatronContact
	Privacy  PatronPrivacy
	Seen     Seen
}

// CardState is what a card is good for.
type CardState uint8

// The states of a card.
const (
	CardNone     CardState = 0 // no card was scanned
	CardActive   CardState = 1
	CardLost     CardState = 2
	CardReplaced CardState = 3
)

// Card is a reader's card: own/library. A patron has many over the years.
type Card struct {
	ID      ID
	Library ID
	Number  string
	Patron  ID
	State   CardState
	Seen    Seen
}

// Item is a copy: catalogue scope, owned by its library.
type Item struct {
	ID          ID
	Library     ID
	Identity    ItemIdentity
	Shelf       ItemShelf
	Purchase    ItemPurchase
	Circulation Circulation
	Condition   ItemCondition
	Gone        bool  // deleted
	News        Stamp // when where it is was last written
	Seen        Seen
}

// ItemIdentity is group "identity".
type ItemIdentity struct {
	Biblio    ID     `cbor:"1,keyasint"`
	Accession string `cbor:"2,keyasint,omitempty"`
	Barcode   string `cbor:"3,keyasint,omitempty"`
}

// ItemShelf is group "shelf".
type ItemShelf struct {
	CallNo   string `cbor:"1,keyasint,omitempty"`
	Location string `cbor:"2,keyasint,omitempty"`
	Category string `cbor:"3,keyasint,omitempty"` // material category of the policy; "" is the default
	Volume   string `cbor:"4,keyasint,omitempty"`
}

// ItemPurchase is group "purchase".
type ItemPurchase struct {
	Source string `cbor:"1,keyasint,omitempty"` // vendor or donor
	BillNo string `cbor:"2,keyasint,omitempty"`
	Date   Date   `cbor:"3,keyasint,omitempty"`
	Price  int64  `cbor:"4,keyasint,omitempty"` // paisa
}

// Status is where a copy is: the first of its two statuses.
type Status uint8

// The statuses of circulation. Numbers are final.
const (
	StatusAvailable Status = 0
	StatusOnLoan    Status = 1
	StatusOnHold    Status = 2 // waits on the hold shelf
	StatusInTransit Status = 3
	StatusInProcess Status = 4
	StatusOnOrder   Status = 5
)

// Circulation is group "circulation": published from the ledger for those who may
// not read it, never edited by hand.
type Circulation struct {
	Status Status `cbor:"1,keyasint,omitempty"`
	Due    int64  `cbor:"2,keyasint,omitempty"` // seconds since 1970
	From   []ID   `cbor:"3,keyasint,omitempty"` // the newest events it was computed from
}

// Condition is in what state a copy is: the second of its two statuses.
type Condition uint8

// The conditions. Numbers are final.
const (
	ConditionOK        Condition = 0
	ConditionDamaged   Condition = 1
	ConditionMissing   Condition = 2
	ConditionLost      Condition = 3
	ConditionClaimed   Condition = 4 // the reader says it was returned
	ConditionWithdrawn Condition = 5
)

// ItemCondition is group "condition".
type ItemCondition struct {
	Condition Condition `cbor:"1,keyasint,omitempty"`
	Why       string    `cbor:"2,keyasint,omitempty"`
}

// ItemForm adds or changes a copy of this library.
type ItemForm struct {
	ID        ID // zero: a new copy
	Identity  ItemIdentity
	Shelf     ItemShelf
	Purchase  ItemPurchase
	Condition ItemCondition
	Seen      Seen
}

// Role is what a staff member may do.
type Role uint8

// The roles. Numbers are final.
const (
	RoleDesk      Role = 1
	RoleCatalogue Role = 2
	RoleHead      Role = 3
)

// Staff is a person who works here: own/library. Every change says who made it.
type Staff struct {
	ID      ID
	Library ID
	Names   Names
	Role    Role
	Left    bool
	Seen    Seen
}

// Nameless is what the first of the staff is called where a library begins before anybody has said who works there.
const Nameless = "Librarian"

// StaffForm adds or changes a staff member.
type StaffForm struct {
	ID    ID // zero: a new one
	Names Names
	Role  Role
	Left  bool
	Seen  Seen
}

// Date is a day: days since 1970-01-01 in the library's own time; 0 is no date.
type Date int32

// DateOf is t's day where t's location is.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// In is the day's first moment in loc.
func (d Date) In(loc *time.Location) time.Time {
	y, m, day := time.Unix(int64(d)*86400, 0).UTC().Date()
	return time.Date(y, m, day, 0, 0, 0, 0, loc)
}
