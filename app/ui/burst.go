package ui

import (
	"context"
	"strings"
	"time"
	"unicode"

	"ishtirak/app/ui/rtl"
)

// A scanner is a keyboard with quick fingers: its keys are some milliseconds apart, and Enter ends them. Nobody types so.
const (
	quick = 50 * time.Millisecond // the most between two keys of a scan
	short = 3                     // the fewest keys of a scan, Enter not counted: "R-1"
)

// burst keeps the keys that came so quickly one after another that only a scanner can have typed them.
type burst struct {
	keys []rune
	last time.Time
}

// key takes a key typed at a moment.
func (b *burst) key(r rune, at time.Time) {
	if at.Sub(b.last) > quick {
		b.keys = b.keys[:0]
	}
	b.keys, b.last = append(b.keys, r), at
}

// end is Enter at a moment: it gives the code that was scanned, "" where what was typed was no scan. A code has a digit; letters
// that a slow machine hands over at once have none.
func (b *burst) end(at time.Time) (code string) {
	digit := false
	for _, r := range b.keys {
		digit = digit || unicode.IsDigit(r)
	}
	if digit && len(b.keys) >= short && at.Sub(b.last) <= quick {
		code = string(b.keys)
	}
	b.keys = b.keys[:0]
	return code
}

// scan hands a code to the desk, and what the same keys say without the Urdu keyboard. On a laptop that was busy for a moment
// the keys of one scan come as two bursts: where all that stood in the box is a code, that is the one, and not its end.
func (w *Window) scan(text string) {
	whole := w.frame.whole
	w.do(func(ctx context.Context) {
		for _, all := range [...]string{whole, rtl.Keys(whole)} {
			if strings.HasSuffix(all, rtl.Keys(text)) && w.desk.Knows(ctx, all) {
				text = all
				break
			}
		}
		w.desk.Scan(ctx, text, rtl.Keys(text))
	})
}
