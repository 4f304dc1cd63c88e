package marc

import (
	"bytes"
	"fmt"
	"io"
)

// isoReader cuts a stream of ISO 2709 into records. It cuts at the record
// terminators, which occur nowhere else, and uses lengths only where a
// terminator is missing: a length is wrong far more often.
type isoReader struct{ w *window }

func (r *isoReader) Next() (Item, error) {
	if err := r.skipFiller(); err != nil {
		return Item{}, err
	}
	item := Item{Format: ISO2709, Offset: r.w.offset()}
	n := r.w.index(recordEnd, MaxRecord)
	if err := r.w.failure(); err != nil {
		return Item{}, fmt.Errorf("the file cannot be read beyond byte %d: %w", item.Offset, err)
	}
	ahead, end := r.w.peek(1)
	chunk := ahead
	switch {
	case n >= 0:
		chunk = ahead[:n+1]
	case end == nil && len(ahead) >= MaxRecord:
		return r.tooLarge(item), nil
	}
	if cut := missingEnd(chunk); cut > 0 {
		chunk = chunk[:cut]
	}
	rec, mended, err := decode2709(chunk)
	if err != nil {
		if cut := nextLeader(chunk); cut > 0 {
			chunk = chunk[:cut]
			// What comes before the next record is decoded by itself: its
			// end mark may be all that it lacks.
			rec, mended, err = decode2709(chunk)
		}
	}
	item.Record, item.Mended = rec, mended
	item.Origin = bytes.Clone(chunk)
	item.Err = err
	r.w.skip(len(chunk))
	return item, nil
}

// skipFiller skips what stands between records in real files: line ends,
// blanks, a byte order mark, the end-of-file mark of CP/M.
func (r *isoReader) skipFiller() error {
	for {
		ahead, _ := r.w.peek(3)
		if len(ahead) == 0 {
			if err := r.w.failure(); err != nil {
				return fmt.Errorf("the file cannot be read beyond byte %d: %w", r.w.offset(), err)
			}
			return io.EOF
		}
		switch {
		case ahead[0] == ' ' && r.blankLength():
			return nil
		case bytes.HasPrefix(ahead, []byte("\xEF\xBB\xBF")):
			r.w.skip(3)
		case bytes.IndexByte([]byte("\r\n\t \x00\x1A\x1D"), ahead[0]) >= 0:
			r.w.skip(1)
		default:
			return nil
		}
	}
}

// blankLength reports whether a leader is ahead whose length was left blank.
func (r *isoReader) blankLength() bool {
	b, _ := r.w.peek(leaderLen)
	return len(b) >= leaderLen && isLetter(b[5]) && isLetter(b[6]) && b[10] == '2' && b[11] == '2' && b[20] == '4' && b[21] == '5'
}

// tooLarge sets aside a record of which not even the end is in sight, and
// skips to the next terminator.
func (r *isoReader) tooLarge(item Item) Item {
	ahead, _ := r.w.peek(1)
	item.Origin = bytes.Clone(ahead[:4096])
	item.Err = fmt.Errorf("%w: it has no end within %d bytes", ErrTooLarge, MaxRecord)
	for {
		ahead, err := r.w.peek(1)
		if i := bytes.IndexByte(ahead, recordEnd); i >= 0 {
			r.w.skip(i + 1)
			return item
		}
		r.w.skip(len(ahead))
		if err != nil {
			return item
		}
	}
}

// missingEnd returns where a record ends whose terminator is missing, going by
// its length and the leader that follows there; 0 where that is not the case.
func missingEnd(chunk []byte) int {
	if len(chunk) < leaderLen {
		return 0
	}
	n, ok := digits(chunk[:5])
	if !ok || n <= leaderLen || n+leaderLen > len(chunk) {
		return 0
	}
	for _, at := range [2]int{n - 1, n} { // the mark was lost, or overwritten
		if looksLikeLeader(chunk[at:]) {
			return at
		}
	}
	return 0
}

// nextLeader returns where, in a chunk that is no record, the next record
// starts: right after the end of a field, or with a length that is exactly
// what is left of the chunk. 0 where there is none.
func nextLeader(chunk []byte) int {
	for at := 1; at+leaderLen < len(chunk); at++ {
		if chunk[at] < '0' || chunk[at] > '9' || !looksLikeLeader(chunk[at:]) {
			continue
		}
		n, _ := digits(chunk[at : at+5])
		if chunk[at-1] == fieldEnd || n == len(chunk)-at {
			return at
		}
	}
	return 0
}

// looksLikeLeader reports whether b starts with a leader of MARC 21 as the
// standard asks for, and nothing less.
func looksLikeLeader(b []byte) bool {
	if len(b) < leaderLen {
		return false
	}
	if _, ok := digits(b[:5]); !ok {
		return false
	}
	base, ok := digits(b[12:17])
	return ok && base > leaderLen && b[10] == '2' && b[11] == '2' &&
		b[20] == '4' && b[21] == '5' && isLetter(b[5]) && isLetter(b[6])
}

func isLetter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
