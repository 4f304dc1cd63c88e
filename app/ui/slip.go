package ui

import (
	"context"
	"net/url"
	"path/filepath"
	"time"

	"ishtirak/app/present"
	"ishtirak/app/ui/look"
	"ishtirak/app/words"
)

// slipPDF lays a slip out: whose library, for whom, the books in a table, what is asked of the reader.
func slipPDF(s present.Slip, now time.Time) ([]byte, error) {
	size, name, widths := paperA4, look.ListTitle, []float64{0, 92, 92, 128}
	if s.Small {
		size, widths = paperA6, []float64{0, 66, 56}
	}
	p := newPaper(s.Title, size, now)
	widths[0] = p.width
	for _, w := range widths[1:] {
		widths[0] -= w + paperGap
	}
	p.line(s.Library, look.SmallStrong)
	p.line(s.Title, look.Reader)
	p.line(s.Reader, look.BodyStrong)
	p.line(s.Made, look.Key)
	p.y += 8
	p.cells(s.Head, widths, look.SmallStrong, look.SmallStrong)
	p.rule(90)
	for _, r := range s.Rows {
		p.cells(r, widths, name, look.Small)
		p.rule(225)
	}
	if s.Note != "" {
		p.y += 8
		p.line(s.Note, look.Small)
	}
	return p.bytes()
}

// printSlip writes a slip into a file that the person names; the desktop's own viewer opens and prints it. make words it on the
// worker; nothing is in none says so.
func (w *Window) printSlip(make func(said *words.Words) *present.Slip, none words.Key) {
	said := w.words
	w.work.do(func(context.Context) func() {
		s := make(said)
		return func() {
			if s == nil {
				if none != "" {
					w.frame.say(said.Say(none))
				}
				return
			}
			w.choose(pickSave, s.Name, func(path string) {
				b, err := slipPDF(*s, w.opts.Now())
				if err == nil {
					err = writeWhole(path, b, 0o600) // it names a reader
				}
				if err != nil {
					w.unwritten(err)
					return
				}
				w.frame.say(said.Say(words.SlipSaved, "file", base(path)))
				_ = w.app.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}) // where no viewer is, the file is there all the same
			})
		}
	})
}
