package library

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"ishtirak/model"
	"ishtirak/model/script"
	"ishtirak/sync/change"
	"ishtirak/sync/clock"
	"ishtirak/sync/roster"
)

// Asking says who asks to join.
type Asking struct {
	Names  model.Names // zero: a further laptop of the admitting library
	Code   string
	Laptop string
	Role   string // "laptop" (also "") or "hub"
	Staff  string // who asks, to be kept until the library is open; "": nobody is named
	Options
}

const (
	requestFile  = "request"  // what was asked, until it is granted
	joinedFile   = "joined"   // then the same, until something is exchanged
	admittedFile = "admitted" // entries of the admission that its segments do not hold
)

// Request prepares dir for joining and returns the text to take to one who admits,
// and the words that will show on both screens. Asked the same again, or with nothing
// said, it gives the same text; asked otherwise, a new request takes the place of the
// earlier, to which an answer no longer fits.
// Where dir holds a library that started alone, it asks for that one as it is.
func Request(ctx context.Context, dir string, a Asking) (text string, words []string, err error) {
	if err := ctx.Err(); err != nil {
		return "", nil, err
	}
	if before, text, words, err := Asked(dir); err == nil && (a.same(before) || !(&Library{dir: dir}).onlyAsked()) {
		return text, words, nil
	}
	l, err := newLibrary(dir, a.Options)
	if errors.Is(err, ErrExists) {
		return requestWithAll(ctx, dir, a.Options)
	}
	if err != nil {
		return "", nil, err
	}
	defer func() { err = errors.Join(err, l.lock.release()) }()
	k, err := roster.NewKeyring(l.o.Rand)
	if err != nil {
		return "", nil, err
	}
	role := roster.RoleDesk
	if a.Role == "hub" {
		role = roster.RoleHub
	}
	stamp := clock.At(l.now())
	if (a.Names == model.Names{}) {
		text, err = k.AskAsLaptop(orElse(a.Laptop, "Laptop"), role, stamp)
	} else {
		if !model.IsLibraryCode(a.Code) {
			return "", nil, &model.Refusal{Rule: model.RuleCode, About: model.About{Code: a.Code, Field: "code"}}
		}
		info := roster.Library{English: a.Names.Roman, Urdu: a.Names.Urdu, Code: a.Code}
		text, err = k.AskAsLibrary(l.o.Rand, info, orElse(a.Laptop, "Laptop 1"), role, stamp)
	}
	if err != nil {
		return "", nil, err
	}
	q, err := roster.ReadRequest([]byte(text))
	if err != nil {
		return "", nil, err
	}
	if err := writeFile(l.path(requestFile), []byte(text)); err != nil {
		return "", nil, fmt.Errorf("keeping the request: %w", err)
	}
	if a.Staff != "" {
		if err := writeFile(l.path(staffFile), []byte(a.Staff)); err != nil {
			return "", nil, fmt.Errorf("keeping who asks: %w", err)
		}
	}
	l.keys = k
	return text, strings.Fields(q.Words()), l.started()
}

// requestWithAll asks for a library that started alone and wants to join another
// federation, its laptops, logs and IDs coming along.
func requestWithAll(ctx context.Context, dir string, o Options) (text string, words []string, err error) {
	l, err := Open(ctx, dir, o)
	if err != nil {
		return "", nil, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	if text, err = l.keys.AskWithAll(l.roster.Load(), clock.At(l.now())); err != nil {
		return "", nil, err
	}
	if err := writeFile(l.path(requestFile), []byte(text)); err != nil {
		return "", nil, fmt.Errorf("keeping the request: %w", err)
	}
	q, text, err := asked(dir)
	return text, strings.Fields(q.Words()), err
}

// ReadRequest reads a request for the one who is to admit it.
func (l *Library) ReadRequest(text string) (model.JoinRequest, error) {
	q, err := roster.ReadRequest([]byte(text))
	return joinRequest(q), err
}

func joinRequest(q roster.Request) model.JoinRequest {
	out := model.JoinRequest{Laptop: q.Laptop, Words: strings.Fields(q.Words())}
	if q.Library != nil {
		out.Library = libraryOf(*q.Library, model.ID{})
	}
	return out
}

// AdmissionWords are the three words of an admission: on the laptop that joins they
// must be those on the screen where it was admitted. They are not those of its
// request, which anybody who saw it could answer.
func AdmissionWords(admission string) ([]string, error) {
	a, err := roster.ReadAdmission([]byte(admission))
	if err != nil {
		return nil, err
	}
	return strings.Fields(a.Words()), nil
}

// Admit admits the laptop or library that asks. Admitting it again gives the
// admission again. Its words are AdmissionWords'.
func (l *Library) Admit(ctx context.Context, request string) (model.Admission, error) {
	if err := l.wait(ctx); err != nil {
		return model.Admission{}, err
	}
	q, err := roster.ReadRequest([]byte(request))
	if err != nil {
		return model.Admission{}, err
	}
	l.desk.Lock()
	defer l.desk.Unlock()
	stamp := clock.At(l.now())
	entries, err := l.keys.Admit(l.roster.Load(), q, stamp)
	if err != nil {
		return model.Admission{}, err
	}
	a := l.newAct()
	for _, raw := range entries {
		if !l.knowsEntry(raw) {
			a.entry(raw)
		}
	}
	// Entries are judged by the roster that they make.
	if err := l.rep.SetRules(rules{l.roster.Load().With(entries...)}); err != nil {
		return model.Admission{}, err
	}
	if _, err := a.commit(); err != nil {
		return model.Admission{}, err
	}
	segments, err := l.adminSegments()
	if err != nil {
		return model.Admission{}, err
	}
	text, err := l.keys.Admission(l.roster.Load(), q, segments, l.addresses(), stamp)
	if err != nil {
		return model.Admission{}, err
	}
	out := model.Admission{Text: text, For: joinRequest(q)}
	out.For.Words, err = AdmissionWords(text)
	return out, err
}

func (l *Library) knowsEntry(raw []byte) bool {
	for _, e := range l.roster.Load().Entries() {
		if string(e) == string(raw) {
			return true
		}
	}
	return false
}

func (l *Library) adminSegments() ([][]byte, error) {
	if err := (local{l.rep, l}).Seal(change.Admin); err != nil {
		return nil, err
	}
	var out [][]byte
	for raw, err := range l.rep.Since(change.Admin, clock.Vector{}) {
		if err != nil {
			return nil, fmt.Errorf("reading who belongs: %w", err)
		}
		out = append(out, raw)
	}
	return out, nil
}

// addresses are where this laptop, or a hub it knows, may be found.
func (l *Library) addresses() []string {
	var out []string
	if at := l.serving.Load(); at != nil {
		out = append(out, *at)
	}
	return append(out, l.Settings().Hubs...)
}

// ErrOtherWords says what to do where a laptop joined by an admission that was not
// meant for it, and it is too late to put that right by joining again.
var ErrOtherWords = errors.New("this laptop has joined already, and may have exchanged since. " +
	"If that was by an admission whose words were not those on the other screen, start it afresh: in an empty folder, with a new request")

// Join finishes in dir what Request began. Open it afterwards. The keys are written
// last: until then it can be done again. Until something is exchanged a laptop, or a
// library that is new, can join by another admission instead: what was written
// meanwhile is set aside.
func Join(ctx context.Context, dir, admission string, o Options) (err error) {
	held, err := takeExisting(dir, o.Holder)
	if err != nil {
		return err
	}
	l := &Library{dir: dir, o: o.filled(), lock: held, news: make(chan struct{}, 1)}
	defer func() { err = errors.Join(err, l.Close()) }()
	a, err := roster.ReadAdmission([]byte(admission))
	if err != nil {
		return err
	}
	if l.keys, err = roster.LoadKeyring(l.path(keysFile)); err != nil {
		return err
	}
	if err := l.granted(a); err != nil {
		return err
	}
	moved, err := l.keys.Join(a, clock.At(l.now()))
	if err != nil {
		return err
	}
	entries := a.Entries
	if moved != nil {
		entries = append(entries, moved)
	}
	if err := l.begin(ctx, entries); err != nil {
		return err
	}
	for _, raw := range a.Segments {
		// What may not be taken does not matter here: who belongs is in the entries.
		if _, err := (local{l.rep, l}).Accept(ctx, change.Admin, raw); err != nil && !errors.Is(err, change.ErrUnknownAuthor) && !errors.Is(err, change.ErrCut) {
			return fmt.Errorf("taking in who belongs: %w", err)
		}
	}
	if err := l.keepAdmitted(a.Entries); err != nil {
		return err
	}
	if err := l.joined(moved); err != nil {
		return err
	}
	if err := errors.Join(l.keys.Save(l.path(keysFile)), l.putAway(staffFile)); err != nil {
		return err
	}
	if moved != nil { // its other laptops follow the move: there is no way back
		return l.putAway(requestFile)
	}
	if err := os.Rename(l.path(requestFile), l.path(joinedFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("putting the request away: %w", err)
	}
	return nil
}

// granted checks that an admission answers the request made here, and makes room for
// it where another was joined before.
func (l *Library) granted(a roster.Admission) error {
	text, err := os.ReadFile(l.path(requestFile))
	before := errors.Is(err, fs.ErrNotExist)
	if before {
		text, err = os.ReadFile(l.path(joinedFile))
	}
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: %w", roster.ErrRefused, ErrOtherWords)
	}
	if err != nil {
		return fmt.Errorf("reading what was asked: %w", err)
	}
	q, err := roster.ReadRequest(text)
	if err != nil {
		return err
	}
	if !a.Answers(q) {
		return fmt.Errorf("%w: this admission does not answer the request that was made here; bring the one for the request whose words are %s", roster.ErrRefused, q.Words())
	}
	switch {
	case l.keys.Authority == change.Author{}:
		return l.sweep() // an interrupted Join
	case before && l.keys.Authority != a.Authority:
		l.keys.Part()
		return l.setAside("It was written after this laptop had joined by another admission, before it exchanged with anybody.")
	}
	return nil
}

// exchanged ends the time in which another admission can be joined.
func (l *Library) exchanged() error { return l.putAway(joinedFile) }

// keepAdmitted keeps what the admission says of who belongs and its segments do not,
// until it comes.
func (l *Library) keepAdmitted(entries [][]byte) error {
	l.extra = nil
	held, err := l.entries()
	if err != nil {
		return fmt.Errorf("reading who belongs: %w", err)
	}
	for _, e := range entries {
		if !slices.ContainsFunc(held, func(h []byte) bool { return bytes.Equal(e, h) }) {
			l.extra = append(l.extra, e)
		}
	}
	if len(l.extra) == 0 {
		return nil
	}
	raw, err := model.Encode(l.extra)
	if err == nil {
		err = writeFile(l.path(admittedFile), raw)
	}
	if err != nil {
		return fmt.Errorf("writing who belongs: %w", err)
	}
	return nil
}

// readAdmitted reads it again.
func (l *Library) readAdmitted() error {
	raw, err := os.ReadFile(l.path(admittedFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = model.Decode(raw, &l.extra)
	}
	if err != nil {
		return fmt.Errorf("reading who belongs: %w", err)
	}
	return nil
}

// joined writes what a library begins with, where it is new, and that it moved, where
// it was alone before.
func (l *Library) joined(moved []byte) error {
	if moved != nil {
		a := l.newAct()
		a.entry(moved)
		return a.write()
	}
	if !l.keys.HoldsLibraryKey() {
		return nil // a further laptop: its library is there already
	}
	for _, err := range l.records(model.KindStaff, nil) {
		return err // begun in an interrupted Join
	}
	return l.firstAct(nil, model.Nameless)
}

func isUrdu(s string) bool { return script.Direction(s) == script.RTL }

// newKeys draws this laptop's keys, gives them the library's from its sheet, and
// signs who this laptop is.
func (l *Library) newKeys(sheet string) (entry []byte, err error) {
	s, err := roster.ReadSheet([]byte(sheet))
	if err != nil {
		return nil, err
	}
	if l.keys, err = roster.NewKeyring(l.o.Rand); err != nil {
		return nil, err
	}
	s.Restore(l.keys)
	identity, err := l.keys.RecoveryIdentity()
	if err != nil {
		return nil, err
	}
	l.sheets = []string{identity}
	return l.keys.SignSelf("Restored laptop", roster.RoleDesk, clock.At(l.now()))
}
