package main

import (
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"ishtirak/app/library"
	"ishtirak/model"
)

// maxLetter bounds what is read as a request, an admission or a sheet, in bytes.
const maxLetter = 16 << 20

var requestVerb = verb{
	name:  "request",
	usage: "--data DIR [--library NAME --code PK-XXX [--urdu NAME]] [--laptop NAME] [--hub] > request",
	about: "ask to join: as another library, or without --library as a further laptop of the admitting one",
	setup: func(flags *flag.FlagSet) action {
		var a library.Asking
		names(flags, &a.Names, &a.Code, &a.Laptop)
		hub := flags.Bool("hub", false, "")
		return func(ctx context.Context, c *call) error {
			if (a.Names == model.Names{}) != (a.Code == "") {
				return fmt.Errorf("%w: another library has a name and a code: --library NAME --code PK-XXX", errUsage)
			}
			if *hub {
				a.Role = "hub"
			}
			a.Now, a.Tell = c.now, c.tell
			text, words, err := library.Request(ctx, c.dir, a)
			if err != nil {
				return err
			}
			return c.printLetter("request", text, words, fmt.Sprintf("The words of this request: %s. Where it is admitted they must be the same.", strings.Join(words, " ")))
		}
	},
}

var admitVerb = verb{
	name:  "admit",
	usage: "--data DIR REQUEST > admission",
	about: "admit the laptop or library that asks, once its three words are the same on both screens",
	args:  [2]int{1, 1},
	setup: bare(opened(func(ctx context.Context, c *call, l *library.Library) error {
		text, err := c.letter(c.args[0])
		if err != nil {
			return err
		}
		q, err := l.ReadRequest(text)
		if err != nil {
			return err
		}
		a, err := l.Admit(ctx, text)
		if err != nil {
			return err
		}
		return c.printLetter("admission", a.Text, a.For.Words, fmt.Sprintf("The words of the request: %s. If they are others where it was made, do not send this admission.\n"+
			"The words of joining: %s. They must be the same where it joins.", strings.Join(q.Words, " "), strings.Join(a.For.Words, " ")))
	})),
}

var joinVerb = verb{
	name:  "join",
	usage: "--data DIR ADMISSION",
	about: "finish what request began, with the admission that came back",
	args:  [2]int{1, 1},
	setup: bare(func(ctx context.Context, c *call) error {
		text, err := c.letter(c.args[0])
		if err != nil {
			return err
		}
		words, err := library.AdmissionWords(text)
		if err != nil {
			return err
		}
		if err := library.Join(ctx, c.dir, text, library.Options{Now: c.now, Tell: c.tell}); err != nil {
			return err
		}
		return c.open(ctx, "", func(l *library.Library) error {
			self := l.Self()
			sheet, err := l.Sheet(ctx)
			if err != nil { // a second laptop has none
				sheet = ""
			}
			if !c.json {
				say(c.err, "The words, the same where you were admitted: %s. If they are others there, join again with the right admission before you exchange.", strings.Join(words, " "))
			}
			joined := struct {
				Library string   `json:"library"`
				Code    string   `json:"code"`
				Words   []string `json:"words"`
				Sheet   string   `json:"sheet,omitempty"` // of a library that began by joining
			}{self.Names.Any(false), self.Code, words, sheet}
			if err := c.print(joined, "joined, as %s (%s)", joined.Library, joined.Code); err != nil || c.json || sheet == "" {
				return err
			}
			_, err = fmt.Fprintf(c.out, "\n%s", sheet)
			return err
		})
	}),
}

var restoreVerb = verb{
	name:  "restore",
	usage: "--data DIR --sheet FILE (--stick FOLDER | URL)",
	about: "rebuild a library on a new laptop, from its recovery sheet and a stick or a peer",
	args:  [2]int{0, 1},
	setup: func(flags *flag.FlagSet) action {
		var from library.From
		sheet := flags.String("sheet", "", "")
		flags.StringVar(&from.Stick, "stick", "", "")
		return func(ctx context.Context, c *call) error {
			if len(c.args) == 1 {
				from.URL = c.args[0]
			}
			if *sheet == "" || (from.Stick == "") == (from.URL == "") {
				return fmt.Errorf("%w: say from what: --sheet FILE, and either --stick FOLDER or https://HOST:PORT", errUsage)
			}
			text, err := c.letter(*sheet)
			if err != nil {
				return err
			}
			if err := library.Restore(ctx, c.dir, text, from, library.Options{Now: c.now, Tell: c.tell}, func(model.Progress) {}); err != nil {
				return err
			}
			return c.open(ctx, "", func(l *library.Library) error {
				self := l.Self()
				return c.print(map[string]string{"library": self.Names.Any(false), "code": self.Code}, "%s (%s) is here again", self.Names.Any(false), self.Code)
			})
		}
	},
}

// tell says what a person should know beside the answer.
func (c *call) tell(sentence string) { say(c.err, "%s", sentence) }

// letter reads an armoured text from a file, or from standard input for "-".
func (c *call) letter(file string) (string, error) {
	in := c.in
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return "", err
		}
		defer func() { _ = f.Close() }() // only read from
		in = f
	}
	text, err := io.ReadAll(io.LimitReader(in, maxLetter+1))
	if err == nil && len(text) > maxLetter {
		err = fmt.Errorf("%s is too large to be a request, an admission or a sheet", file)
	}
	return unwrapped(string(text)), err
}

// unwrapped is the letter in an answer that a verb gave with --json, or the text as it is.
func unwrapped(text string) string {
	var answer struct{ Request, Admission, Sheet string }
	if json.Unmarshal([]byte(text), &answer) != nil {
		return text
	}
	return cmp.Or(answer.Request, answer.Admission, answer.Sheet, text)
}

// printLetter prints an armoured text to standard output, and beside it what is
// said of its words.
func (c *call) printLetter(what, text string, words []string, said string) error {
	if c.json {
		return c.print(map[string]any{what: text, "words": words}, "")
	}
	say(c.err, "%s", said)
	return c.print(nil, "%s", strings.TrimSuffix(text, "\n"))
}
