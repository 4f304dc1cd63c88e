package main

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"ishtirak/app/library"
	"ishtirak/app/present"
	"ishtirak/model"
	"ishtirak/sync/peer"
)

// libraries opens for the window the one library of this user, or a new one in its place.
type libraries struct {
	dir  string
	now  func() time.Time
	near peer.Neighbours // nil: other laptops neither find this one nor are found
	news *news           // nil: nobody is told
}

// holder is what a library that the window has open says of who has it.
const holder = "the window"

var _ present.Libraries = libraries{}

func (s libraries) options() library.Options {
	o := library.Options{Holder: holder, Now: s.now, Near: s.near}
	if s.news != nil {
		o.Aside, o.Bare = s.news.aside, s.news.bareRestore
	}
	return o
}

// news is kept until a person is told: where work lies that was in the way of a new library, and that a library came back
// without what is its own.
type news struct {
	mu      sync.Mutex
	folders []string
	bare    bool
}

func (n *news) aside(folder string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.folders = append(n.folders, folder)
}

func (n *news) bareRestore() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.bare = true
}

// News gives the folders in which work was set aside since it was asked last, and whether a library came back bare.
func (s libraries) News() (folders []string, bare bool) {
	if s.news == nil {
		return nil, false
	}
	s.news.mu.Lock()
	defer s.news.mu.Unlock()
	folders, bare = s.news.folders, s.news.bare
	s.news.folders, s.news.bare = nil, false
	return folders, bare
}

// Start founds a library and gives its recovery sheet.
func (s libraries) Start(ctx context.Context, f present.Founding) (string, error) {
	return library.Init(ctx, s.dir, library.Founding{Names: f.Names, Code: f.Code, Staff: f.Staff, SheetDue: true, Options: s.options()})
}

// Request prepares this laptop for joining.
func (s libraries) Request(ctx context.Context, a present.Asking) (string, []string, error) {
	return library.Request(ctx, s.dir, library.Asking{Names: a.Names, Code: a.Code, Laptop: a.Laptop, Staff: a.Staff, Options: s.options()})
}

// Asked is a request that nobody has granted yet.
func (s libraries) Asked() (present.Asking, string, []string, bool) {
	a, text, words, err := library.Asked(s.dir)
	return present.Asking{Names: a.Names, Code: a.Code, Laptop: a.Laptop, Staff: a.Staff}, text, words, err == nil
}

// Join finishes what Request began.
func (s libraries) Join(ctx context.Context, admission string) error {
	return library.Join(ctx, s.dir, admission, s.options())
}

// Words are an admission's.
func (s libraries) Words(admission string) ([]string, error) {
	return library.AdmissionWords(admission)
}

// Restore rebuilds a library from its sheet and a stick's folder or an https:// address.
func (s libraries) Restore(ctx context.Context, sheet, from string, progress func(model.Progress)) error {
	source := library.From{Stick: from}
	if strings.HasPrefix(from, "https://") {
		source = library.From{URL: from}
	}
	return library.Restore(ctx, s.dir, sheet, source, s.options(), progress)
}

// Open opens the user's library; library.ErrNone where there is none yet.
func (s libraries) Open(ctx context.Context) (present.Library, error) { return s.open(ctx, s.dir) }

// Sample opens the sample library, which lies beside the user's own. It is made
// when first asked for.
func (s libraries) Sample(ctx context.Context) (present.Library, error) {
	dir := s.dir + "-sample"
	l, err := s.open(ctx, dir)
	if !errors.Is(err, library.ErrNone) {
		return l, err
	}
	if err := sample(ctx, dir, s.now); err != nil {
		return nil, err
	}
	return s.open(ctx, dir)
}

// open keeps a nil *library.Library from becoming a present.Library that is not nil.
func (s libraries) open(ctx context.Context, dir string) (present.Library, error) {
	l, err := library.Open(ctx, dir, s.options())
	if err != nil {
		return nil, err
	}
	return l, nil
}
