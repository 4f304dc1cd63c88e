package marc

import (
	"bufio"
	"io"
	"unicode/utf8"
)

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<collection xmlns="http://www.loc.gov/MARC21/slim">` + "\n"
	xmlTail = "</collection>\n"
)

// XMLWriter writes a MARCXML collection, record by record.
type XMLWriter struct {
	w   *bufio.Writer
	err error
	buf []byte
}

// NewXMLWriter starts a collection on w. Close must be called to end it.
func NewXMLWriter(w io.Writer) *XMLWriter {
	x := &XMLWriter{w: bufio.NewWriter(w)}
	_, x.err = x.w.WriteString(xmlHead)
	return x
}

// Write adds a record.
func (x *XMLWriter) Write(r *Record) error {
	if x.err == nil {
		x.buf = append(r.appendXML(x.buf[:0], ""), '\n')
		_, x.err = x.w.Write(x.buf)
	}
	return x.err
}

// Close ends the collection; it does not close the writer below.
func (x *XMLWriter) Close() error {
	if x.err == nil {
		_, x.err = x.w.WriteString(xmlTail)
	}
	if x.err == nil {
		x.err = x.w.Flush()
	}
	return x.err
}

// XML returns the record as one MARCXML record element with its namespace.
func (r *Record) XML() []byte {
	return r.appendXML(nil, ` xmlns="http://www.loc.gov/MARC21/slim"`)
}

func (r *Record) appendXML(b []byte, attrs string) []byte {
	b = append(b, "<record"...)
	b = append(b, attrs...)
	b = append(b, ">\n  <leader>"...)
	b = appendEscaped(b, r.leader(0, 0))
	b = append(b, "</leader>\n"...)
	for i := range r.Fields {
		f := &r.Fields[i]
		if f.undivided() {
			b = append(b, `  <controlfield tag="`...)
			b = appendEscaped(b, f.Tag)
			b = append(b, `">`...)
			b = appendEscaped(b, f.Data)
			b = append(b, "</controlfield>\n"...)
			continue
		}
		b = append(b, `  <datafield tag="`...)
		b = appendEscaped(b, f.Tag)
		b = append(b, `" ind1="`...)
		b = appendEscaped(b, string(rune(indicator(f.Ind1))))
		b = append(b, `" ind2="`...)
		b = appendEscaped(b, string(rune(indicator(f.Ind2))))
		b = append(b, "\">\n"...)
		for _, s := range f.Subs {
			b = append(b, `    <subfield code="`...)
			b = appendEscaped(b, string(rune(s.Code)))
			b = append(b, `">`...)
			b = appendEscaped(b, s.Value)
			b = append(b, "</subfield>\n"...)
		}
		b = append(b, "  </datafield>\n"...)
	}
	return append(b, "</record>"...)
}

// appendEscaped writes text as XML 1.0 allows it: a carriage return as a
// reference, or it would come back as a line feed; for control characters,
// which XML has no way to write, a blank.
func appendEscaped(b []byte, s string) []byte {
	for _, r := range s {
		switch {
		case r == '&':
			b = append(b, "&amp;"...)
		case r == '<':
			b = append(b, "&lt;"...)
		case r == '>':
			b = append(b, "&gt;"...)
		case r == '"':
			b = append(b, "&quot;"...)
		case r == '\r':
			b = append(b, "&#13;"...)
		case r < 0x20 && r != '\n' && r != '\t', r == 0xFFFE, r == 0xFFFF:
			b = append(b, ' ')
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}
