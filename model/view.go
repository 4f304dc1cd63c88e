package model

import "time"

// Query asks for titles. The zero value asks for all of them.
type Query struct {
	Text      string   // words or beginnings of words, in any script; all must match
	Languages []string // MARC codes ("urd"); any of them
	Libraries []ID     // libraries that hold a copy; any of them
	Materials []string // Material codes; any of them
	Decades   []int    // first years (1990); any of them
	Here      bool     // only titles of which this library has a copy to give now
	Order     Order    // OrderRelevance where not told
	Offset    int
	Limit     int  // 0: 50
	NoFacets  bool // leave Hits.Facets empty (a little faster)
}

// Order is the order of what is found. Of equals the one indexed earlier comes first.
type Order uint8

// The orders.
const (
	OrderRelevance Order = iota // best first
	OrderTitle                  // by title, in the order of script.Key: Urdu by its alphabet, then Latin
	OrderAuthor                 // by the first author in the same order, those without one last; then by title
	OrderYear                   // the latest year first, those without one last; then by title
	OrderNewest                 // what was written or changed last first
)

// Hits answers a Query, best first.
type Hits struct {
	Total     int  // how many match in all
	Atleast   bool // Total is a lower bound
	Hits      []Hit
	Facets    Facets
	Corrected string // the text really looked for, where nothing matched what was asked; else ""
}

// Hit is one title found. The finder gives ID and Score; the library adds the Summary.
type Hit struct {
	ID      ID
	Score   float64
	Summary Summary
}

// Facets counts the titles found by each property.
type Facets struct {
	Languages []Facet // Value: MARC code
	Libraries []Facet // ID set, Value: its name
	Materials []Facet // Value: Material code
	Decades   []Facet // Value: first year, "1990"
	Here      int     // of which this library has a copy to give now
	Anywhere  int     // all of them, whether Query.Here was asked or not
}

// Facet is one value of a property and how many of the titles found have it.
type Facet struct {
	Value string
	ID    ID
	Count int
}

// Text2 is a text and its form in the other script (MARC's 880), "" where there is none.
type Text2 struct {
	Text  string
	Other string
}

// Summary is a title in a line or two: what lists show.
type Summary struct {
	ID        ID
	Title     Text2
	Authors   []Text2
	Year      string
	ISBN      string // first valid one, 13 digits
	Language  string // MARC code
	Material  string // Material code
	Publisher Text2
	Place     Text2 // of publication
	Edition   string
	Pages     string
	Subjects  []Text2
	Libraries []ID   // who has copies
	Held      []Held // the same with how they stand, this library first
	Copies    int    // all libraries together
	Available int    // of these, as far as is known here
	Own       int    // copies of this library
	OwnFree   int    // of these, available
	Conflict  bool   // something of it waits under "To sort out"
}

// Held is how the copies that one library has of a title stand.
type Held struct {
	Library   ID
	Own       bool
	Copies    int
	Free      int    // can be had now
	Status    Status // of the copy that can be had soonest, as Due and Condition
	Condition Condition
	Due       time.Time // zero where not known
	News      time.Time // the oldest that is said here; zero: own, so true now
}

// Title is a whole record: what the record's page shows.
type Title struct {
	Summary Summary
	Lines   []MarcLine
	Copies  []Copy
	Form    BookForm // as the edit form opens it, with what it displays
	Origin  Origin
}

// Origin says where a record came from.
type Origin struct {
	Format string // "marc", "marcxml", "csv"; "" where it was made here
	Source string // the file's name
	Edited bool   // some group was changed since
}

// MarcLine is a line of the librarian's view of a record.
type MarcLine struct {
	Tag   string // "LDR", "001", "245"
	Ind   string // two characters; "" for control fields
	Text  string // control data, or subfields as "$a Text $c more"
	Parts []MarcPart
}

// MarcPart is a subfield.
type MarcPart struct{ Code, Text string }

// BookForm is the simple form of a book: what most records need. Fields of the
// record it does not know stay as they are.
type BookForm struct {
	ID        ID // zero: a new record
	Title     Text2
	Subtitle  Text2
	Volume    string // $n of the title
	Author    Text2
	Edition   string
	Place     string
	Publisher Text2
	Year      string
	Pages     string
	ISBN      string
	Language  string // MARC code
	Subjects  []string
	CallNo    string
	Notes     string
	Seen      Seen
}

// Library is a library as screens name it.
type Library struct {
	ID    ID
	Names Names
	Code  string // ISIL shape, "PK-…"
	Own   bool   // the one whose laptop this is
}

// Names is a name in both scripts; one of them may be "".
type Names struct {
	Urdu  string `cbor:"1,keyasint,omitempty"`
	Roman string `cbor:"2,keyasint,omitempty"`
}

// Any is the name in the script asked for, or the other where it has none.
func (n Names) Any(urdu bool) string {
	if urdu && n.Urdu != "" || n.Roman == "" {
		return n.Urdu
	}
	return n.Roman
}

// Copy is an item with what is known of where it is.
type Copy struct {
	Item    Item
	Title   Summary // only ID, Title, Authors, Year, Language, Material are filled in lists
	Library Library
	Status  Status    // what to show: from the ledger for own copies, as published for others'
	Due     time.Time // zero unless Status is StatusOnLoan
	Reader  PatronRef // own copies on loan only
	Loan    ID        // the open loan, own copies only
	News    time.Time // when what is said here was written by its library; zero: own, so true now
}

// PatronRef names a reader in a list.
type PatronRef struct {
	ID    ID
	Names Names
	Card  string
}

// PatronView is a reader as the desk shows one.
type PatronView struct {
	Patron   Patron
	Cards    []Card // active first
	Category string
	Loans    []LoanView // open ones, soonest due first
	Limit    int        // how many loans the policy allows
	Overdue  int
	Blocked  bool
	Expired  bool
	Scanned  CardState // of the card that found this reader; CardNone when found by name
}

// LoanView is an open loan as lists show it.
type LoanView struct {
	ID      ID
	Copy    Copy
	Reader  PatronRef
	Out     time.Time
	Given   time.Time // when the due date was given: lent, or renewed last
	Due     time.Time
	Renewed int  // times
	Overdue bool // at the time the view was made
	Claimed bool // the reader says it was returned
	Lost    bool
}

// Found is what a scanned or typed code means: readers by card, copies by barcode or accession number.
// More than one of either is for a person to pick from.
type Found struct {
	Code    string // as normalised
	Patrons []PatronView
	Copies  []Copy
}

// Did says what an act at the desk did.
type Did string

// The acts of the desk.
const (
	DidLend   Did = "lent"
	DidReturn Did = "returned"
	DidRenew  Did = "renewed"
	DidUndo   Did = "undone"
)

// Outcome is the result of an act at the desk, in large type.
type Outcome struct {
	Act    ID // for Undo
	Did    Did
	Copy   Copy
	Reader PatronView // zero where nobody had the copy
	Due    time.Time  // lent, renewed
	Notes  []Note     // what the person at the desk should know
	At     time.Time
}

// Note is a remark on an outcome; words are chosen by present.
type Note struct {
	Rule  Rule
	About About
}

// Progress tells how far a long piece of work is.
type Progress struct {
	Step  string // "read", "index", "connect", "pull", "push", "check", "rebuild"
	Done  int64  // in Unit
	Total int64  // 0: not known
	Unit  string // "records", "changes", "bytes"

	Sent, ToSend int64 // the other way of an exchange, in changes
}

// Exchanged reports an exchange with a peer or a stick.
type Exchanged struct {
	With          string // the other laptop's or the stick's name
	Sent          int    // writes
	Received      int
	BytesSent     int64
	BytesReceived int64
	Handshake     int64 // bytes of the connections' handshakes, both ways, apart from those
	RoundTrips    int
	Conflicts     int           // new under "To sort out"
	Skew          time.Duration // the other's clock minus ours; 0 below five minutes or where not known
	Gaps          []Gap
	Ahead         bool     // something came that is stamped more than a day ahead of our clock
	Renewed       bool     // this laptop's disk was restored or copied: from now on it writes new logs
	Refused       []string // what of others could not be taken, and why; the rest was
}

// Gap is something that was named but has not arrived, and who had it.
type Gap struct {
	Library string // "" where nobody can say whose it is
	Replica string // the laptop, as Describe has it; else its log
	From    uint64
	To      uint64
	Had     []Holder
}

// Holder is a laptop that was known to hold something, and when it last said so.
type Holder struct {
	Replica string
	On      time.Time
}

// Network is who has what, and what waits.
type Network struct {
	Self         NetReplica
	Library      Library
	Federation   string
	Libraries    []NetLibrary
	Waiting      int       // changes of this laptop that no other is known to hold
	LastExchange time.Time // zero: never
	LastWith     string
	Gaps         []Gap
	Serving      string   // address, where this laptop serves
	Swollen      []string // laptops that wrote more to one record than one laptop's share
	Surplus      int      // how much of that is kept and not shown
}

// NetLibrary is a library of the federation with its laptops.
type NetLibrary struct {
	Library  Library
	Replicas []NetReplica
	Titles   int // that it has copies of, as far as known here
	Waiting  int // changes of ours that none of its laptops is known to hold
}

// NetReplica is a laptop or a hub.
type NetReplica struct {
	ID        string
	Name      string
	Role      string // "laptop", "hub"
	Self      bool
	LastHeard time.Time // its newest signed word that is here; zero: never
	Waiting   int       // changes of ours it is not known to hold
	Green     bool      // it has acknowledged everything of ours
	Address   string    // a hint
	Skew      time.Duration
	HeldTo    time.Time // it holds what was written here up to then, by its own word; zero: not known to hold all of anything
	By        string    // how its newest word came: ByNetwork, ByStick, the name of who told; "": not known
}

// How a laptop's word came here, from itself.
const (
	ByNetwork = "\x00network" // no laptop's name
	ByStick   = "\x00stick"
)

// JoinRequest is what a laptop that wants in shows, as the one who admits reads it.
type JoinRequest struct {
	Library Library // zero ID: a further laptop of the admitting library
	Laptop  string
	Words   []string // shown on both screens; they must be the same
}

// Admission is the answer to a JoinRequest.
type Admission struct {
	Text string // armoured; goes back to the laptop that asked, as text or file
	For  JoinRequest
}

// CheckReport says whether the disk agrees with itself.
type CheckReport struct {
	Segments int
	Sets     int
	Writes   int
	Records  int
	Problems []string // empty: all is well
}

// ScopeDigest is the fingerprint of a scope: equal where two replicas hold it and agree.
type ScopeDigest struct {
	Scope  string `json:"scope"`
	Digest string `json:"digest"`
}

// Settings are one laptop's; they are never shared.
type Settings struct {
	Language   string   `json:"language,omitempty"` // "en" or "ur"
	Dark       bool     `json:"dark,omitempty"`
	TextSize   int      `json:"text_size,omitempty"` // per cent; 0: 100
	UrduDigits bool     `json:"urdu_digits,omitempty"`
	Hijri      bool     `json:"hijri,omitempty"`
	UrduKeys   bool     `json:"urdu_keys,omitempty"` // the keyboard inside the program types Urdu
	Moon       int      `json:"moon,omitempty"`      // days, -2 to 2, by which the moon was sighted otherwise than the table says
	Silent     []string `json:"silent,omitempty"`    // sounds that are off: "issue", "return", "hold", "refuse"
	Staff      ID       `json:"staff,omitzero"`      // who works at this laptop now
	Hubs       []string `json:"hubs,omitempty"`      // addresses used before, newest first
	SheetDue   bool     `json:"sheet_due,omitempty"` // nobody has said yet that the recovery sheet is on paper
}

// Conflict is something for a person to decide or to know: two versions of one
// group of fields, or a rule of the ledger that two laptops broke apart.
type Conflict struct {
	ID       string // stable while it lasts; what `resolve` takes
	Case     Case
	Kind     string // name of the record's kind
	Key      Key
	Group    string
	About    Text2       // the title, the reader's name
	Summary  Summary     // of the title concerned, where one is
	Versions []Version   // two or more; the one shown now first
	Readers  []PatronRef // ledger cases: earlier first; of one card number, who has it
	Items    []Item      // of one barcode: the copies that bear it, as their forms open
	Loans    []LoanView
}

// Case says what sort of conflict it is.
type Case string

// The cases. Fields conflicts are resolved by picking a version; ledger cases are
// answered with Found or Lost events or dismissed.
const (
	CaseFields    Case = "fields"     // two people edited one group
	CaseDeleted   Case = "deleted"    // deleted here, edited there
	CaseLentTwice Case = "lent-twice" // the same copy, two readers
	CaseSameCode  Case = "same-code"  // one barcode or card number, two records
)

// Version is one of the values in conflict.
type Version struct {
	Write   WriteID
	Text    []string // the value in lines that a person can read: the texts of Parts
	Parts   []Part   // of it, named; of a deletion none
	At      time.Time
	Staff   string
	Library string
	Laptop  string // in one English line; From has its parts
	From    Laptop
	Shown   bool
}

// Laptop says which laptop something came from. The zero value is one of which nobody said anything.
type Laptop struct {
	Name string // "" where its library did not name it
	Of   Names  // its library
}

// Key names a record among all.
type Key struct {
	Kind  Kind
	Owner ID
	ID    ID
}
