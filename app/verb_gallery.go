package main

import "context"

var galleryVerb = verb{
	name:  "gallery",
	usage: "FOLDER",
	about: "draw every screen in both languages, light and dark, as pictures",
	args:  [2]int{1, 1},
	setup: bare(func(ctx context.Context, c *call) error { return gallery(ctx, c.args[0]) }),
}
