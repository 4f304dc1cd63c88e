//go:build headless

package main

import (
	"context"
	"errors"
)

// errNoWindow is the answer of a program built for hubs and scripts.
var errNoWindow = errors.New("this program was built without a window: use its verbs (ishtirak help), or the program with a window")

// window is what the program does without arguments.
func window(context.Context, terminal) error { return errNoWindow }

// gallery draws every screen; there is nothing to draw with here.
func gallery(context.Context, string) error { return errNoWindow }
