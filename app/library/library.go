// Package library is one opened library: replica + finder + working set + peers.
package library

import (
	"context"
	"errors"
	"io"
	"time"

	"ishtirak/model"
	"ishtirak/model/workset"
)

// Options of Open; the zero value is useful.
type Options struct {
	Holder string           // who opens it, for the lock's sentence: "the window", "the hub"; "": "another command"
	Now    func() time.Time // nil: the system's clock
	Rand   io.Reader        // nil: the system's randomness
}

// Founding says what library to start.
type Founding struct {
	Names  model.Names
	Code   string // ISIL shape, "PK-…"
	Laptop string // this laptop's name; "": "laptop 1"
	Staff  string // the first staff member; "": "Librarian"
	Options
}

// Asking says who asks to join.
type Asking struct {
	Names  model.Names // zero: a further laptop of the admitting library
	Code   string
	Laptop string
	Role   string // "laptop" (also "") or "hub"
	Options
}

// From says where a library is restored from: one of the two.
type From struct {
	Stick string // directory
	URL   string
}

// LoanQuery asks for open loans. The zero value asks for all of this library's.
type LoanQuery struct {
	Patron  model.ID
	Overdue bool
	Limit   int // 0: all
}

// The errors a caller may want to tell apart.
var (
	ErrInUse   = errors.New("the library is in use")
	ErrNone    = errors.New("there is no library here")
	ErrExists  = errors.New("there is a library here already")
	ErrUnknown = errors.New("there is no such record here")
)

var errLater = errors.New("not built yet")

// Library is one opened library. Its methods may be called from any goroutine.
type Library struct{}

// Init starts a library in dir and returns the text of its recovery sheet.
func Init(ctx context.Context, dir string, f Founding) (sheet string, err error) {
	return "", errLater
}

// Open opens the library in dir. It is the only one that may until Close.
func Open(ctx context.Context, dir string, o Options) (*Library, error) { return nil, errLater }

// Run keeps working set and finder in step until ctx ends. Open has brought them
// up to date before the first act; nothing else is started anywhere.
func (l *Library) Run(ctx context.Context) error { return errLater }

// Close seals what this laptop wrote and lets go of the directory.
func (l *Library) Close() error { return nil }

// Set is the working set, for workset.Follow.
func (l *Library) Set() *workset.Set { return nil }

// Self is this laptop's library.
func (l *Library) Self() model.Library { return model.Library{} }

// Import takes in a file: ISO 2709, MARCXML or CSV, read from its content.
// mapping is a column mapping's file for CSV, or "". The same file again adds nothing.
// When ctx ends it stops after a batch; what is in, is in, and running it again completes it.
func (l *Library) Import(ctx context.Context, path, mapping string, progress func(model.Progress)) (model.ImportReport, error) {
	return model.ImportReport{}, errLater
}

// Export writes all titles in format "marc", "marcxml" or "csv" and tells how many.
func (l *Library) Export(ctx context.Context, format string, w io.Writer, progress func(model.Progress)) (int, error) {
	return 0, errLater
}

// Find looks for titles.
func (l *Library) Find(ctx context.Context, q model.Query) (model.Hits, error) {
	return model.Hits{}, errLater
}

// Title is a whole record; ErrUnknown where there is none.
func (l *Library) Title(ctx context.Context, id model.ID) (model.Title, error) {
	return model.Title{}, errLater
}

// Lookup says what a scanned or typed code is.
func (l *Library) Lookup(ctx context.Context, code string) (model.Found, error) {
	return model.Found{}, errLater
}

// Patron is a reader; ErrUnknown where there is none.
func (l *Library) Patron(ctx context.Context, id model.ID) (model.PatronView, error) {
	return model.PatronView{}, errLater
}

// FindPatrons finds readers by beginnings of names, in any script, or by card; "" lists them by name.
func (l *Library) FindPatrons(ctx context.Context, text string, limit int) ([]model.PatronView, error) {
	return nil, errLater
}

// AddPatron registers a reader.
func (l *Library) AddPatron(ctx context.Context, f model.PatronForm) (model.PatronView, error) {
	return model.PatronView{}, errLater
}

// SavePatron saves what the form changed, and covers only what it displayed.
func (l *Library) SavePatron(ctx context.Context, f model.PatronForm) (model.PatronView, error) {
	return model.PatronView{}, errLater
}

// AddItem adds a copy of this library to a title.
func (l *Library) AddItem(ctx context.Context, f model.ItemForm) (model.Copy, error) {
	return model.Copy{}, errLater
}

// SaveItem saves what the form changed, and covers only what it displayed.
func (l *Library) SaveItem(ctx context.Context, f model.ItemForm) (model.Copy, error) {
	return model.Copy{}, errLater
}

// SaveBiblio adds a title (form.ID zero) or saves what the form changed, and covers only what it displayed.
func (l *Library) SaveBiblio(ctx context.Context, f model.BookForm) (model.Title, error) {
	return model.Title{}, errLater
}

// Staff lists who works here; SaveStaff adds (zero ID) or changes one.
func (l *Library) Staff(ctx context.Context) ([]model.Staff, error) { return nil, errLater }

// SaveStaff adds (zero ID) or changes a staff member.
func (l *Library) SaveStaff(ctx context.Context, f model.StaffForm) (model.Staff, error) {
	return model.Staff{}, errLater
}

// Lend lends a copy to a reader. The error may be a *model.Refusal.
// When it returns nil the loan is on the disk.
func (l *Library) Lend(ctx context.Context, patron, item model.ID, o model.Override) (model.Outcome, error) {
	return model.Outcome{}, errLater
}

// Return takes a copy back, on loan or not.
func (l *Library) Return(ctx context.Context, item model.ID) (model.Outcome, error) {
	return model.Outcome{}, errLater
}

// Renew gives the copy's loan a new due date. The error may be a *model.Refusal.
func (l *Library) Renew(ctx context.Context, item model.ID, o model.Override) (model.Outcome, error) {
	return model.Outcome{}, errLater
}

// Undo takes an act of the desk back by an event that says so.
func (l *Library) Undo(ctx context.Context, act model.ID) (model.Outcome, error) {
	return model.Outcome{}, errLater
}

// Loans lists open loans, soonest due first.
func (l *Library) Loans(ctx context.Context, q LoanQuery) ([]model.LoanView, error) {
	return nil, errLater
}

// Conflicts lists what a person should decide, newest first.
func (l *Library) Conflicts(ctx context.Context) ([]model.Conflict, error) { return nil, errLater }

// Resolve settles a conflict: pick is 1 for the first of its versions.
func (l *Library) Resolve(ctx context.Context, id string, pick int) error { return errLater }

// Network says who has what, and what waits.
func (l *Library) Network(ctx context.Context) (model.Network, error) {
	return model.Network{}, errLater
}

// Exchange meets a peer at an address such as https://host:port.
func (l *Library) Exchange(ctx context.Context, url string, progress func(model.Progress)) (model.Exchanged, error) {
	return model.Exchanged{}, errLater
}

// Stick takes in what the stick at dir has, and puts on it what it lacks.
func (l *Library) Stick(ctx context.Context, dir string, progress func(model.Progress)) (model.Exchanged, error) {
	return model.Exchanged{}, errLater
}

// Serve answers other laptops at listen ("host:port") until ctx ends; ready is
// called once with the address when it serves.
func (l *Library) Serve(ctx context.Context, listen string, ready func(address string)) error {
	return errLater
}

// Request prepares dir for joining and returns the text to take to one who admits,
// and the words that will show on both screens.
func Request(ctx context.Context, dir string, a Asking) (text string, words []string, err error) {
	return "", nil, errLater
}

// ReadRequest reads a request for the one who is to admit it.
func (l *Library) ReadRequest(text string) (model.JoinRequest, error) {
	return model.JoinRequest{}, errLater
}

// Admit admits the laptop or library that asks.
func (l *Library) Admit(ctx context.Context, request string) (model.Admission, error) {
	return model.Admission{}, errLater
}

// Join finishes in dir what Request began. Open it afterwards.
func Join(ctx context.Context, dir, admission string, o Options) error { return errLater }

// Restore rebuilds a library in dir from its recovery sheet and a stick or a peer.
func Restore(ctx context.Context, dir, sheet string, from From, o Options, progress func(model.Progress)) error {
	return errLater
}

// Check verifies signatures and chains, rebuilds the state from the logs and compares.
func (l *Library) Check(ctx context.Context, progress func(model.Progress)) (model.CheckReport, error) {
	return model.CheckReport{}, errLater
}

// Digest gives a fingerprint for each scope held.
func (l *Library) Digest(ctx context.Context) ([]model.ScopeDigest, error) { return nil, errLater }

// Settings are this laptop's.
func (l *Library) Settings() model.Settings { return model.Settings{} }

// SaveSettings keeps them.
func (l *Library) SaveSettings(s model.Settings) error { return errLater }
