package marc

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

type charset byte

const (
	charsetUTF8 charset = iota
	charsetMARC8
)

const escape = 0x1B

// charsetOf tells how the text of a record is encoded. Whether the bytes are
// valid UTF-8 decides, not leader/09: files that declare the one and hold the
// other are common, and text in MARC-8 that is valid UTF-8 by accident is not.
// Plain ASCII is both, unless it holds what only MARC-8 gives a meaning:
// escapes, or references where UTF-8 is not declared.
func charsetOf(data []byte, declared byte) (charset, error) {
	escapes := bytes.IndexByte(data, escape) >= 0
	if utf8.Valid(data) {
		switch {
		case declared == 'a' && !(escapes && isASCII(data)):
			return charsetUTF8, nil
		case escapes:
			return charsetMARC8, nil
		case isASCII(data) && hasReference(data):
			return charsetMARC8, nil
		}
		return charsetUTF8, nil
	}
	good, bad, first := countUTF8(data)
	if good > bad {
		return 0, fmt.Errorf("%w: it is in UTF-8 but for %d byte(s), the first of them %#02x. Export the record again from where it came", ErrCharset, bad, data[first])
	}
	return charsetMARC8, nil
}

func isASCII(data []byte) bool {
	for _, c := range data {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// hasReference reports whether MARC-8 would read a character out of any "&#x".
// Text that only looks like it (a reference cut short, or mangled by a
// program) is the same in both sets, and so is nothing to convert.
func hasReference(data []byte) bool {
	for {
		at := bytes.Index(data, []byte("&#x"))
		if at < 0 {
			return false
		}
		data = data[at:]
		if _, n := reference(data); n > 0 {
			return true
		}
		data = data[1:]
	}
}

// countUTF8 counts the whole multi-byte sequences and the bytes that belong
// to none, and gives the place of the first of those.
func countUTF8(data []byte) (good, bad, first int) {
	first = -1
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
			if first < 0 {
				first = i
			}
		} else {
			good++
		}
		i += n
	}
	return good, bad, first
}
