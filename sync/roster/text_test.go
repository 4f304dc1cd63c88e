package roster

import (
	"encoding/binary"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Texts written by this version must be read by every later one, and look the
// same to people: they are kept in testdata.
func TestGolden(t *testing.T) {
	founder, entries := founded(t, 1, "PK-GLT")
	r := Load(founder.Authority, slices.Values(entries))
	l, _ := r.Library(founder.Library)
	sheet, err := founder.Sheet(l)
	if err != nil {
		t.Fatal(err)
	}
	laptop, _ := NewKeyring(random(3))
	second, err := laptop.AskAsLaptop("دوسرا لیپ ٹاپ", RoleDesk, stamp(3))
	if err != nil {
		t.Fatal(err)
	}
	rnd := random(4)
	other, _ := NewKeyring(rnd)
	library, err := other.AskAsLibrary(rnd, Library{English: "Skardu Public Library", Urdu: "سکردو پبلک لائبریری", Code: "PK-SKD"}, "desk", RoleDesk, stamp(4))
	if err != nil {
		t.Fatal(err)
	}
	q, _ := ReadRequest([]byte(library))
	signed, err := founder.Admit(r, q, stamp(5))
	if err != nil {
		t.Fatal(err)
	}
	admission, err := founder.Admission(r.With(signed...), q, [][]byte{{1, 2, 3}}, []string{"https://192.168.1.7:4433"}, stamp(6))
	if err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]string{
		"request-laptop": second, "request-library": library, "admission": admission, "sheet": sheet.Text(),
	} {
		path := filepath.Join("testdata", name+".txt")
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s is written differently now:\n%s", name, got)
		}
	}
}

func golden(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What messengers, mail programs and editors do to a text does it no harm; what
// people do to it is named.
func TestHandling(t *testing.T) {
	text := golden(t, "request-library")
	for name, changed := range map[string]string{
		"carriage returns": strings.ReplaceAll(text, "\n", "\r\n"),
		"quoted":           "> " + strings.ReplaceAll(text, "\n", "\n> "),
		"indented":         "\t" + strings.ReplaceAll(text, "\n", "\n  "),
		"no greeting":      text[strings.Index(text, "-----BEGIN"):],
		"long dashes":      strings.ReplaceAll(text, "-----", "—"),
		"byte order mark":  "\ufeff" + text,
		"UTF-16":           utf16le(text),
		"hard blanks":      strings.ReplaceAll(text, " ", "\u00A0"),
		"UTF-16, turned":   turned(utf16le(text)),
	} {
		if _, err := ReadRequest([]byte(changed)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	at := strings.Index(text, "-----BEGIN") + 60
	flipped := []byte(text)
	flipped[at] ^= 1
	for _, test := range []struct{ name, text, says string }{
		{"empty", "", "BEGIN ISHTIRAK REQUEST"},
		{"cut short", text[:len(text)-60], "breaks off"},
		{"a letter changed", string(flipped), "checksum"},
		{"a stray sign", text[:at] + "#" + text[at:], "'#'"},
		{"another text", golden(t, "admission"), "this is an admission"},
		{"checksum lost", text[:strings.LastIndex(text, "\n=")] + text[strings.Index(text, "\n-----END"):], "checksum"},
		{"too long", strings.Repeat("x", MaxText+1), "longer"},
	} {
		_, err := ReadRequest([]byte(test.text))
		if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v, want it to name %q", test.name, err, test.says)
		}
	}
}

// utf16le is a text as Windows' shell writes it into a file.
func utf16le(text string) string {
	out := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(text)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return string(out)
}

// turned swaps the bytes of each pair.
func turned(s string) string {
	b := []byte(s)
	for i := 0; i+1 < len(b); i += 2 {
		b[i], b[i+1] = b[i+1], b[i]
	}
	return string(b)
}

func TestForgedRequest(t *testing.T) {
	contents, err := decodeArmour(kindRequest, []byte(golden(t, "request-library")))
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for i := range contents {
		changed := slices.Clone(contents)
		changed[i] ^= 0x10
		if _, err := readRequest(changed); err == nil {
			t.Fatalf("byte %d changed, and the request was believed", i)
		} else if errors.Is(err, ErrRefused) {
			refused++
		}
	}
	if refused == 0 {
		t.Error("no change was refused by a signature")
	}
}

func TestAdmissionIsForOne(t *testing.T) {
	a, err := ReadAdmission([]byte(golden(t, "admission")))
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Segments) != 1 || len(a.Addresses) != 1 {
		t.Errorf("%d segments, %d addresses", len(a.Segments), len(a.Addresses))
	}
	somebody, _ := NewKeyring(random(77))
	if _, err := somebody.Join(a, stamp(1)); !errors.Is(err, ErrRefused) {
		t.Errorf("somebody joined with another's admission: %v", err)
	}
}

func TestSheet(t *testing.T) {
	text := golden(t, "sheet")
	founder, _ := founded(t, 1, "PK-GLT")
	want, _ := founder.Sheet(Library{})
	code := text[strings.Index(text, "SHEET-----")+len("SHEET-----") : strings.Index(text, "-----END")]
	typed := strings.ToLower(strings.NewReplacer("\n", " ", "0", "o", "1", "l").Replace(code))
	for name, s := range map[string]string{"printed": text, "UTF-16": utf16le(text),
		"quoted": "> " + strings.ReplaceAll(text, "\n", "\n> "), "hard blanks": strings.ReplaceAll(text, " ", "\u00A0"), "typed": typed, "in one word": strings.Join(strings.Fields(code), "")} {
		got, err := ReadSheet([]byte(s))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !got.key.Equal(want.key) || got.Library != want.Library || got.Authority != want.Authority {
			t.Errorf("%s: read as another sheet", name)
		}
	}
	if got, _ := ReadSheet([]byte(text)); got.Code != "PK-GLT" || got.Name == "" {
		t.Errorf("names not read: %q %q", got.Name, got.Code)
	}
	lines := strings.Split(strings.TrimSpace(code), "\n")
	third := []byte(lines[2])
	third[3] = "01"[(third[3]&1)^1]
	mistyped := strings.Join([]string{lines[0], lines[1], string(third), lines[3], lines[4], lines[5]}, "\n")
	for _, test := range []struct {
		name, text, says string
		want             error
	}{
		{"mistyped", mistyped, "line 3", ErrMistyped},
		{"a line missing", strings.Join(lines[:5], "\n"), "line 6", ErrMistyped},
		{"swapped", strings.Join([]string{lines[1], lines[0], lines[2], lines[3], lines[4], lines[5]}, "\n"), "line 1", ErrMistyped},
		{"too much", code + lines[0], "after its last line", ErrMistyped},
		{"a letter no sheet has", "ü" + code, "line 1", ErrMistyped},
		{"nothing", " ", "nothing", ErrDamaged},
		{"another text", golden(t, "admission"), "another text", ErrDamaged},
	} {
		_, err := ReadSheet([]byte(test.text))
		if !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v, want %q", test.name, err, test.says)
		}
	}
}

func FuzzTexts(f *testing.F) {
	for _, name := range []string{"request-laptop", "request-library", "admission", "sheet"} {
		text, err := os.ReadFile(filepath.Join("testdata", name+".txt"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
		f.Add([]byte(utf16le(string(text))))
	}
	f.Fuzz(func(_ *testing.T, text []byte) {
		_, _ = ReadRequest(text)
		_, _ = ReadAdmission(text)
		_, _ = ReadSheet(text)
		_, _ = readEntry(text)
		_, _ = ReadAck(text)
	})
}

// An admission says where to go and whom to obey: whoever carries it can change nothing.
func TestForgedAdmission(t *testing.T) {
	contents, err := decodeArmour(kindAdmission, []byte(golden(t, "admission")))
	if err != nil {
		t.Fatal(err)
	}
	unsigned := 0
	for i := 0; i < len(contents); i += 3 {
		changed := slices.Clone(contents)
		changed[i] ^= 0x10
		if _, err := readAdmission(changed); err == nil {
			t.Fatalf("byte %d changed, and the admission was believed", i)
		} else if errors.Is(err, ErrRefused) && strings.Contains(err.Error(), "not signed") {
			unsigned++
		}
	}
	if unsigned == 0 {
		t.Error("no change was refused by the signature")
	}
}
