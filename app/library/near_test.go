package library_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"ishtirak/app/library"
	"ishtirak/model"
	"ishtirak/sync/peer"
)

// hall is a network on which everybody hears who announces.
type hall struct {
	said chan peer.Neighbour
	fail error
}

func (h hall) Announce(ctx context.Context, n peer.Neighbour, port int) error {
	h.said <- n
	if h.fail == nil {
		<-ctx.Done()
	}
	return h.fail
}

func (h hall) Browse(ctx context.Context, _ time.Duration, _ func(peer.Neighbour)) error {
	if h.fail == nil {
		<-ctx.Done()
	}
	return h.fail
}

// beside is a further laptop of l's library that runs on a network, until the test ends.
func beside(t *testing.T, l *library.Library, c *clock, network peer.Neighbours) *library.Library {
	t.Helper()
	dir := t.TempDir()
	text, _, err := library.Request(t.Context(), dir, library.Asking{Laptop: "Laptop 2", Options: options(c)})
	if err != nil {
		t.Fatal(err)
	}
	admission := must[model.Admission](t)(l.Admit(t.Context(), text))
	if err := library.Join(t.Context(), dir, admission.Text, options(c)); err != nil {
		t.Fatal(err)
	}
	o := options(c)
	o.Near = network
	other := must[*library.Library](t)(library.Open(context.WithoutCancel(t.Context()), dir, o))
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	done := make(chan error, 1)
	go func() { done <- other.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := errors.Join(<-done, other.Close()); err != nil {
			t.Error(err)
		}
	})
	return other
}

func TestNeighbours(t *testing.T) {
	c := newClock()
	skardu, _, _ := found(t, c, "Skardu", "PK-SKD")
	network := hall{said: make(chan peer.Neighbour)}
	second := beside(t, skardu, c, network)
	heard := <-network.said
	if must[model.Network](t)(second.Network(t.Context())).Serving == "" {
		t.Error("announces, and answers nobody")
	}
	heard.Address = "https://192.0.2.7:8443"
	skardu.NoteNear(heard)
	stranger := heard
	stranger.Federation[0]++
	stranger.Address = "https://192.0.2.8:8443"
	skardu.NoteNear(stranger)
	count := 0
	for _, r := range must[model.Network](t)(skardu.Network(t.Context())).Libraries[0].Replicas {
		if r.Address != "" {
			count++
			if r.Self || r.Address != heard.Address {
				t.Errorf("%+v", r)
			}
		}
	}
	if count != 1 {
		t.Errorf("%d laptops were found", count)
	}
}

// A network that lets nobody announce or look ends nothing.
func TestNoNeighbours(t *testing.T) {
	c := newClock()
	skardu, _, _ := found(t, c, "Skardu", "PK-SKD")
	network := hall{said: make(chan peer.Neighbour, 1), fail: errors.New("no multicast here")}
	second := beside(t, skardu, c, network)
	<-network.said
	address := must[model.Network](t)(second.Network(t.Context())).Serving
	if strings.Contains(address, "[::]") || strings.Contains(address, "0.0.0.0") {
		t.Errorf("%s is nobody's address", address)
	}
	port := address[strings.LastIndex(address, ":"):]
	must[model.Exchanged](t)(skardu.Exchange(t.Context(), "https://127.0.0.1"+port, nil))
	agree(t, skardu, second)
}
