package sheet

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	encodingUTF8  = "utf-8"
	encodingUTF16 = "utf-16"
	encoding1256  = "windows-1256" // Arabic and Urdu
	encoding1252  = "windows-1252" // Western Europe
)

// The upper halves of the Windows code pages.
const (
	upper1256 = "€پ‚ƒ„…†‡ˆ‰ٹ‹Œچژڈگ‘’“”•–—ک™ڑ›œ\u200c\u200dں\u00a0،¢£¤¥¦§¨©ھ«¬\u00ad®¯°±²³´µ¶·¸¹؛»¼½¾؟" +
		"ہءآأؤإئابةتثجحخدذرزسشصض×طظعغـفقكàلâمنهوçèéêëىيîï\u064b\u064c\u064d\u064eô\u064f\u0650÷\u0651ù\u0652ûü\u200e\u200fے"
	upper1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ\u00a0¡¢£¤¥¦§¨©ª«¬\u00ad®¯°±²³´µ¶·¸¹º»¼½¾¿" +
		"ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ"
)

// toUTF8 returns a reader of r's text in UTF-8 without byte order mark, and what it
// was in. name is the encoding, "" to have it told from the start of the text.
func toUTF8(r io.Reader, name string) (text io.Reader, encoding string, err error) {
	in := bufio.NewReaderSize(r, sample)
	head, err := in.Peek(sample)
	if err != nil && err != io.EOF {
		return nil, "", fmt.Errorf("the file cannot be read: %w", err)
	}
	if name == "" {
		name = encodingOf(head)
	}
	switch name {
	case encodingUTF16:
		return &recoder{in: in, next: utf16Decoder(head)}, name, nil
	case encoding1256:
		return &recoder{in: in, next: pageDecoder(upper1256)}, name, nil
	case encoding1252:
		return &recoder{in: in, next: pageDecoder(upper1252)}, name, nil
	}
	if bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")) {
		if _, err := in.Discard(3); err != nil {
			return nil, "", err
		}
	}
	return in, name, nil
}

// sample is how much of a text its encoding is told from.
const sample = 64 << 10

func encodingOf(head []byte) string {
	if len(head) >= 2 {
		if head[0] == 0xFF && head[1] == 0xFE || head[0] == 0xFE && head[1] == 0xFF {
			return encodingUTF16
		}
	}
	if len(head) >= 4 && (head[0] == 0) != (head[1] == 0) && (head[2] == 0) != (head[3] == 0) {
		return encodingUTF16
	}
	end := len(head) // a character may be cut at the end of the sample
	if end == sample {
		for cut := 1; cut < utf8.UTFMax && end > cut; cut++ {
			if utf8.RuneStart(head[end-cut]) {
				end -= cut
				break
			}
		}
	}
	if utf8.Valid(head[:end]) {
		return encodingUTF8
	}
	// Arabic script comes in words, accented letters one at a time.
	together, alone := 0, 0
	for i, c := range head {
		switch {
		case c < 0x80:
		case i > 0 && head[i-1] >= 0x80 || i+1 < len(head) && head[i+1] >= 0x80:
			together++
		default:
			alone++
		}
	}
	valid, broken := 0, 0
	for b := head[:end]; len(b) > 0; {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			broken++
		case n > 1:
			valid++
		}
		b = b[n:]
	}
	switch {
	case valid > broken: // UTF-8 with damage: its rows are set aside
		return encodingUTF8
	case together > alone:
		return encoding1256
	}
	return encoding1252
}

// recoder reads UTF-8 made by next, which decodes one character of what is
// ahead and returns how many bytes that took, 0 where it needs more.
type recoder struct {
	in   *bufio.Reader
	next func(ahead []byte, last bool) (rune, int)
	out  []byte
}

func (r *recoder) Read(p []byte) (int, error) {
	if len(r.out) == 0 {
		_, err := r.in.Peek(4)
		ahead, _ := r.in.Peek(r.in.Buffered())
		if len(ahead) == 0 {
			return 0, err
		}
		taken, last := 0, err != nil
		for taken < len(ahead) && len(r.out) < sample {
			c, n := r.next(ahead[taken:], last)
			if n == 0 {
				break
			}
			if c != '\uFEFF' {
				r.out = utf8.AppendRune(r.out, c)
			}
			taken += n
		}
		if _, err := r.in.Discard(taken); err != nil {
			return 0, err
		}
	}
	n := copy(p, r.out)
	r.out = append(r.out[:0], r.out[n:]...)
	return n, nil
}

func pageDecoder(upper string) func([]byte, bool) (rune, int) {
	page := []rune(upper)
	return func(ahead []byte, _ bool) (rune, int) {
		if c := ahead[0]; c < 0x80 {
			return rune(c), 1
		}
		return page[ahead[0]-0x80], 1
	}
}

func utf16Decoder(head []byte) func([]byte, bool) (rune, int) {
	var order binary.ByteOrder = binary.LittleEndian
	if len(head) >= 2 && (head[0] == 0xFE && head[1] == 0xFF || head[0] == 0) {
		order = binary.BigEndian
	}
	return func(ahead []byte, last bool) (rune, int) {
		if len(ahead) < 2 {
			if last {
				return utf8.RuneError, len(ahead)
			}
			return 0, 0
		}
		c := rune(order.Uint16(ahead))
		if !utf16.IsSurrogate(c) {
			return c, 2
		}
		if len(ahead) < 4 {
			if last {
				return utf8.RuneError, 2
			}
			return 0, 0
		}
		if c = utf16.DecodeRune(c, rune(order.Uint16(ahead[2:]))); c == utf8.RuneError {
			return c, 2
		}
		return c, 4
	}
}
