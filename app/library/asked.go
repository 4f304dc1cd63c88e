package library

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"ishtirak/model"
	"ishtirak/sync/change"
	"ishtirak/sync/roster"
)

// staffFile holds the name of the person who asked, until the library that is joined knows it.
const staffFile = "staff"

// Asked is what Request asked in dir and nobody has granted yet, with its text and words; an error where nothing was asked.
func Asked(dir string) (a Asking, text string, words []string, err error) {
	q, text, err := asked(dir)
	if err != nil {
		return a, "", nil, err
	}
	a.Laptop = q.Laptop
	if q.Role == roster.RoleHub {
		a.Role = "hub"
	}
	if q.Library != nil {
		a.Names, a.Code = model.Names{Urdu: q.Library.Urdu, Roman: q.Library.English}, q.Library.Code
	}
	name, err := os.ReadFile(filepath.Join(dir, staffFile))
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	a.Staff = string(name)
	return a, text, strings.Fields(q.Words()), err
}

// asked reads a request made in dir before and not granted yet.
func asked(dir string) (q roster.Request, text string, err error) {
	l := &Library{dir: dir}
	k, err := roster.LoadKeyring(l.path(keysFile))
	if err != nil {
		return q, "", err
	}
	raw, err := os.ReadFile(l.path(requestFile))
	if err != nil {
		return q, "", err
	}
	if q, err = roster.ReadRequest(raw); err == nil && q.Author != k.Author() {
		err = ErrUnknown // left by an interrupted start
	}
	return q, string(raw), err
}

// same reports whether what is asked now was asked before, or only its text is wanted again.
func (a Asking) same(before Asking) bool {
	if a.Names == (model.Names{}) && a.Code == "" && strings.TrimSpace(a.Laptop) == "" && a.Role == "" {
		return true
	}
	laptop := strings.TrimSpace(a.Laptop)
	return a.Names == before.Names && a.Code == before.Code && (laptop == "" || laptop == before.Laptop) &&
		(a.Role == "hub") == (before.Role == "hub")
}

// onlyAsked reports whether the keys here have never opened a library: nothing was done with them but to ask.
func (l *Library) onlyAsked() bool {
	k, err := roster.LoadKeyring(l.path(keysFile))
	return err == nil && k.Authority == change.Author{}
}

// forgetAsked makes room where only a request was made: an answer to it no longer fits. The keys are kept in a folder of
// their own, for whoever wants that request after all.
func (l *Library) forgetAsked() error {
	if err := l.sweep(); err != nil { // what an interrupted Join left
		return err
	}
	old, err := os.MkdirTemp(l.dir, "request-"+l.o.Now().UTC().Format("2006-01-02")+"-")
	if err != nil {
		return err
	}
	for _, name := range []string{keysFile, requestFile, staffFile} {
		if err := os.Rename(l.path(name), filepath.Join(old, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("putting an earlier request away: %w", err)
		}
	}
	return nil
}
