package marc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// xmlReader cuts a stream of XML into its record elements, wherever they are
// (a collection, an OAI-PMH response, several documents one after the other),
// so that a record that is not well-formed is set aside alone.
type xmlReader struct {
	w     *window
	found bool // a MARC record, good or bad
	pos   int  // scanned so far, from the window's start
	open  bool // the window's start is at a record's start tag
	marc  bool // in it a MARC element was seen

}

func newXMLReader(w *window, head []byte) Reader {
	src, err := toUTF8(w, head)
	if err != nil {
		return failed{err}
	}
	return &xmlReader{w: src}
}

// maxTag is the most bytes a tag may take; what is longer is text with a
// stray < in it.
const maxTag = 16 << 10

func (r *xmlReader) Next() (Item, error) {
	for {
		item, ok, err := r.scan()
		if err != nil {
			return Item{}, err
		}
		if !ok {
			continue
		}
		r.found = true
		return item, nil
	}
}

// scan goes on to the next tag. It returns an item where that ended one.
func (r *xmlReader) scan() (Item, bool, error) {
	if !r.open && r.pos > 0 { // nothing before the tag is needed any more
		r.w.skip(r.pos)
		r.pos = 0
	}
	if r.pos > MaxRecord {
		item := r.cut(4096, fmt.Errorf("%w: it has no end within %d bytes", ErrTooLarge, MaxRecord))
		r.w.skip(r.pos)
		r.open, r.pos = false, 0
		return item, r.marc, nil
	}
	at := r.find("<", r.pos)
	if at < 0 {
		return r.ended()
	}
	r.pos = at
	kind, name, end := r.tag(at)
	switch {
	case kind == '<' && name == "record" && r.open && r.marc:
		// The record before it was never closed.
		item := r.cut(at, fmt.Errorf("%w: it is not closed before the next one starts", ErrDamaged))
		r.w.skip(at)
		r.pos, r.marc = end-at, false
		return item, true, nil
	case kind == '<' && name == "record":
		r.w.skip(at)
		r.pos, r.open, r.marc = end-at, true, false
		return Item{}, false, nil
	case kind == '/' && name == "record" && r.open:
		item := r.cut(end, nil)
		r.w.skip(end)
		r.pos, r.open = 0, false
		return item, r.marc, nil
	case kind == '<' && (name == "leader" || name == "controlfield" || name == "datafield"):
		r.marc = true
	}
	r.pos = end
	return Item{}, false, nil
}

// ended is what there is to say at the end of the stream.
func (r *xmlReader) ended() (Item, bool, error) {
	rest, err := r.w.peek(r.pos + 1)
	if err == nil { // only the limit of find was reached
		r.pos = len(rest)
		return Item{}, false, nil
	}
	if err := r.w.failure(); err != nil {
		return Item{}, false, fmt.Errorf("the file cannot be read beyond byte %d: %w", r.w.offset(), err)
	}
	if r.open {
		item := r.cut(len(rest), fmt.Errorf("%w: the file ends inside it", ErrTruncated))
		r.w.skip(len(rest))
		r.open, r.pos = false, 0
		return item, r.marc, nil
	}
	if !r.found {
		return Item{}, false, fmt.Errorf("%w: it is XML, but holds no MARC records", ErrFormat)
	}
	return Item{}, false, io.EOF
}

// cut makes an item of the first n bytes of the window.
func (r *xmlReader) cut(n int, err error) Item {
	ahead, _ := r.w.peek(n)
	item := Item{Origin: bytes.Clone(ahead[:min(n, len(ahead))]), Format: MARCXML, Offset: r.w.offset()}
	if err == nil && r.marc {
		item.Record, err = decodeXML(item.Origin)
	}
	item.Err = err
	return item
}

// find returns where s is at or after from, or -1.
func (r *xmlReader) find(s string, from int) int {
	for {
		ahead, err := r.w.peek(from + len(s))
		if len(ahead) > from {
			if i := bytes.Index(ahead[from:], []byte(s)); i >= 0 {
				return from + i
			}
			from = max(from, len(ahead)-len(s)+1)
		}
		if err != nil || from > r.pos+MaxRecord {
			return -1
		}
	}
}

// tag looks at the markup that starts at at. kind is '<' for a start tag, '/'
// for an end tag and an empty element's name is not reported; 0 is anything
// else. end is where it is over.
func (r *xmlReader) tag(at int) (kind byte, name string, end int) {
	ahead, _ := r.w.peek(at + 9)
	b := ahead[at:]
	after := func(s string, skip int) int {
		if i := r.find(s, at+skip); i >= 0 {
			return i + len(s)
		}
		return at + 1
	}
	switch {
	case bytes.HasPrefix(b, []byte("<!--")):
		return 0, "", after("-->", 4)
	case bytes.HasPrefix(b, []byte("<![CDATA[")):
		return 0, "", after("]]>", 9)
	case bytes.HasPrefix(b, []byte("<?")):
		return 0, "", after("?>", 2)
	}
	b = r.wholeTag(at)
	if len(b) < 3 {
		return 0, "", at + 1
	}
	end = at + len(b)
	b = b[1 : len(b)-1]
	kind = '<'
	switch b[0] {
	case '/':
		kind, b = '/', b[1:]
	case '!':
		return 0, "", end
	}
	if len(b) == 0 || b[len(b)-1] == '/' {
		return 0, "", end
	}
	if i := bytes.IndexAny(b, " \t\r\n"); i >= 0 {
		b = b[:i]
	}
	if i := bytes.IndexByte(b, ':'); i >= 0 {
		b = b[i+1:]
	}
	switch string(b) {
	case "record", "leader", "controlfield", "datafield":
		return kind, string(b), end
	}
	return 0, "", end
}

// wholeTag returns the tag that starts at at, through its >, or nil.
func (r *xmlReader) wholeTag(at int) []byte {
	quote := byte(0)
	for n, want := 1, 512; ; want *= 4 {
		ahead, err := r.w.peek(at + want)
		b := ahead[at:]
		for ; n < len(b); n++ {
			switch c := b[n]; {
			case quote != 0:
				if c == quote {
					quote = 0
				}
			case c == '"' || c == '\'':
				quote = c
			case c == '>':
				return b[:n+1]
			case c == '<':
				return nil
			}
		}
		if err != nil || n > maxTag {
			return nil
		}
	}
}

// encodingOf returns what the XML declaration at the start of head names.
func encodingOf(head []byte) string {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), " \t\r\n")
	if !bytes.HasPrefix(head, []byte("<?xml")) {
		return ""
	}
	decl, _, _ := bytes.Cut(head, []byte("?>"))
	_, rest, ok := bytes.Cut(decl, []byte("encoding"))
	if !ok {
		return ""
	}
	rest = bytes.TrimLeft(rest, " \t\r\n=")
	if len(rest) < 2 {
		return ""
	}
	name, _, _ := bytes.Cut(rest[1:], rest[:1])
	return string(bytes.ToLower(name))
}

// toUTF8 returns a window over the UTF-8 form of w.
func toUTF8(w *window, head []byte) (*window, error) {
	if order := utf16Of(head); order != nil {
		return &window{src: &utf16Reader{src: &windowReader{w}, order: order}}, nil
	}
	switch name := encodingOf(head); name {
	case "", "utf-8", "utf8", "us-ascii", "ascii":
		return w, nil
	case "iso-8859-1", "latin1", "windows-1252":
		return &window{src: &latin1Reader{src: &windowReader{w}, windows: name == "windows-1252"}}, nil
	default:
		return nil, fmt.Errorf("%w: it is XML in the encoding %q; save it as UTF-8 and import that", ErrFormat, name)
	}
}

// windowReader reads what a window has ahead.
type windowReader struct{ w *window }

func (r *windowReader) Read(p []byte) (int, error) {
	ahead, err := r.w.peek(1)
	if len(ahead) == 0 {
		if err == nil {
			err = errors.New("nothing ahead")
		}
		return 0, err
	}
	n := copy(p, ahead)
	r.w.skip(n)
	return n, nil
}
