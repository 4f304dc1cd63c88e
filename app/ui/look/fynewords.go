package look

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"fyne.io/fyne/v2/lang"

	"ishtirak/assets"
)

// ErrFyneWords says that Fyne's own words are not known in a language.
var ErrFyneWords = errors.New("look: no words for Fyne in this language")

// FyneWord is a word of Fyne's vocabulary, by the key of its base.en.json, in
// "ur" or "en"; "" where there is none.
func FyneWord(language, key string) string {
	all, err := fyneWords()
	if err != nil {
		return ""
	}
	return all[language][key]
}

var fyneWords = sync.OnceValues(func() (map[string]map[string]string, error) {
	out := map[string]map[string]string{}
	for _, language := range []string{"en", "ur"} {
		b, err := assets.Words.ReadFile("words/fyne-" + language + ".json")
		if err != nil {
			return nil, fmt.Errorf("the words of Fyne are missing: %w", err)
		}
		m := map[string]string{}
		if err := json.Unmarshal(b, &m); err != nil {
			return nil, fmt.Errorf("the words of Fyne in %s cannot be read: %w", language, err)
		}
		out[language] = m
	}
	return out, nil
})

// SpeakFyne makes Fyne's own dialogs and menus speak the program's language,
// "ur" or "en". Call it on the window's goroutine at the start and whenever the
// language changes; what is open already keeps its words.
//
// Fyne takes its language from the system and has no way to choose another. It
// does let a program give the words for a locale, and looks first for the
// system's own: so the program's words are given for that, whatever it is.
func SpeakFyne(language string) error {
	all, err := fyneWords()
	if err != nil {
		return err
	}
	if _, ok := all[language]; !ok {
		return fmt.Errorf("%w: %s", ErrFyneWords, language)
	}
	b, err := json.Marshal(all[language])
	if err != nil {
		return fmt.Errorf("the words of Fyne in %s: %w", language, err)
	}
	if err := lang.AddTranslationsForLocale(b, lang.SystemLocale()); err != nil {
		return fmt.Errorf("the words of Fyne in %s are refused: %w", language, err)
	}
	return nil
}
