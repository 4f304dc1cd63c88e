package present

import (
	"strings"

	"ishtirak/app/words"
	"ishtirak/model"
)

// general are the parts of libraries' names that say what they are, not which: without them the place is left.
var general = [...]string{
	"عوامی کتب خانہ", "پبلک لائبریری", "میونسپل لائبریری", "ضلعی کتب خانہ", "مرکزی کتب خانہ", "کتب خانہ", "لائبریری",
	"Public Library", "Municipal Library", "District Library", "Central Library", "Community Library", "Library",
}

// placeLetters is the length at which a name that has no shorter form is cut.
const placeLetters = 26

// placeName is a library's name where there is little room: the place in it. "Public Library, Gilgit" and "Gilgit Public
// Library" are Gilgit.
func placeName(name string) string {
	if i := strings.LastIndexAny(name, ",،"); i >= 0 {
		if last := strings.Trim(name[i:], ",، "); last != "" {
			return last
		}
	}
	short := strings.TrimSpace(name)
	for _, g := range general {
		if rest, ok := strings.CutSuffix(short, g); ok && strings.TrimSpace(rest) != "" {
			short = strings.TrimSpace(rest)
		} else if rest, ok := strings.CutPrefix(short, g); ok && strings.TrimSpace(rest) != "" {
			short = strings.TrimSpace(rest)
		}
	}
	if letters := []rune(short); len(letters) > placeLetters {
		return strings.TrimSpace(string(letters[:placeLetters-1])) + "…"
	}
	return short
}

// places gives the short names of the libraries known: their places where those tell them apart, else their names. ""
// stands for one that is not known.
func (c *Catalogue) places(w *words.Words) func(model.ID) string {
	short, many := map[model.ID]string{}, map[string]int{}
	for id, l := range c.libs {
		short[id] = placeName(names(w, l.Names))
		many[short[id]]++
	}
	return func(id model.ID) string {
		if s := short[id]; many[s] < 2 {
			return s
		}
		return names(w, c.libs[id].Names)
	}
}
