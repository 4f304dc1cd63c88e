package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// maxRow is the most bytes a row may take. A quote that is never closed would
// otherwise swallow the rest of the file.
const maxRow = 1 << 20

// rows cuts CSV into rows (RFC 4180, with any separator, any line end, and
// quotes taken literally inside a field that does not start with one).
// encoding/csv is not used because it cannot go on after a broken quote.
type rows struct {
	in  *bufio.Reader
	sep byte
	row int // of the row last returned, the header being 1
}

var errMore = errors.New("the row goes on")

// next returns the fields of the next row. An error that wraps ErrRow is about
// this row only, which is then passed over up to the end of its line.
func (r *rows) next() ([]string, error) {
	for {
		fields, err := r.one()
		if err != nil || len(fields) > 1 || fields[0] != "" {
			return fields, err
		}
		// An empty line is no row, but a row of the sheet.
	}
}

func (r *rows) one() ([]string, error) {
	for want := 4096; ; want *= 2 {
		ahead, err := r.in.Peek(min(want, maxRow))
		if len(ahead) == 0 {
			if err == nil || errors.Is(err, io.EOF) {
				return nil, io.EOF
			}
			return nil, fmt.Errorf("the file cannot be read beyond row %d: %w", r.row, err)
		}
		last := errors.Is(err, io.EOF)
		if err != nil && !last {
			return nil, fmt.Errorf("the file cannot be read beyond row %d: %w", r.row, err)
		}
		fields, n, err := parseRow(ahead, r.sep, last)
		if errors.Is(err, errMore) && !last && want < maxRow {
			continue
		}
		r.row++
		if err != nil {
			n = bytes.IndexByte(ahead, '\n') + 1
			if n == 0 {
				n = len(ahead)
			}
			if errors.Is(err, errMore) {
				err = fmt.Errorf("%w: a quote in it is never closed", ErrRow)
			}
		}
		if _, skipErr := r.in.Discard(n); skipErr != nil {
			return nil, skipErr
		}
		return fields, err
	}
}

// parseRow reads one row off b and returns how many bytes it took. last says
// that nothing comes after b.
func parseRow(b []byte, sep byte, last bool) ([]string, int, error) {
	var fields []string
	at := 0
	for {
		field, n, err := parseField(b[at:], sep, last)
		if err != nil {
			return nil, 0, err
		}
		if !utf8.Valid(field) {
			return nil, 0, fmt.Errorf("%w: it holds bytes that are not UTF-8", ErrRow)
		}
		fields = append(fields, string(field))
		at += n
		switch {
		case at == len(b):
			if !last {
				return nil, 0, errMore
			}
			return fields, at, nil
		case b[at] == sep:
			at++
			if at == len(b) {
				if !last {
					return nil, 0, errMore
				}
				return append(fields, ""), at, nil
			}
		case b[at] == '\r':
			at++
			if at == len(b) && !last {
				return nil, 0, errMore
			}
			if at < len(b) && b[at] == '\n' {
				at++
			}
			return fields, at, nil
		default: // a line feed
			return fields, at + 1, nil
		}
	}
}

func parseField(b []byte, sep byte, last bool) ([]byte, int, error) {
	if len(b) == 0 || b[0] != '"' {
		n := bytes.IndexFunc(b, func(r rune) bool { return r == rune(sep) || r == '\n' || r == '\r' })
		if n < 0 {
			n = len(b)
		}
		return b[:n], n, nil
	}
	var out []byte
	at := 1
	for {
		n := bytes.IndexByte(b[at:], '"')
		if n < 0 {
			return nil, 0, errMore
		}
		out = append(out, b[at:at+n]...)
		at += n + 1
		switch {
		case at == len(b) && !last:
			return nil, 0, errMore
		case at < len(b) && b[at] == '"':
			out = append(out, '"')
			at++
			continue
		}
		for at < len(b) && b[at] == ' ' { // blanks after a closing quote are nothing
			at++
		}
		if at == len(b) && !last {
			return nil, 0, errMore
		}
		if at == len(b) || b[at] == sep || b[at] == '\n' || b[at] == '\r' {
			return out, at, nil
		}
		return nil, 0, fmt.Errorf("%w: a quote in it ends before its field does", ErrRow)
	}
}

// separatorOf tells the separator from the first line: the one that stands
// outside quotes most often.
func separatorOf(head []byte) byte {
	counts := map[byte]int{}
	quoted := false
	for _, c := range head {
		if c == '"' {
			quoted = !quoted
		}
		if quoted {
			continue
		}
		if c == '\n' || c == '\r' {
			break
		}
		counts[c]++
	}
	best := byte(',')
	for _, c := range []byte(";\t|") {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return best
}
