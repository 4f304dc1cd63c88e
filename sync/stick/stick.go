package stick

import (
	"bytes"
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"filippo.io/age"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
	"ishtirak/sync/roster"
)

// exchange is one visit.
type exchange struct {
	files      carrier
	local      Local
	scopes     []change.Scope // in the order of exchanging
	shelf      bool           // it is a hub's shelf: nothing is read that is held here
	small      int64          // a run below this size is added to
	enough     int            // from which size a run is closed
	identities []age.Identity
	pattern    *regexp.Regexp
	progress   Progress
	moved      Moved
	report     Report
	waits      map[change.Gap]change.Scope
	held       map[string][]*runFile // whole runs, by folder
	useless    map[string][]string   // files that we cannot read and need not: we hold what they held
	blocked    error                 // the first ErrInTheWay
}

// runFile is a run found on the stick.
type runFile struct {
	run
	path   string
	size   int64
	hashes []clock.Hash // of the headers of its whole segments
	prev   clock.Hash   // of the header before the first
	whole  bool
	wrong  bool // what is in it is not what its name says
	ours   bool // every segment of it is stored here, in its scope, the same to the byte
}

// Exchange takes in what the stick at dir has and this replica lacks, then puts
// on it what it lacks. What was read or written by the time of an error stays.
func Exchange(ctx context.Context, local Local, dir string, progress Progress) (Report, error) {
	d, err := openDisk(dir)
	if err != nil {
		return Report{}, err
	}
	defer func() { _ = d.root.Close() }()
	x, err := newExchange(d, local, progress)
	if err != nil {
		return Report{}, err
	}
	x.scopes, x.small, x.enough = local.Scopes(), enough, enough
	return x.end(x.run(ctx))
}

func newExchange(files carrier, local Local, progress Progress) (*exchange, error) {
	if progress == nil {
		progress = func(Moved) {}
	}
	x := &exchange{
		files: files, local: local, pattern: runName(), progress: progress,
		waits: make(map[change.Gap]change.Scope), held: make(map[string][]*runFile),
		useless: make(map[string][]string),
	}
	for _, text := range local.Identities() {
		identity, err := age.ParseX25519Identity(text)
		if err != nil {
			return nil, fmt.Errorf("this laptop's key for sticks: %w", err)
		}
		x.identities = append(x.identities, identity)
	}
	return x, nil
}

func (x *exchange) end(err error) (Report, error) {
	x.nameGaps()
	return x.report, errors.Join(err, x.local.Acks().Save())
}

func (x *exchange) run(ctx context.Context) error {
	before, err := x.local.OwnLogs(change.Admin)
	if err != nil {
		return err
	}
	home := x.home()
	if err := x.promise(); err != nil {
		return err
	}
	// Admin first, and again where it says that our federation went into another.
	if err := x.takeIn(ctx, change.Admin); err != nil {
		return err
	}
	x.scopes = x.local.Scopes()
	for _, scope := range x.scopes {
		if scope == change.Admin && x.home() == home {
			continue
		}
		if err := x.takeIn(ctx, scope); err != nil {
			return err
		}
	}
	places, err := x.ackPlaces()
	if err != nil {
		return err
	}
	if err := x.takeAcks(ctx, places...); err != nil {
		return err
	}
	after, err := x.local.OwnLogs(change.Admin)
	if err != nil {
		return err
	}
	for log := range before.All() {
		x.report.Renewed = x.report.Renewed || len(after.Heads(log)) == 0
	}
	return x.putOn(ctx)
}

func (x *exchange) home() string { return federationDir(x.local.Roster().Federation()) }

func federationDir(f [16]byte) string { return path.Join(rootDir, hex.EncodeToString(f[:])) }

// federations lists the folders that are ours, or were before our federation
// went into another; our own first.
func (x *exchange) federations() ([]string, error) {
	names, err := x.files.list(rootDir, true)
	if err != nil {
		return nil, err
	}
	r := x.local.Roster()
	var list []string
	for _, name := range names {
		id, err := hex.DecodeString(strings.ToLower(name))
		if err == nil && len(id) == 16 && r.Was([16]byte(id)) {
			list = append(list, path.Join(rootDir, name))
		}
	}
	slices.SortFunc(list, func(a, b string) int {
		return cmp.Or(cmp.Compare(b2i(b == x.home()), b2i(a == x.home())), cmp.Compare(a, b))
	})
	return list, nil
}

// promise counts the changes that the names of files say are on the stick and not
// here, so that a person sees how much there is to take in.
func (x *exchange) promise() error {
	homes, err := x.federations()
	if err != nil {
		return err
	}
	for _, scope := range x.scopes {
		held, err := x.local.Summary(scope)
		if err != nil {
			return err
		}
		var there clock.Vector
		for _, home := range homes {
			names, err := x.files.list(path.Join(home, folder(scope)), false)
			if err != nil {
				return err
			}
			for _, name := range names {
				if r, is := parseRun(x.pattern, name); is {
					there.Add(r.log, clock.Head{Seq: r.last, Header: r.header})
				}
			}
		}
		var ahead clock.Vector
		for log, head := range there.All() { // runs grow: the longest of a log has the others in it
			if old := ahead.Heads(log); len(old) == 0 || old[0].Seq < head.Seq {
				ahead.Set(log, head)
			}
		}
		for log, head := range ahead.All() {
			for _, ours := range held.Heads.Heads(log) {
				if ours.Seq >= head.Seq {
					ahead.Set(log, ours)
				}
			}
		}
		x.moved.ToRead += roster.Behind(ahead, held.Heads)
	}
	return nil
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// takeIn takes in a scope. Runs by authors whom another run introduces are tried
// again once that has been read.
func (x *exchange) takeIn(ctx context.Context, scope change.Scope) error {
	homes, err := x.federations()
	if err != nil {
		return err
	}
	for _, home := range homes {
		dir := path.Join(home, folder(scope))
		x.held[dir], x.useless[dir] = nil, nil
		runs, err := x.runs(dir, scope)
		if err != nil {
			return err
		}
		x.moved.FilesTotal += len(runs)
		var again []*runFile
		for _, r := range runs {
			if err := x.takeRun(ctx, scope, r, &again, true); err != nil {
				return err
			}
		}
		for len(again) > 0 {
			var still []*runFile
			for _, r := range again {
				if err := x.takeRun(ctx, scope, r, &still, false); err != nil {
					return err
				}
			}
			if len(still) == len(again) {
				for _, r := range still {
					x.refuse("%s: whoever wrote this is not on the roster", r.path)
				}
				break
			}
			again = still
		}
		for _, r := range runs {
			if r.whole {
				x.held[dir] = append(x.held[dir], r)
			}
		}
	}
	return nil
}

// runs lists a folder's runs by log and place. In a private scope's folder only
// what is encrypted is looked at, in the others only what is not: somebody may
// have moved the one to where the other belongs, for us to decrypt it there.
func (x *exchange) runs(dir string, scope change.Scope) ([]*runFile, error) {
	names, err := x.files.list(dir, false)
	if errors.Is(err, fs.ErrPermission) { // of this folder; there are others
		x.damage("%s: it is locked: %v", dir, err)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list []*runFile
	for _, name := range names {
		r, is := parseRun(x.pattern, name)
		switch at := path.Join(dir, name); {
		case !is:
		case (r.recipients == "") != inClear(scope):
			x.refuse("%s: it does not belong into this folder", at)
		default:
			list = append(list, &runFile{run: r, path: at})
		}
	}
	slices.SortFunc(list, func(a, b *runFile) int {
		return cmp.Or(slices.Compare(a.log[:], b.log[:]), cmp.Compare(a.first, b.first), cmp.Compare(a.path, b.path))
	})
	return list, nil
}

// inClear reports whether a scope is put on without encryption.
func inClear(scope change.Scope) bool { return scope == change.Admin || scope == change.Catalogue }

// takeRun reads a file, and accepts what of it is not held.
func (x *exchange) takeRun(ctx context.Context, scope change.Scope, r *runFile, again *[]*runFile, first bool) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if recalled, err := x.recall(scope, r); recalled || err != nil {
		x.moved.FilesDone++
		return err
	}
	segments, err := x.readRun(scope, r, first)
	if err != nil {
		return err
	}
	if first {
		x.moved.Scope, x.moved.Reading = scope, true
		x.moved.FilesDone++
		x.moved.BytesRead += r.size
		defer func() { x.progress(x.moved) }()
	}
	r.ours = r.whole
	if err := x.takeSegments(ctx, scope, r, segments, again); err != nil || r.whole {
		return err
	}
	if x.shelf && r.wrong {
		// Those who hold it go by its name alone: they put it on anew once that is gone.
		return x.files.remove(r.path)
	}
	known, err := x.knows(scope, r.log, r.last, r.header)
	if err == nil && known && first {
		dir := path.Dir(r.path)
		x.useless[dir] = append(x.useless[dir], r.path)
	}
	return err
}

func (x *exchange) takeSegments(ctx context.Context, scope change.Scope, r *runFile, segments [][]byte, again *[]*runFile) error {
	for i, raw := range segments {
		switch mine, err := x.local.Stored(scope, r.log, r.hashes[i]); {
		case err != nil:
			return err
		case mine == nil:
		case bytes.Equal(mine, raw):
			continue // runs grow: their beginnings come again
		default: // the header is right, what it signs is not
			x.damage("%s: %v: segment %d is not what its author signed", r.path, ErrDamaged, i+1)
			r.whole, r.ours = false, false
			continue
		}
		got, err := x.local.Accept(ctx, scope, raw)
		switch {
		case err == nil:
		case errors.Is(err, change.ErrUnknownAuthor):
			// Nothing here follows it, and a stick may be full of such: it is forgotten.
			r.hashes, r.whole, r.ours = nil, false, false
			if scope == change.Admin {
				*again = append(*again, r)
			} else {
				x.refuse("%s: %v", r.path, err)
			}
			return nil
		case foreign(err):
			x.refuse("%s: %v", r.path, err)
			r.whole = r.whole && !altered(err) && !errors.Is(err, change.ErrScope)
			r.ours = false
			return nil
		default:
			return fmt.Errorf("taking in what is on the stick: %w", err)
		}
		if got.New {
			x.report.SegmentsReceived++
		}
		r.ours = r.ours && (got.New || len(got.Waits) == 0)
		x.report.Received += got.Writes
		x.moved.SetsRead += got.Sets
		for _, g := range got.Waits {
			if len(x.waits) < maxListed {
				x.waits[g] = scope
			}
		}
	}
	return nil
}

// readRun reads a file as far as it is whole, and compares it with its name. It
// gives the segments, which nobody keeps: a stick may hold more than the memory. An
// error is the line's, to a hub's shelf; of a stick it is the file that is damaged.
func (x *exchange) readRun(scope change.Scope, r *runFile, first bool) ([][]byte, error) {
	contents, err := x.files.read(r.path, maxFile)
	switch {
	case x.shelf && errors.Is(err, fs.ErrNotExist):
		return nil, nil // another laptop has just put a longer one in its place
	case x.shelf && err != nil && !errors.Is(err, ErrDamaged):
		return nil, err
	case err != nil:
		x.damage("%s: %v", r.path, err)
		r.wrong = true
		return nil, nil
	}
	if first {
		x.report.FilesRead++
		x.report.BytesRead += int64(len(contents))
	}
	r.size = int64(len(contents))
	segments, whole, err := decodeRun(contents, r.recipients != "", x.identities)
	if errors.Is(err, errNotForUs) {
		if r.wrong = !whole || x.forUs(scope, r.recipients); !r.wrong {
			x.refuse("%s: it was put on for others; a laptop of the library that could read it has to come by first", r.path)
		} else {
			x.damage("%s: %v", r.path, ErrDamaged)
		}
		return nil, nil
	}
	var hashes []clock.Hash
	for i, raw := range segments {
		seg, derr := change.Decode(raw)
		if derr != nil || seg.Log != r.log || i > 0 && seg.Prev != hashes[i-1] {
			segments, err = segments[:i], fmt.Errorf("%w: segment %d does not belong there", ErrDamaged, i+1)
			if derr != nil {
				err = fmt.Errorf("%w: %w", err, derr)
			}
			break
		}
		if i == 0 {
			r.prev = seg.Prev
			if seg.First != r.first {
				err = fmt.Errorf("%w: its name does not fit", ErrDamaged)
			}
		}
		hashes = append(hashes, seg.Hash())
	}
	r.hashes = hashes
	if err == nil && (len(hashes) == 0 || hashes[len(hashes)-1] != r.header) {
		err = fmt.Errorf("%w: its name does not fit", ErrDamaged)
	}
	if err != nil {
		r.wrong = !errors.Is(err, change.ErrNewer)
		x.damage("%s: %v", r.path, err)
	}
	r.whole = whole && err == nil
	return segments, nil
}

// forUs reports whether a name says that this laptop can open the file.
func (x *exchange) forUs(scope change.Scope, recipients string) bool {
	r := x.local.Roster()
	return r.Entitled(authorOf(x.local), scope) && recipients == recipientsHash(r.Recipients(scope))
}

// altered reports whether a segment is not what its author signed.
func altered(err error) bool {
	return errors.Is(err, change.ErrSignature) || errors.Is(err, change.ErrAltered) ||
		errors.Is(err, change.ErrFormat) || errors.Is(err, change.ErrTooLarge)
}

// foreign reports whether an error is the stick's fault, not this disk's.
func foreign(err error) bool {
	return altered(err) || errors.Is(err, change.ErrUnknownAuthor) || errors.Is(err, change.ErrCut) ||
		errors.Is(err, change.ErrScope) || errors.Is(err, change.ErrRefused) || errors.Is(err, change.ErrNewer) ||
		errors.Is(err, change.ErrHole)
}
