package roster

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

// plain gives a text in UTF-8, and blanks for those that do not break a line, as
// web pages and word processors put them.
func plain(text []byte) []byte {
	return bytes.ReplaceAll(inUTF8(text), []byte("\u00A0"), []byte(" "))
}

// inUTF8 gives a text in UTF-8. Windows' shell writes in UTF-16 what a verb
// prints into a file, and its editor what is saved as "Unicode"; both begin
// with a byte order mark, and what does not is taken for UTF-8.
func inUTF8(text []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(text, []byte{0xFF, 0xFE}):
		order = binary.LittleEndian
	case bytes.HasPrefix(text, []byte{0xFE, 0xFF}):
		order = binary.BigEndian
	default:
		return text
	}
	units := make([]uint16, 0, len(text)/2)
	for text = text[2:]; len(text) > 1; text = text[2:] {
		units = append(units, order.Uint16(text))
	}
	return []byte(string(utf16.Decode(units)))
}
