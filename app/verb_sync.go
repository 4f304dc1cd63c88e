package main

import (
	"context"
	"errors"
	"flag"
	"fmt"

	"ishtirak/app/library"
	"ishtirak/model"
)

var hubVerb = verb{
	name:  "hub",
	usage: "--data DIR --listen HOST:PORT",
	about: "serve other laptops without a window, until it is stopped; prints one line when it serves",
	setup: func(flags *flag.FlagSet) action {
		listen := flags.String("listen", ":8443", "")
		return func(ctx context.Context, c *call) error {
			o := library.Options{Holder: "the hub", Now: c.now, Near: library.LAN()}
			return c.openWith(ctx, o, func(l *library.Library) error { return c.serve(ctx, l, *listen) })
		}
	},
}

// serve answers other laptops until ctx ends, which is no failure.
func (c *call) serve(ctx context.Context, l *library.Library, listen string) error {
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	err := l.Serve(inner, listen, func(address string) {
		if err := c.print(map[string]string{"serving": address}, "serving at %s", address); err != nil {
			cancel() // whoever started us is gone
		}
	})
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

var syncVerb = verb{
	name:  "sync",
	usage: "--data DIR (https://HOST:PORT | --stick FOLDER)",
	about: "exchange changes with a laptop or hub, or with a USB stick",
	args:  [2]int{0, 1},
	setup: func(flags *flag.FlagSet) action {
		stick := flags.String("stick", "", "")
		return func(ctx context.Context, c *call) error {
			if (*stick == "") == (len(c.args) == 0) {
				return fmt.Errorf("%w: say with whom: either https://HOST:PORT or --stick FOLDER", errUsage)
			}
			return c.open(ctx, "", func(l *library.Library) error {
				quiet := func(model.Progress) {}
				var x model.Exchanged
				var err error
				if *stick != "" {
					x, err = l.Stick(ctx, *stick, quiet)
				} else {
					x, err = l.Exchange(ctx, c.args[0], quiet)
				}
				if err != nil && x.Received > 0 {
					return fmt.Errorf("%w; %d changes had come before that, and stay", err, x.Received)
				}
				if err != nil {
					return err
				}
				return c.printExchanged(x)
			})
		}
	},
}

type exchangedJSON struct {
	With          string    `json:"with"`
	Sent          int       `json:"sent"`
	Received      int       `json:"received"`
	BytesSent     int64     `json:"bytes_sent"`
	BytesReceived int64     `json:"bytes_received"`
	RoundTrips    int       `json:"round_trips"`
	Conflicts     int       `json:"conflicts"`
	Gaps          []gapJSON `json:"gaps,omitempty"`
	Skew          int       `json:"skew,omitempty"` // seconds by which the other's clock is ahead
	Ahead         bool      `json:"ahead,omitempty"`
	Renewed       bool      `json:"renewed,omitempty"`
	Refused       []string  `json:"refused,omitempty"`
}

type gapJSON struct {
	Library string   `json:"library"`
	Laptop  string   `json:"laptop"`
	From    uint64   `json:"from"`
	To      uint64   `json:"to"`
	Had     []string `json:"had,omitempty"`
	HadOn   []string `json:"had_on,omitempty"` // in the order of Had, the day on which each last said so
}

func (c *call) printExchanged(x model.Exchanged) error {
	object := exchangedJSON{
		With: x.With, Sent: x.Sent, Received: x.Received, BytesSent: x.BytesSent, BytesReceived: x.BytesReceived,
		RoundTrips: x.RoundTrips, Conflicts: x.Conflicts,
		Skew: int(x.Skew.Seconds()), Ahead: x.Ahead, Renewed: x.Renewed, Refused: x.Refused,
	}
	if x.Skew != 0 {
		say(c.err, "the clock of %s is %v off this one: put right whichever is wrong", x.With, x.Skew.Abs())
	}
	if x.Ahead {
		say(c.err, "something came that is dated more than a day ahead: a laptop that wrote it had a wrong clock, or this one has")
	}
	if x.Renewed {
		say(c.err, "this folder was copied or brought back from a copy; what had been written since is back, and it goes on from there")
	}
	for _, why := range x.Refused {
		say(c.err, "not taken: %s", why)
	}
	for _, g := range x.Gaps {
		told := gapJSON{Library: g.Library, Laptop: g.Replica, From: g.From, To: g.To}
		said := fmt.Sprintf("needs the changes %d–%d of %s", g.From, g.To, g.Replica)
		for i, h := range g.Had {
			told.Had, told.HadOn = append(told.Had, h.Replica), append(told.HadOn, day(h.On))
			said += []string{"; they were with ", ", "}[min(i, 1)] + h.Replica + " on " + day(h.On)
		}
		object.Gaps = append(object.Gaps, told)
		say(c.err, "%s", said)
	}
	return c.print(object, "with %s: %d changes sent, %d received, %d new to sort out", x.With, x.Sent, x.Received, x.Conflicts)
}
