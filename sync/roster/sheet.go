package roster

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"

	"ishtirak/sync/change"
)

const kindSheet = "RECOVERY SHEET"

// Sheet is what a library prints when it starts and keeps in a cupboard: with it
// and any stick or peer the library is rebuilt when its only laptop has died. It
// also opens everything sticks carry for the library.
//
// Its secret part is 81 bytes (version, the library key's seed, the library's
// ID, the authority's key) and 4 of their SHA-256, in six lines a person can type:
// base32 after Crockford (no I L O U), and two check letters a line that say which
// line is mistyped. The age identity is derived from the seed. Names are printed
// for people and read where they are, but nothing depends on them.
type Sheet struct {
	Library   [16]byte
	Authority change.Author
	Name      string // both languages
	Code      string

	key ed25519.PrivateKey
}

// ErrMistyped says which line of a recovery sheet has a wrong letter.
var ErrMistyped = errors.New("a letter is mistyped")

const (
	sheetLines = 6
	lineBytes  = 15
	lineText   = 24 // letters of lineBytes
	lineChecks = 2
	sheetBytes = 1 + ed25519.SeedSize + 16 + 32
)

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// Sheet gives the recovery sheet of this library; only where its key is.
func (k *Keyring) Sheet(l Library) (Sheet, error) {
	if k.library == nil {
		return Sheet{}, ErrNoLibraryKey
	}
	return Sheet{
		Library: k.Library, Authority: k.Authority, Name: both(l.English, l.Urdu), Code: l.Code, key: k.library,
	}, nil
}

// Text is the sheet as it is printed.
func (s Sheet) Text() string {
	payload := make([]byte, 0, sheetLines*lineBytes)
	payload = append(payload, version)
	payload = append(payload, s.key.Seed()...)
	payload = append(payload, s.Library[:]...)
	payload = append(payload, s.Authority[:]...)
	sum := sha256.Sum256(payload)
	payload = append(payload, sum[:4]...)
	payload = payload[:cap(payload)]

	var b strings.Builder
	fmt.Fprintf(&b, "Ishtirak: recovery sheet · بحالی کا پرچہ\n\nName · نام: %s\nCode · کوڈ: %s\n\n", oneLine(s.Name), oneLine(s.Code))
	b.WriteString("Keep this paper where the library keeps its most valuable things. With it and a stick, or another\n" +
		"laptop, the library is rebuilt if this laptop is lost. Whoever has it can open the library's readers.\n" +
		"یہ کاغذ وہاں رکھیے جہاں کتب خانے کی قیمتی چیزیں رہتی ہیں۔ لیپ ٹاپ کھو جائے تو اس سے اور کسی یو ایس بی\n" +
		"یا دوسرے لیپ ٹاپ سے کتب خانہ پھر بن جاتا ہے۔ جس کے پاس یہ ہو وہ قارئین کا ریکارڈ کھول سکتا ہے۔\n\n")
	fmt.Fprintf(&b, "-----BEGIN ISHTIRAK %s-----\n", kindSheet)
	for i := range sheetLines {
		line := payload[i*lineBytes : (i+1)*lineBytes]
		text := sheetCode().EncodeToString(line)
		fmt.Fprintf(&b, "%s %s %s %s  %s\n", text[:6], text[6:12], text[12:18], text[18:], lineCheck(i, line))
	}
	fmt.Fprintf(&b, "-----END ISHTIRAK %s-----\n", kindSheet)
	return b.String()
}

func sheetCode() *base32.Encoding {
	return base32.NewEncoding(crockford).WithPadding(base32.NoPadding)
}

func lineCheck(i int, line []byte) string {
	sum := sha256.Sum256(append([]byte{byte(i)}, line...))
	return string([]byte{crockford[sum[0]&31], crockford[sum[1]&31]})
}

// ReadSheet reads a sheet's text, or what somebody typed of it: the letters
// alone are enough, in any case, with any spaces and line breaks; O is read as 0
// and I and L as 1. ErrMistyped names the line, ErrDamaged what else is wrong.
func ReadSheet(text []byte) (Sheet, error) {
	if len(text) > MaxText {
		return Sheet{}, fmt.Errorf("reading the recovery sheet: %w: it is too long", ErrDamaged)
	}
	s := string(plain(text))
	var sheet Sheet
	if at := strings.Index(s, "BEGIN ISHTIRAK "+kindSheet); at >= 0 {
		for line := range strings.Lines(s[:at]) {
			if rest, is := strings.CutPrefix(strings.TrimSpace(line), "Name · نام: "); is {
				sheet.Name = rest
			}
			if rest, is := strings.CutPrefix(strings.TrimSpace(line), "Code · کوڈ: "); is {
				sheet.Code = rest
			}
		}
		s = s[at+len("BEGIN ISHTIRAK "+kindSheet):]
		if end := strings.Index(s, "END ISHTIRAK"); end >= 0 {
			s = s[:end]
		}
	} else if strings.Contains(s, "BEGIN ISHTIRAK ") {
		return Sheet{}, fmt.Errorf("reading the recovery sheet: %w: this is another text of Ishtirak", ErrDamaged)
	}
	letters, err := sheetLetters(s)
	if err != nil {
		return Sheet{}, err
	}
	payload, err := sheetPayload(letters)
	if err != nil {
		return Sheet{}, err
	}
	sheet.key = ed25519.NewKeyFromSeed(payload[1 : 1+ed25519.SeedSize])
	sheet.Library = [16]byte(payload[1+ed25519.SeedSize:])
	sheet.Authority = change.Author(payload[1+ed25519.SeedSize+16 : sheetBytes])
	return sheet, nil
}

func sheetLetters(s string) (string, error) {
	var letters strings.Builder
	for _, r := range strings.ToUpper(s) {
		switch r {
		case 'O':
			r = '0'
		case 'I', 'L':
			r = '1'
		}
		switch {
		case strings.ContainsRune(crockford, r):
			letters.WriteRune(r)
		case blank(r) || strings.ContainsRune("-—–.:·|>", r):
		default:
			return "", fmt.Errorf("reading the recovery sheet: %w: line %d holds %q, which no sheet has",
				ErrMistyped, letters.Len()/(lineText+lineChecks)+1, r)
		}
	}
	return letters.String(), nil
}

func sheetPayload(letters string) ([]byte, error) {
	const perLine = lineText + lineChecks
	var payload []byte
	for i := range sheetLines {
		if len(letters) < (i+1)*perLine {
			if i > 0 || len(letters) > 0 {
				return nil, fmt.Errorf("reading the recovery sheet: %w: line %d is not complete; a line has %d letters, the sheet %d lines",
					ErrMistyped, len(letters)/perLine+1, perLine, sheetLines)
			}
			return nil, fmt.Errorf("reading the recovery sheet: %w: there is nothing on it", ErrDamaged)
		}
		line, err := sheetCode().DecodeString(letters[i*perLine : i*perLine+lineText])
		if err != nil || lineCheck(i, line) != letters[i*perLine+lineText:(i+1)*perLine] {
			return nil, fmt.Errorf("reading the recovery sheet: %w in line %d: look at it letter by letter", ErrMistyped, i+1)
		}
		payload = append(payload, line...)
	}
	sum := sha256.Sum256(payload[:sheetBytes])
	switch {
	case len(letters) != sheetLines*perLine:
		return nil, fmt.Errorf("reading the recovery sheet: %w: there are letters after its last line", ErrMistyped)
	case string(sum[:4]) != string(payload[sheetBytes:sheetBytes+4]):
		return nil, fmt.Errorf("reading the recovery sheet: %w: lines of two sheets are mixed", ErrDamaged)
	case payload[0] != version:
		return nil, fmt.Errorf("reading the recovery sheet: %w: it is of version %d, this Ishtirak reads %d", ErrRefused, payload[0], version)
	}
	return payload, nil
}

// Restore gives a new laptop's keys the library's: it can then sign its own
// entry (SignSelf), and RecoveryIdentity opens what sticks carry.
func (s Sheet) Restore(k *Keyring) {
	k.library, k.Library, k.Authority = s.key, s.Library, s.Authority
}
