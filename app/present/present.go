// Package present says what each screen shows and does; it never draws.
//
// A presenter keeps facts: records, outcomes, refusals, what was typed. Its Show words them in a language into a plain
// screen, so that changing the language is one more Show and loses nothing. A presenter belongs to one goroutine at a time;
// the window gives them all to one worker, in the order of the keys pressed. Each screen declares the small interface that
// it needs of the library; *library.Library satisfies them all, and so does Pretend in fake.go.
package present

import (
	"context"

	"ishtirak/model"
	"ishtirak/model/workset"
)

// Library is all that the window asks of one opened library.
type Library interface {
	Circulation
	Cataloguing
	Registering
	Sharing
	Sorting
	Reporting
	Setting
	Set() *workset.Set
	Talk() <-chan struct{} // receives after who has what, or who is near, has changed; nil: never
	Run(ctx context.Context) error
	Close() error
}

// Tone is the role of a colour: status is told by tone, icon and word together.
type Tone string

// The tones, after the look's tokens.
const (
	ToneInk     Tone = "ink"
	ToneMuted   Tone = "muted"
	ToneAccent  Tone = "accent"
	ToneOK      Tone = "ok"
	ToneLoan    Tone = "loan"
	ToneHold    Tone = "hold"
	ToneNotice  Tone = "notice"
	ToneOverdue Tone = "overdue"
	ToneDanger  Tone = "danger"
)

// Mark is a state: an icon (its name among assets/icons), a tone and a word.
type Mark struct {
	Icon string
	Tone Tone
	Text string
}

// Action is something a person may do now: a button and its key.
type Action struct {
	ID   string // what the window hands back to Do
	Icon string
	Text string
	Key  string // shown beside the text, "" for none
	Main bool   // the obvious one: Enter
}

// Cover is what a typographic cover is made of.
type Cover struct {
	ID       model.ID
	Title    string
	Author   string
	Material string
}

// Empty is a place with nothing in it: one sentence, then what to do first.
type Empty struct {
	Title   string
	About   string
	Actions []Action
}
