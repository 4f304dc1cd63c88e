package roster

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// Text that people send each other (a request, an admission) must survive a
// messenger, a mail program that quotes it, an editor that changes line ends.
// So: lines for people first, then a BEGIN line, base64 in columns of 64, a
// line that starts with '=' and holds the first five bytes of the contents'
// SHA-256 in hex, and an END line. Everything outside BEGIN and END is for
// people and is not read.

// ErrDamaged says that a text is not, or is no longer, what was sent. The
// error that wraps it names what is wrong.
var ErrDamaged = errors.New("the text is damaged")

// MaxText is the longest armoured text that is read, in bytes.
const MaxText = 8 << 20

const columns = 64

func encodeArmour(kind string, human []string, contents []byte) string {
	var b strings.Builder
	for _, line := range human {
		b.WriteString(oneLine(line))
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "\n-----BEGIN ISHTIRAK %s-----\n", kind)
	text := base64.StdEncoding.EncodeToString(contents)
	for len(text) > 0 {
		n := min(columns, len(text))
		b.WriteString(text[:n])
		b.WriteByte('\n')
		text = text[n:]
	}
	fmt.Fprintf(&b, "=%s\n-----END ISHTIRAK %s-----\n", checksum(contents), kind)
	return b.String()
}

// decodeArmour gives the contents of the block of this kind.
func decodeArmour(kind string, text []byte) ([]byte, error) {
	if len(text) > MaxText {
		return nil, fmt.Errorf("%w: it is longer than %d MiB", ErrDamaged, MaxText>>20)
	}
	var (
		body   strings.Builder
		check  string
		inside bool
		ended  bool
		other  string
		number int
	)
	for line := range bytes.Lines(plain(text)) {
		number++
		line := strings.TrimLeft(strings.TrimFunc(string(line), blank), "> \t")
		if at := strings.Index(line, "BEGIN ISHTIRAK "); at >= 0 {
			found := strings.TrimSpace(strings.TrimRight(line[at+len("BEGIN ISHTIRAK "):], "-—– "))
			if found != kind {
				other = found
				continue
			}
			body.Reset()
			inside, check = true, ""
			continue
		}
		if !inside {
			continue
		}
		if strings.Contains(line, "END ISHTIRAK "+kind) {
			ended = true
			break
		}
		if rest, is := strings.CutPrefix(line, "="); is {
			check = strings.ToLower(strings.TrimSpace(rest))
			continue
		}
		if at := strings.IndexFunc(line, notBase64); at >= 0 {
			return nil, fmt.Errorf("%w: line %d holds %q, which does not belong there", ErrDamaged, number, []rune(line[at:])[0])
		}
		body.WriteString(line)
	}
	switch {
	case !inside && other != "":
		return nil, fmt.Errorf("%w: this is %s, and %s was expected", ErrDamaged, named(other), named(kind))
	case !inside:
		return nil, fmt.Errorf("%w: no line says BEGIN ISHTIRAK %s; copy the whole text, first line to last", ErrDamaged, kind)
	case !ended:
		return nil, fmt.Errorf("%w: it breaks off before the line that says END ISHTIRAK %s; copy the whole text again", ErrDamaged, kind)
	case check == "":
		return nil, fmt.Errorf("%w: the line with the checksum, which starts with =, is missing", ErrDamaged)
	}
	contents, err := base64.StdEncoding.DecodeString(body.String())
	if err != nil {
		return nil, fmt.Errorf("%w: letters between BEGIN and END are missing or too many", ErrDamaged)
	}
	if checksum(contents) != check {
		return nil, fmt.Errorf("%w: its checksum is %s and should be %s; a letter was changed or a line lost", ErrDamaged, checksum(contents), check)
	}
	return contents, nil
}

func named(kind string) string {
	switch kind {
	case kindRequest:
		return "a request to join"
	case kindAdmission:
		return "an admission"
	case kindSheet:
		return "a recovery sheet"
	case kindKeys:
		return "a file of keys"
	}
	return "something else"
}

func checksum(contents []byte) string {
	sum := sha256.Sum256(contents)
	return fmt.Sprintf("%x", sum[:5])
}

func blank(r rune) bool {
	return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' || r == '\u200e' || r == '\u200f'
}

func notBase64(r rune) bool {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '+', r == '/', r == '=':
		return false
	}
	return true
}

// oneLine keeps a name from pretending to be another line of the text.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s)
}
