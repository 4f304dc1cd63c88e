package marc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// Item is one record of a file, or one that was set aside.
type Item struct {
	Record *Record // nil where the record was set aside
	Origin []byte  // its bytes; the reader keeps no hold of them
	Format Format
	Offset int64  // of its first byte in the file
	Mended string // what was put right without loss, or ""
	Err    error  // why it was set aside, or nil
}

// Reader reads the records of a file one by one, in memory bounded by
// MaxRecord however large the file.
type Reader interface {
	// Next returns the next record. A damaged one is an Item with Err set,
	// and reading goes on after it. The error is io.EOF at the end; another
	// one means that the file cannot be read (any further).
	Next() (Item, error)
}

// NewReader returns a reader of the MARC file r, ISO 2709 or MARCXML, which is
// told from its content. A file in another format is refused by the first
// Next with an error that says what it is and what to do.
func NewReader(r io.Reader) Reader {
	w := &window{src: r}
	head, err := w.peek(detectLen)
	if err != nil && !errors.Is(err, io.EOF) {
		return failed{fmt.Errorf("the file cannot be read: %w", err)}
	}
	switch f := Detect(head); f {
	case ISO2709:
		return &isoReader{w: w}
	case MARCXML:
		return newXMLReader(w, head)
	default:
		if len(bytes.TrimSpace(head)) == 0 {
			return failed{fmt.Errorf("%w: it is empty", ErrFormat)}
		}
		return failed{fmt.Errorf("%w: %s", ErrFormat, advice(f))}
	}
}

// failed is the reader of a file that cannot be read.
type failed struct{ err error }

func (f failed) Next() (Item, error) { return Item{}, f.err }

// Decode reads a record again from its origin bytes.
func Decode(f Format, origin []byte) (*Record, error) {
	switch f {
	case ISO2709:
		rec, _, err := decode2709(origin)
		return rec, err
	case MARCXML:
		return decodeXML(origin)
	}
	return nil, fmt.Errorf("%w: package marc does not read %q", ErrFormat, f)
}

// window is a sliding view of a stream.
type window struct {
	src  io.Reader
	buf  []byte // buf[at:] is unread
	at   int
	base int64 // offset of buf[0] in the stream
	err  error // from src, sticky
}

const readSize = 64 << 10

// peek returns at least n unread bytes, fewer only with the error that ended
// the stream. The slice is valid until the next call of any method.
func (w *window) peek(n int) ([]byte, error) {
	for len(w.buf)-w.at < n && w.err == nil {
		w.fill(n)
	}
	if len(w.buf)-w.at < n {
		return w.buf[w.at:], w.err
	}
	return w.buf[w.at:], nil
}

func (w *window) fill(n int) {
	if w.at > 0 {
		w.base += int64(w.at)
		w.buf = w.buf[:copy(w.buf, w.buf[w.at:])]
		w.at = 0
	}
	if need := max(n, readSize); cap(w.buf) < need+readSize {
		grown := make([]byte, len(w.buf), max(2*cap(w.buf), need+readSize))
		copy(grown, w.buf)
		w.buf = grown
	}
	got, err := w.src.Read(w.buf[len(w.buf):cap(w.buf)])
	w.buf = w.buf[:len(w.buf)+got]
	w.err = err
}

// index returns how far ahead the byte c is, looking at most limit bytes
// ahead; -1 where it is not among them or the stream ends before.
func (w *window) index(c byte, limit int) int {
	seen := 0
	for {
		ahead, err := w.peek(seen + 1)
		ahead = ahead[:min(len(ahead), limit)]
		if seen < len(ahead) {
			if i := bytes.IndexByte(ahead[seen:], c); i >= 0 {
				return seen + i
			}
			seen = len(ahead)
		}
		if err != nil || seen >= limit {
			return -1
		}
	}
}

func (w *window) skip(n int) { w.at += n }

func (w *window) offset() int64 { return w.base + int64(w.at) }

// failure is the error of the stream, nil where it just ended.
func (w *window) failure() error {
	if w.err == nil || errors.Is(w.err, io.EOF) {
		return nil
	}
	return w.err
}
