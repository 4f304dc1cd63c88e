package library

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ishtirak/model"
	"ishtirak/model/workset"
	"ishtirak/sync/change"
	"ishtirak/sync/clock"
	"ishtirak/sync/roster"
)

// Founding says what library to start.
type Founding struct {
	Names  model.Names
	Code   string // ISIL shape, "PK-…"
	Laptop string // this laptop's name; "": "Laptop 1"
	Staff  string // the first staff member; "": "Librarian"
	// SheetDue notes in the settings that the recovery sheet is still to be put on paper.
	SheetDue bool
	Options
}

// Init starts a library in dir, a federation of one, and returns the text of its
// recovery sheet. The keys are written last: where there are none, nothing was started.
func Init(ctx context.Context, dir string, f Founding) (sheet string, err error) {
	f.Names.Urdu, f.Names.Roman = strings.TrimSpace(f.Names.Urdu), strings.TrimSpace(f.Names.Roman)
	switch {
	case f.Names == model.Names{}:
		return "", &model.Refusal{Rule: model.RuleEmpty, About: model.About{Field: "name"}}
	case !model.IsLibraryCode(f.Code):
		return "", &model.Refusal{Rule: model.RuleCode, About: model.About{Code: f.Code, Field: "code"}}
	}
	l, err := newLibrary(dir, f.Options)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	if l.keys, err = roster.NewKeyring(l.o.Rand); err != nil {
		return "", err
	}
	info := roster.Library{English: f.Names.Roman, Urdu: f.Names.Urdu, Code: f.Code}
	entries, err := l.keys.Found(l.o.Rand, info, orElse(f.Laptop, "Laptop 1"), roster.RoleDesk, clock.At(l.o.Now()))
	if err != nil {
		return "", err
	}
	if err := l.begin(ctx, entries); err != nil {
		return "", err
	}
	if err := l.firstAct(entries, orElse(f.Staff, "Librarian")); err != nil {
		return "", err
	}
	mine, _ := l.roster.Load().Library(l.keys.Library)
	printed, err := l.keys.Sheet(mine)
	if err != nil {
		return "", err
	}
	if f.SheetDue { // before the library counts as started: whoever opens it next finds it
		if err := l.SaveSettings(model.Settings{SheetDue: true}); err != nil {
			return "", err
		}
	}
	return printed.Text(), l.started()
}

func orElse(s, other string) string {
	if s = strings.TrimSpace(s); s == "" {
		return other
	}
	return s
}

// startingFile stands in a directory from the moment a start begins until the keys
// are there: what lies beside it without keys is nobody's.
const startingFile = "starting"

// newLibrary locks a directory in which no library is yet. What an interrupted start
// left there is removed, a request that nobody granted is put away. What else is there without keys may be somebody's work, the
// file of keys lost: it is set aside.
func newLibrary(dir string, o Options) (*Library, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the library's folder: %w", err)
	}
	held, err := take(dir, o.Holder)
	if err != nil {
		return nil, err
	}
	l := &Library{dir: dir, o: o.filled(), lock: held, news: make(chan struct{}, 1)}
	if _, err := os.Stat(l.path(keysFile)); l.onlyAsked() {
		if err := l.forgetAsked(); err != nil {
			return nil, errors.Join(fmt.Errorf("making room for a new library: %w", err), held.release())
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, errors.Join(fmt.Errorf("%w: %s", ErrExists, dir), held.release())
	}
	if _, err = os.Stat(l.path(startingFile)); err == nil {
		err = l.sweep()
	} else if errors.Is(err, fs.ErrNotExist) {
		err = l.setAside("There was no file of keys beside this: it may hold work that is nowhere else. " +
			"To use it, put the file \"keys\" from a copy of this folder beside it, and open that.")
	}
	if err == nil {
		err = writeFile(l.path(startingFile), nil)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("making room for a new library: %w", err), held.release())
	}
	return l, nil
}

// started keeps the keys: from now on there is a library.
func (l *Library) started() error {
	if err := l.keys.Save(l.path(keysFile)); err != nil {
		return err
	}
	return l.putAway(startingFile)
}

func (l *Library) putAway(name string) error {
	if err := os.Remove(l.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("putting away the file %s: %w", name, err)
	}
	return nil
}

// stores are the files that are of one replica.
func stores() []string {
	return []string{replicaDir, finderDir, rosterFile, admittedFile, acksFile, heardFile}
}

func (l *Library) sweep() error {
	for _, name := range stores() {
		if err := os.RemoveAll(l.path(name)); err != nil {
			return fmt.Errorf("removing what an interrupted start left: %w", err)
		}
	}
	return nil
}

// setAside moves what a replica left into a folder of its own beside a note, and
// tells so.
func (l *Library) setAside(why string) error {
	if _, err := os.Stat(l.path(replicaDir)); errors.Is(err, fs.ErrNotExist) {
		return l.sweep() // nothing that cannot be made again
	}
	aside, err := os.MkdirTemp(l.dir, "set-aside-"+l.o.Now().UTC().Format("2006-01-02")+"-")
	if err != nil {
		return err
	}
	for _, name := range stores() {
		if err := os.Rename(l.path(name), filepath.Join(aside, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("setting aside what was here: %w", err)
		}
	}
	said := "What was in this folder was not deleted: it is in " + aside + ". " + why
	if l.o.Tell != nil {
		l.o.Tell(said)
	}
	if l.o.Aside != nil {
		l.o.Aside(aside)
	}
	return writeFile(filepath.Join(aside, "READ-ME.txt"), []byte(said+"\n"))
}

func (l *Library) path(name string) string { return filepath.Join(l.dir, name) }

// begin opens a replica that follows a roster made of these entries.
func (l *Library) begin(ctx context.Context, entries [][]byte) (err error) {
	l.settings.Store(&model.Settings{})
	l.own.ID = l.keys.Library
	if l.set, err = workset.New(l.own.ID); err != nil {
		return err
	}
	if l.acks, err = roster.OpenAcks(l.path(acksFile)); err != nil {
		return err
	}
	r := roster.Load(l.keys.Authority, slices.Values(entries))
	l.roster.Store(r)
	if err := l.keepRoster(entries); err != nil {
		return err
	}
	l.rep, err = l.openReplica(ctx)
	return err
}

// firstAct writes who belongs, the first staff member and the first rule of lending.
func (l *Library) firstAct(entries [][]byte, staff string) error {
	a := l.newAct()
	for _, raw := range entries {
		a.entry(raw)
	}
	a.staff = model.EventNumber(model.ID(a.id), 0)
	groups, err := model.StaffForm{Names: namesOf(staff), Role: model.RoleHead}.Groups()
	if err != nil {
		return err
	}
	a.add(model.Key{Kind: model.KindStaff, Owner: l.own.ID, ID: a.staff}, groups...)
	line, err := model.LineWrite("", "", model.DefaultLine(), model.Displayed{})
	a.put(model.Key{Kind: model.KindPolicy, Owner: l.own.ID, ID: model.PolicyID(l.own.ID)}, line, err)
	return a.write()
}

// entry adds a signed entry of the roster.
func (a *act) entry(raw []byte) {
	w, err := roster.Write(raw)
	if err != nil && a.err == nil {
		a.err = err
	}
	a.writes = append(a.writes, scoped(change.Admin, w))
}

// namesOf puts a name into the script it is written in.
func namesOf(s string) model.Names {
	if isUrdu(s) {
		return model.Names{Urdu: s}
	}
	return model.Names{Roman: s}
}

func libraryOf(r roster.Library, own model.ID) model.Library {
	return model.Library{ID: r.ID, Names: model.Names{Urdu: r.Urdu, Roman: r.English}, Code: r.Code, Own: r.ID == own}
}
