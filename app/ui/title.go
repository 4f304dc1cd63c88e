package ui

import (
	"ishtirak/app/present"
	"ishtirak/app/words"
)

// title is the window's: what is open in it, then the program. Wherever windows are listed they are told apart, and of all
// that a screen shows it is the one thing that the toolkit hands to a screen reader on every desktop.
func (w *Window) title() string {
	name, open := w.words.Say(words.AppName), ""
	switch {
	case w.picker != nil:
		open = w.words.Say(w.picker.head())
	case w.lib == nil && w.welcome != nil:
		open = w.welcome.title()
	case w.form != nil:
		open = w.form.form.Show(w.words).Heading
	case w.lib != nil && w.frame != nil:
		open = w.words.Say(places[w.at].word)
	}
	if open == "" {
		return name
	}
	return open + " – " + name
}

// title is what the step is about.
func (v *welcomePage) title() string {
	switch s := v.p.Show(v.w.words); {
	case s.Form != nil:
		return s.Form.Heading
	case s.Step == present.StepSheet:
		return s.Sheet.Title
	default:
		return s.Question
	}
}
