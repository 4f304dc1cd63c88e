// Package words gives text in the user's language.
//
// Every sentence that a person reads is kept in assets/words, one JSON file per language with the same keys and the same
// placeholders. Code names a sentence by a constant of this package, so that a missing or a forgotten one is found by a test
// and not by a librarian. Another language needs another file, and nothing else.
package words

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"ishtirak/assets"
)

// Language is a BCP 47 tag of a language the interface speaks.
type Language string

// The languages the interface speaks.
const (
	English Language = "en"
	Urdu    Language = "ur"
)

// Key names one sentence or word of the interface.
type Key string

// ErrLanguage is returned by Load for a language that has no file of words.
var ErrLanguage = errors.New("words: no words for this language")

// Languages lists what the interface speaks, in the order in which a person is offered them: English, Urdu, then whatever
// other files of words there are.
func Languages() []Language { return languages(files()) }

func languages(from fs.FS) []Language {
	list := []Language{English, Urdu}
	names, err := fs.Glob(from, "*.json")
	if err != nil {
		return list // the pattern is sound
	}
	for _, n := range names {
		if l := Language(strings.TrimSuffix(n, ".json")); !slices.Contains(list, l) && !strings.HasPrefix(n, toolkit) {
			list = append(list, l)
		}
	}
	return list
}

// toolkit begins the names of the files that hold Fyne's own words.
const toolkit = "fyne-"

// files are the words that are part of the program.
func files() fs.FS {
	dir, err := fs.Sub(assets.Words, "words")
	if err != nil {
		return assets.Words // "words" is a sound path
	}
	return dir
}

// Name is what a language calls itself, as its own file says it.
func Name(lang Language) string {
	if w, err := Load(lang, Style{}); err == nil {
		return w.Say(own(lang))
	}
	return string(lang)
}

// own is the key of the language's own name.
func own(lang Language) Key { return "language." + Key(lang) }

// Style is how numbers and dates are written; the zero value is Western digits and Gregorian dates only.
type Style struct {
	UrduDigits bool           // ۱۲۳ in Urdu text (never in card numbers, times and keys, which do not turn)
	Hijri      bool           // the Hijri date beside the Gregorian one
	Moon       int            // days by which the sighting of the moon differs from the tabular calendar, -2 to 2
	Zone       *time.Location // where days begin and end; nil: each time in its own place
}

// Words speaks one language. It is safe for use by several goroutines at once; it never changes.
type Words struct {
	lang        Language
	style       Style
	text        map[Key]entry
	rightToLeft bool
}

// entry is one sentence, in up to two plural forms. Both languages have the CLDR categories one and other.
type entry struct {
	One   string `json:"one"`
	Other string `json:"other"`
	Note  string `json:"note"` // for translators, never shown
}

// UnmarshalJSON takes a plain string, or an object with the plural forms and a note for translators.
func (e *entry) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &e.Other)
	}
	type plain entry
	return json.Unmarshal(b, (*plain)(e))
}

// Load reads the words of a language.
func Load(lang Language, style Style) (*Words, error) { return LoadFrom(files(), lang, style) }

// LoadFrom reads the words of a language from its file, NAME.json. What the file does not say yet is said in English. The
// language is written from right to left where its own name (language.NAME) is.
func LoadFrom(from fs.FS, lang Language, style Style) (*Words, error) {
	w := &Words{lang: lang, style: style}
	english, err := fs.ReadFile(files(), string(English)+".json")
	if err == nil {
		err = json.Unmarshal(english, &w.text)
	}
	if err != nil {
		return nil, fmt.Errorf("words: %s.json: %w", English, err)
	}
	b, err := fs.ReadFile(from, string(lang)+".json")
	if err != nil {
		return nil, fmt.Errorf("%w: %q", ErrLanguage, lang)
	}
	var said map[Key]entry
	if err := json.Unmarshal(b, &said); err != nil {
		return nil, fmt.Errorf("words: %s.json: %w", lang, err)
	}
	maps.Copy(w.text, said)
	w.rightToLeft = arabic(w.text[own(lang)].Other)
	if w.RightToLeft() {
		for k, e := range w.text {
			e.One, e.Other = keepUpright(e.One), keepUpright(e.Other)
			w.text[k] = e
		}
	}
	return w, nil
}

// Language says which language is spoken.
func (w *Words) Language() Language { return w.lang }

// Style says how numbers and dates are written.
func (w *Words) Style() Style { return w.style }

// RightToLeft says whether the interface in this language is mirrored.
func (w *Words) RightToLeft() bool { return w.rightToLeft }

// arabic reports whether a text begins in the Arabic script.
func arabic(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) {
			return unicode.Is(unicode.Arabic, r)
		}
	}
	return false
}

// Say gives a sentence. args are pairs of a placeholder's name and its value: a string stands as it is, an int is written in
// the language's digits, a Key is said. The first int of the pairs decides the plural form. An unknown key is answered with
// the key itself, which a test forbids.
func (w *Words) Say(k Key, args ...any) string {
	e, ok := w.text[k]
	if !ok {
		return string(k)
	}
	text, counted := e.Other, false
	pairs := make([]string, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		name, _ := args[i].(string)
		var value string
		switch v := args[i+1].(type) {
		case int:
			if !counted && v == 1 && e.One != "" {
				text = e.One
			}
			counted, value = true, w.Number(v)
		case Key:
			value = w.Say(v)
		case string:
			value = w.apart(v)
		default:
			value = fmt.Sprint(v)
		}
		pairs = append(pairs, "{"+name+"}", value)
	}
	if len(pairs) == 0 {
		return text
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Has says whether a language's file knows a key that is made at run time, as the code of a language or of a kind of material is.
func (w *Words) Has(k Key) bool { _, ok := w.text[k]; return ok }
