package rtl

import (
	"slices"
	"unicode"

	"github.com/go-text/typesetting/segmenter"
)

// editor is the text of an entry with caret, selection and history: plain Go,
// in logical order. A selection reaches from anchor to the caret.
type editor struct {
	rs     []rune
	caret  Caret
	anchor int
	undo   []moment
	redo   []moment
	secret bool // a password: where its words end is not told
	merge  edit // kind of the last edit, which the next of its kind joins
}

// moment is a state to go back to.
type moment struct {
	rs     []rune
	caret  Caret
	anchor int
}

// edit is a kind of change.
type edit uint8

const (
	editOther edit = iota
	editType
	editErase
)

// history is how many steps an entry remembers.
const history = 200

func (e *editor) now() moment {
	return moment{slices.Clone(e.rs), e.caret, e.anchor}
}

// remember is called before a change.
func (e *editor) remember(k edit) {
	if k == editOther || k != e.merge {
		e.undo = append(e.undo, e.now())
		if len(e.undo) > history {
			e.undo = slices.Delete(e.undo, 0, 1)
		}
	}
	e.merge = k
	e.redo = nil
}

func (e *editor) back(from, to *[]moment) bool {
	n := len(*from)
	if n == 0 {
		return false
	}
	*to = append(*to, e.now())
	m := (*from)[n-1]
	*from = (*from)[:n-1]
	e.rs, e.caret, e.anchor = m.rs, m.caret, m.anchor
	e.merge = editOther
	return true
}

// Undo and Redo say whether anything changed.
func (e *editor) Undo() bool { return e.back(&e.undo, &e.redo) }
func (e *editor) Redo() bool { return e.back(&e.redo, &e.undo) }

// reset replaces everything and forgets the history.
func (e *editor) reset(s string) {
	e.rs = []rune(s)
	e.undo, e.redo, e.merge = nil, nil, editOther
	e.place(Caret{At: len(e.rs)}, false)
}

// selection is the selected range.
func (e *editor) selection() (int, int) {
	return min(e.anchor, e.caret.At), max(e.anchor, e.caret.At)
}

func (e *editor) selected() string {
	a, b := e.selection()
	return string(e.rs[a:b])
}

// place moves the caret; extend keeps the anchor.
func (e *editor) place(c Caret, extend bool) {
	c.At = min(max(c.At, 0), len(e.rs))
	e.caret = c
	if !extend {
		e.anchor = c.At
	}
	e.merge = editOther
}

// replace puts in for the range from a to b.
func (e *editor) replace(a, b int, in []rune) {
	e.rs = slices.Replace(slices.Clone(e.rs), a, b, in...)
	e.caret = Caret{At: a + len(in)}
	e.anchor = e.caret.At
}

// insert puts letters in place of the selection. Letters typed one by one are
// one step of the history up to the end of a word.
func (e *editor) insert(in []rune) {
	k := editOther
	if len(in) == 1 {
		k = editType
		if unicode.IsSpace(in[0]) && e.merge == editType {
			defer func() { e.merge = editOther }()
		}
	}
	a, b := e.selection()
	if a != b {
		k = editOther
	}
	e.remember(k)
	e.replace(a, b, in)
	e.merge = k
	if a != b && len(in) == 1 {
		e.merge = editType
	}
}

// erase deletes the selection, or from the caret to another place.
func (e *editor) erase(to int) bool {
	a, b := e.selection()
	k := editOther
	if a == b {
		k = editErase
		a, b = min(e.caret.At, to), max(e.caret.At, to)
		a, b = max(a, 0), min(b, len(e.rs))
		if a == b {
			return false
		}
	}
	e.remember(k)
	e.replace(a, b, nil)
	e.merge = k
	return true
}

// backspace takes one character away: a vowel mark or a joiner alone, not its
// letter; but a flag or a face made of several characters whole.
func (e *editor) backspace() bool {
	at := e.caret.At
	if from := e.cluster(at - 1); at-from > 1 && !unicode.Is(unicode.Mn, e.rs[at-1]) && !ignorable(e.rs[at-1]) {
		return e.erase(from)
	}
	return e.erase(at - 1)
}

// delete takes the next letter away with all that belongs to it.
func (e *editor) delete() bool {
	i := e.caret.At + 1
	for i < len(e.rs) && e.cluster(i) < i {
		i++
	}
	return e.erase(i)
}

// cluster is where the grapheme begins that holds the rune i (UAX #29).
func (e *editor) cluster(i int) int {
	const far = 64 // no grapheme is longer
	if i <= 0 || i >= len(e.rs) {
		return max(i, 0)
	}
	from := max(0, i-far)
	near := e.rs[from:min(len(e.rs), i+2)]
	var seg segmenter.Segmenter
	seg.Init(near)
	begin := 0
	for it := seg.GraphemeIterator(); it.Next(); {
		if g := it.Grapheme(); g.Offset <= i-from {
			begin = g.Offset
		}
	}
	return from + begin
}

// word says which runes a word jump stays within.
func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || r == 0x200c || r == 0x200d
}

// nextWord and lastWord are where a jump of a word ends.
func (e *editor) nextWord(i int) int {
	if e.secret {
		return len(e.rs)
	}
	for i < len(e.rs) && wordRune(e.rs[i]) {
		i++
	}
	for i < len(e.rs) && !wordRune(e.rs[i]) {
		i++
	}
	return i
}

func (e *editor) lastWord(i int) int {
	if e.secret {
		return 0
	}
	for i > 0 && !wordRune(e.rs[i-1]) {
		i--
	}
	for i > 0 && wordRune(e.rs[i-1]) {
		i--
	}
	return i
}

// wordAt is the word round a place, or the gap it is in.
func (e *editor) wordAt(i int) (int, int) {
	if len(e.rs) == 0 {
		return 0, 0
	}
	if e.secret {
		return 0, len(e.rs)
	}
	i = min(i, len(e.rs)-1)
	kind := wordRune(e.rs[i])
	a, b := i, i
	for a > 0 && wordRune(e.rs[a-1]) == kind {
		a--
	}
	for b < len(e.rs) && wordRune(e.rs[b]) == kind {
		b++
	}
	return a, b
}
