package present

import (
	"regexp"
	"strings"

	"ishtirak/app/words"
	"ishtirak/model/script"
)

// codeShape is an ISIL of Pakistan: ISO 15511 gives the unit up to 11 of these.
var codeShape = regexp.MustCompile(`^PK-[A-Za-z0-9:/-]{1,11}$`)

// tidyCode completes a library's code: the country in front where it is left out, capitals where small letters alone were
// typed (to ISO 15511 both are one), Western digits, a hyphen after the country whatever stood there.
func tidyCode(s string) string {
	s = strings.TrimSpace(script.Digits(s, false))
	if s == "" {
		return ""
	}
	if s == strings.ToLower(s) {
		s = strings.ToUpper(s)
	}
	unit := s
	if len(s) >= 2 && strings.EqualFold(s[:2], "PK") {
		rest := strings.TrimLeft(s[2:], " -_\u2010\u2011\u2012\u2013\u2014\u2212")
		if rest == "" || rest != s[2:] {
			unit = rest
		}
	}
	return "PK-" + unit
}

// codeNote shows below the field what the code will be.
func codeNote(w *words.Words, value string) string {
	if code := tidyCode(value); codeShape.MatchString(code) && !strings.EqualFold(value, "P") {
		return w.Say(words.CodeBecomes, "code", code)
	}
	return w.Say(words.CodeShort)
}
