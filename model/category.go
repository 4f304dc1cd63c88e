package model

import (
	"slices"
	"strings"
)

// categoryAdult is the default category said outright.
const categoryAdult = "adult"

// Categories are the categories of readers that every library has; "" is the default, an adult. A library may have rules for
// more of them.
func Categories() []string { return []string{"", "child", "student", "teacher", "staff"} }

// CategoryOf gives a category as rules name it: capitals and blanks around it count for nothing, and an adult is the default.
func CategoryOf(written string) string {
	c := strings.ToLower(strings.TrimSpace(written))
	if c == categoryAdult {
		return ""
	}
	if slices.Contains(Categories(), c) {
		return c
	}
	return strings.TrimSpace(written)
}

// Rules reports whether the policy has a rule for a category of readers of its own.
func (p Policy) Rules(category string) bool {
	for at := range p.Lines {
		if of, _, _ := strings.Cut(at, "/"); of == category {
			return true
		}
	}
	return false
}
