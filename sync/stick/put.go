package stick

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
	"ishtirak/sync/roster"
)

// most bounds what waits in memory to be bundled, over all logs.
const most = 16 << 20

// putOn puts on the stick what it lacks of every scope this replica may hold.
func (x *exchange) putOn(ctx context.Context) error {
	scopes := x.mayHold()
	if len(scopes) == 0 {
		return nil // not a member yet: a library being restored
	}
	for _, dir := range []string{rootDir, path.Join(x.home(), ackDir)} {
		if err := x.sweep(dir); err != nil {
			return err
		}
	}
	if err := x.files.write(path.Join(rootDir, readme), []byte(about)); err != nil && !errors.Is(err, ErrInTheWay) {
		return err // a note that has no place costs nothing
	}
	if err := x.putScopes(ctx, scopes); err != nil {
		return err
	}
	// Laptops that have not heard that their federation went into ours look
	// under its old name: what tells them is in scope admin.
	homes, err := x.federations()
	if err != nil {
		return err
	}
	for _, home := range homes {
		if home == x.home() {
			continue
		}
		p := &putting{exchange: x, scope: change.Admin, dir: path.Join(home, folder(change.Admin)), wrote: make(map[string]bool)}
		if err := p.put(ctx); err != nil {
			return err
		}
	}
	if err := x.signAcks(scopes); err != nil {
		return err
	}
	err = x.putAcks(path.Join(x.home(), ackDir), x.local.Acks().List())
	return cmp.Or(err, x.blocked)
}

// past gives the errors that end an exchange; what is in the way of one file ends
// it only after all the others.
func (x *exchange) past(err error) error {
	if errors.Is(err, ErrInTheWay) {
		x.blocked = cmp.Or(x.blocked, err)
		return nil
	}
	return err
}

// mayHold gives those of the exchange's scopes that this replica may hold: none
// while its library is being restored and has not been told of it.
func (x *exchange) mayHold() (scopes []change.Scope) {
	r, me := x.local.Roster(), authorOf(x.local)
	for _, scope := range x.scopes {
		if r.Entitled(me, scope) {
			scopes = append(scopes, scope)
		}
	}
	return scopes
}

// putScopes seals, and puts on what is lacking of the scopes.
func (x *exchange) putScopes(ctx context.Context, scopes []change.Scope) error {
	r := x.local.Roster()
	if err := x.local.Seal(scopes...); err != nil {
		return err
	}
	var all []*putting
	for _, scope := range scopes {
		p := &putting{exchange: x, scope: scope, dir: path.Join(x.home(), folder(scope)), to: r.Recipients(scope), wrote: make(map[string]bool)}
		held, err := x.local.Summary(scope)
		if err != nil {
			return err
		}
		x.moved.ToWrite += roster.Behind(held.Heads, p.have())
		all = append(all, p)
	}
	x.moved.Reading = false
	x.progress(x.moved)
	for _, p := range all {
		if err := p.put(ctx); err != nil {
			return err
		}
	}
	return nil
}

const about = "Ishtirak: this stick carries changes between libraries. Do not edit or delete anything here;\r\n" +
	"if space is needed, delete the whole folder ISHTIRAK: nothing is lost, the laptops have everything.\r\n" +
	"اشتراک: یہ یو ایس بی کتب خانوں کے درمیان تبدیلیاں لے جاتی ہے۔ یہاں کچھ نہ بدلیے، نہ مٹائیے۔\r\n"

// putting puts one scope on.
type putting struct {
	*exchange
	scope change.Scope
	dir   string
	to    []string // age recipients; none: in the clear
	open  []*openRun
	size  int
	wrote map[string]bool // paths
}

// openRun is a run being gathered.
type openRun struct {
	run
	segments [][]byte
	size     int
	grown    *runFile // the run on the stick that it takes the place of
}

func (p *putting) put(ctx context.Context) error {
	if err := p.tidy(); err != nil {
		return err
	}
	for raw, err := range p.local.Since(p.scope, p.have()) {
		if err != nil {
			return fmt.Errorf("reading what the stick lacks: %w", err)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := p.add(append([]byte(nil), raw...)); err != nil {
			return err
		}
	}
	for len(p.open) > 0 {
		if err := p.close(0); err != nil {
			return err
		}
	}
	for _, old := range p.useless[p.dir] {
		if p.blocked == nil && !p.wrote[old] && !p.files.same(old, path.Join(p.dir, strings.ToLower(path.Base(old)))) {
			_ = p.files.remove(old) // all of it is on the stick anew
		}
	}
	return nil
}

// tidy removes what a pulled stick left, runs that others contain, and wraps
// anew what is encrypted to another set of people than is entitled now. Our
// roster knows all the stick's does: admin was taken in first. What is wrapped is
// what this replica holds of the scope, never what the file says.
func (p *putting) tidy() error {
	if err := p.sweep(p.dir); err != nil {
		return err
	}
	inside := make(map[clock.Hash]*runFile)
	for _, r := range p.held[p.dir] {
		for _, h := range r.hashes[:len(r.hashes)-1] {
			if r.ours {
				inside[h] = r
			}
		}
	}
	want := recipientsHash(p.to)
	var kept []*runFile
	for _, r := range p.held[p.dir] {
		if by := inside[r.header]; by != nil && by.first <= r.first {
			_ = p.files.remove(r.path)
			continue
		}
		if r.recipients != want && r.ours && inClear(p.scope) == (want == "") {
			segments, err := p.stored(r)
			if err != nil {
				return err
			}
			old, anew := r.path, r.run
			anew.recipients = want
			if err := p.write(anew, segments); err != nil {
				if err = p.past(err); err != nil {
					return err
				}
				kept = append(kept, r)
				continue
			}
			r.run, r.path = anew, path.Join(p.dir, anew.name())
			_ = p.files.remove(old)
		}
		kept = append(kept, r)
	}
	p.held[p.dir] = kept
	return nil
}

// sweep removes from a folder what a pulled stick, or a kill, left half written.
func (x *exchange) sweep(dir string) error {
	names, err := x.files.list(dir, false)
	for _, name := range names {
		if strings.HasPrefix(name, tempMark) {
			_ = x.files.remove(path.Join(dir, name)) // it does no harm
		}
	}
	return err
}

// have is what the stick holds without a gap: the ends of chains of whole runs
// that go back to their logs' beginnings.
func (p *putting) have() clock.Vector {
	reached := map[clock.Hash]bool{{}: true} // a log's first segment has no header before it
	follows := make(map[clock.Hash]bool)
	for grows := true; grows; {
		grows = false
		for _, r := range p.held[p.dir] {
			if reached[r.prev] && !reached[r.header] {
				for _, h := range r.hashes {
					reached[h] = true
				}
				grows = true
			}
		}
	}
	var have clock.Vector
	for _, r := range p.held[p.dir] {
		follows[r.prev] = true
	}
	for _, r := range p.held[p.dir] {
		if reached[r.header] && !follows[r.header] {
			have.Add(r.log, clock.Head{Seq: r.last, Header: r.header})
		}
	}
	return have
}

// add puts a segment behind the one it follows: in an open run, or in a small
// one on the stick, which is then written anew.
func (p *putting) add(raw []byte) error {
	seg, err := change.Decode(raw)
	if err != nil {
		return fmt.Errorf("reading what the stick lacks: %w", err)
	}
	p.report.Sent += int(seg.Writes)
	p.report.SegmentsSent++
	p.moved.SetsWritten += int(seg.Count)
	at := -1
	for i, o := range p.open {
		if seg.First > 1 && o.header == seg.Prev {
			at = i
		}
	}
	if at < 0 {
		o := &openRun{run: run{log: seg.Log, first: seg.First, recipients: recipientsHash(p.to)}}
		for _, r := range p.held[p.dir] {
			if seg.First > 1 && r.header == seg.Prev && r.size < p.small && r.ours {
				if o.segments, err = p.stored(r); err != nil {
					return err
				}
				o.first, o.size, o.grown = r.first, int(r.size), r
				p.size += o.size
			}
		}
		p.open = append(p.open, o)
		at = len(p.open) - 1
	}
	o := p.open[at]
	o.segments = append(o.segments[:len(o.segments):len(o.segments)], raw)
	o.last, o.header = seg.Last(), seg.Hash()
	o.size += len(raw)
	p.size += len(raw)
	if o.size >= p.enough {
		return p.close(at)
	}
	if p.size >= most {
		largest := 0
		for i, o := range p.open {
			if o.size > p.open[largest].size {
				largest = i
			}
		}
		return p.close(largest)
	}
	return nil
}

// stored gives a run's segments as this replica holds them.
func (p *putting) stored(r *runFile) (segments [][]byte, err error) {
	for _, h := range r.hashes {
		raw, err := p.local.Stored(p.scope, r.log, h)
		if err == nil && raw == nil {
			err = errGone
		}
		if err != nil {
			return nil, fmt.Errorf("reading what the stick lacks: %w", err)
		}
		segments = append(segments, raw)
	}
	return segments, nil
}

var errGone = errors.New("it is not held any more")

// close writes an open run.
func (p *putting) close(i int) error {
	o := p.open[i]
	p.open = append(p.open[:i:i], p.open[i+1:]...)
	p.size -= o.size
	if err := p.write(o.run, o.segments); err != nil {
		return p.past(err)
	}
	if o.grown != nil && !p.wrote[o.grown.path] {
		_ = p.files.remove(o.grown.path) // the new one holds all of it
	}
	return nil
}

func (p *putting) write(r run, segments [][]byte) error {
	if len(p.to) == 0 && !inClear(p.scope) {
		return fmt.Errorf("%s: nobody on the roster could open it", p.scope)
	}
	contents, err := encodeRun(segments, p.to)
	if err != nil {
		return err
	}
	name := path.Join(p.dir, r.name())
	if err := p.files.write(name, contents); err != nil {
		return err
	}
	p.wrote[name] = true
	p.report.FilesWritten++
	p.report.BytesWritten += int64(len(contents))
	p.moved.Scope, p.moved.Reading = p.scope, false
	p.moved.BytesWritten = p.report.BytesWritten
	p.progress(p.moved)
	return nil
}
