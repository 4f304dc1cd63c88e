package marc

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// detectLen is how much of a file Detect likes to see.
const detectLen = 4096

// Detect tells what a file is from its first bytes, some 4,096 of them.
// CSV stands for any text in lines that is nothing else.
func Detect(prefix []byte) Format {
	switch {
	case bytes.HasPrefix(prefix, []byte("\x1F\x8B")):
		return Gzip
	case bytes.HasPrefix(prefix, []byte("PK\x03\x04")):
		if bytes.Contains(prefix, []byte("xl/")) || bytes.Contains(prefix, []byte("[Content_Types].xml")) {
			return XLSX
		}
		return Archive
	case bytes.HasPrefix(prefix, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return XLS
	case bytes.HasPrefix(prefix, []byte("%PDF-")):
		return PDF
	}
	text := prefix
	if e := utf16Of(prefix); e != nil {
		text = firstUTF16(prefix, e)
	}
	text = bytes.TrimPrefix(text, []byte("\xEF\xBB\xBF"))
	text = bytes.TrimLeft(text, "\r\n\t \x00")
	switch {
	case len(text) == 0:
		return Unknown
	case text[0] == '<':
		return MARCXML
	case bytes.HasPrefix(text, []byte("=LDR")) || bytes.HasPrefix(text, []byte("=00")):
		return Breaker
	case text[0] == '{' || text[0] == '[' && looksLikeJSON(text):
		return JSON
	case looksLike2709(text):
		return ISO2709
	case looksLikeText(text):
		return CSV
	}
	return Unknown
}

func looksLikeJSON(text []byte) bool {
	rest := bytes.TrimLeft(text[1:], "\r\n\t ")
	return len(rest) > 0 && (rest[0] == '{' || rest[0] == '[')
}

// looksLike2709 is generous: a file whose first record is damaged is still
// a MARC file. The separators occur in no text.
func looksLike2709(b []byte) bool {
	if looksLikeLeader(b) {
		return true
	}
	if bytes.IndexByte(b, fieldEnd) >= 0 && (bytes.IndexByte(b, subStart) >= 0 || bytes.IndexByte(b, recordEnd) >= 0) {
		return true
	}
	// A long directory may fill the whole prefix.
	if len(b) < leaderLen+entryLen {
		return false
	}
	_, ok1 := digits(b[:5])
	_, ok2 := digits(b[leaderLen : leaderLen+entryLen])
	return ok1 && ok2
}

// looksLikeText asks for a line end or a separator, and no control characters.
func looksLikeText(b []byte) bool {
	for _, c := range b {
		if c < 0x20 && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return bytes.ContainsAny(b, "\n\r,;\t|")
}

// utf16Of tells the byte order of UTF-16, by its mark or by the zero bytes of
// plain letters; nil where the bytes are not UTF-16.
func utf16Of(b []byte) binary.ByteOrder {
	if len(b) < 4 {
		return nil
	}
	switch {
	case b[0] == 0xFF && b[1] == 0xFE:
		return binary.LittleEndian
	case b[0] == 0xFE && b[1] == 0xFF:
		return binary.BigEndian
	case b[0] != 0 && b[1] == 0 && b[2] != 0 && b[3] == 0:
		return binary.LittleEndian
	case b[0] == 0 && b[1] != 0 && b[2] == 0 && b[3] != 0:
		return binary.BigEndian
	}
	return nil
}

func firstUTF16(b []byte, order binary.ByteOrder) []byte {
	var out []byte
	for ; len(b) >= 2; b = b[2:] {
		r := rune(order.Uint16(b))
		if utf16.IsSurrogate(r) {
			r = utf8.RuneError
		}
		if r != 0xFEFF {
			out = utf8.AppendRune(out, r)
		}
	}
	return out
}

// advice says what a file is that this package does not read, and what to do.
func advice(f Format) string {
	switch f {
	case CSV:
		return "it is a table of text; import it as a spreadsheet"
	case XLSX:
		return "it is an Excel workbook; save it as CSV (UTF-8) and import that"
	case XLS:
		return "it is a workbook of an old Excel; save it as CSV (UTF-8) and import that"
	case Breaker:
		return "it is MarcEdit's text form; make a .mrc of it with MarcEdit and import that"
	case JSON:
		return "it is JSON; ask for MARC (.mrc) or MARCXML"
	case Gzip, Archive:
		return "it is a compressed archive; unpack it and import what is inside"
	case PDF:
		return "it is a PDF; ask for MARC (.mrc), MARCXML or a spreadsheet"
	}
	return "it is neither ISO 2709, MARCXML nor a spreadsheet"
}
