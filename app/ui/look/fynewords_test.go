package look

import (
	"encoding/json"
	"errors"
	"go/build"
	"os"
	"path/filepath"
	"testing"
	"unicode"

	"fyne.io/fyne/v2/lang"

	"ishtirak/app/ui/rtl"
)

// Every word of the Fyne that is linked is there in both languages.
func TestFyneWordsAreWhole(t *testing.T) {
	p, err := build.Import("fyne.io/fyne/v2/lang", ".", build.FindOnly)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(p.Dir, "translations", "base.en.json"))
	if err != nil {
		t.Fatal(err)
	}
	base := map[string]any{}
	if err := json.Unmarshal(b, &base); err != nil {
		t.Fatal(err)
	}
	all, err := fyneWords()
	if err != nil {
		t.Fatal(err)
	}
	if len(base) < 30 {
		t.Fatalf("only %d words of Fyne were found", len(base))
	}
	for key := range base {
		if all["en"][key] == "" {
			t.Errorf("%q is missing in English", key)
		}
		if r := []rune(all["ur"][key]); len(r) == 0 || !unicode.Is(unicode.Arabic, r[0]) {
			t.Errorf("%q is %q in Urdu", key, string(r))
		}
	}
	for language, words := range all {
		for key := range words {
			if _, ok := base[key]; !ok {
				t.Errorf("%q in %s is no word of Fyne's", key, language)
			}
		}
	}
}

// Fyne speaks the program's language, whatever the system's is.
func TestFyneFollowsTheProgram(t *testing.T) {
	for _, system := range []string{"C", "", "en_US.UTF-8", "ur_PK.UTF-8", "fr_FR.UTF-8", "ru_RU.UTF-8", "sd_PK"} {
		for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANGUAGE"} {
			t.Setenv(name, "")
		}
		t.Setenv("LANG", system)
		for _, language := range []string{"ur", "en", "ur"} {
			if err := SpeakFyne(language); err != nil {
				t.Fatal(err)
			}
			for _, key := range []string{"Cancel", "Show Hidden Files"} {
				if got, want := lang.L(key), FyneWord(language, key); got != want {
					t.Errorf("system %q, program %s: Fyne says %q, not %q", system, language, got, want)
				}
			}
			if got, want := lang.X("file.parent", "?"), FyneWord(language, "file.parent"); got != want {
				t.Errorf("system %q, program %s: Fyne says %q, not %q", system, language, got, want)
			}
		}
	}
	if err := SpeakFyne("fr"); !errors.Is(err, ErrFyneWords) {
		t.Errorf("French: %v", err)
	}
	for dir, want := range map[rtl.Direction]string{rtl.LTR: "Undo", rtl.RTL: "کالعدم"} {
		if got := New(Options{Dir: dir}).Word("Undo"); got != want {
			t.Errorf("the theme says %q, not %q", got, want)
		}
	}
}
