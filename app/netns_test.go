package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ishtirak/app/library"
	"ishtirak/model"
)

// asNeighbour makes the test binary a laptop that opens the library of a folder, as a window does, finds another on its
// network and exchanges with it.
const asNeighbour = "ISHTIRAK_TEST_AS_NEIGHBOUR"

// TestFoundOnANetwork joins two machines by a cable: two network namespaces with nothing but an address each, as on a hotspot
// without internet. A laptop in one finds the hub in the other with nothing typed, and they exchange. An
// address where nobody is is told as such.
func TestFoundOnANetwork(t *testing.T) {
	here, there := namespaces(t)
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	run := func(args ...string) string {
		t.Helper()
		out, err := program(t.Context(), args...).Output()
		if err != nil {
			t.Fatalf("%v: %v", args, err)
		}
		return string(out)
	}
	letter := func(name string, args ...string) string {
		t.Helper()
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(run(args...)), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	letter("sheet", "init", "--data", a, "--library", "Gilgit Public Library", "--code", "PK-GLT")
	request := letter("request", "request", "--data", b, "--library", "Skardu Municipal Library", "--code", "PK-SKD")
	run("join", "--data", b, letter("admission", "admit", "--data", a, request))
	books := filepath.Join(dir, "books.csv")
	if err := os.WriteFile(books, []byte("Title,Barcode\nKim,1001\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	run("import", "--data", a, books)

	ctx, cancel := context.WithCancel(t.Context())
	hub := inside(ctx, there, program(ctx, "hub", "--data", a, "--listen", ":8443"))
	out, err := hub.StdoutPipe()
	if err == nil {
		err = hub.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		cancel()
		_ = hub.Wait() // it was killed
	}()
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatalf("the hub does not serve: %q, %v", line, err)
	}

	laptop := exec.CommandContext(t.Context(), os.Args[0])
	laptop.Env = append(os.Environ(), asNeighbour+"="+b)
	said, err := inside(t.Context(), here, laptop).CombinedOutput()
	if err != nil || !strings.Contains(string(said), "https://10.77.0.2:8443") {
		t.Fatalf("nobody was found, or not exchanged with: %v\n%s", err, said)
	}
	if found := run("find", "--data", b, "kim"); !strings.Contains(found, "Kim") {
		t.Errorf("what the other had did not come: %q", found)
	}

	silent := inside(t.Context(), here, program(t.Context(), "sync", "--data", b, "10.77.0.99"))
	if said, err := silent.CombinedOutput(); err == nil || !strings.Contains(string(said), "10.77.0.99:8443") {
		t.Errorf("an address where nobody is: %v, %q", err, said)
	}
}

// neighbour waits until somebody is found, exchanges, and tells where. It is the exit status.
func neighbour(dir string) int {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	err := func() (err error) {
		l, err := library.Open(ctx, dir, library.Options{Near: library.LAN()})
		if err != nil {
			return err
		}
		running, end := context.WithCancel(ctx)
		ran := make(chan error, 1)
		go func() { ran <- l.Run(running) }()
		defer func() {
			end()
			err = errors.Join(err, <-ran, l.Close())
		}()
		for {
			n, err := l.Network(ctx)
			if err != nil {
				return err
			}
			for _, lib := range n.Libraries {
				for _, r := range lib.Replicas {
					if r.Address != "" {
						fmt.Println(r.Address)
						_, err := l.Exchange(ctx, r.Address, func(model.Progress) {})
						return err
					}
				}
			}
			select {
			case <-l.Talk():
			case <-ctx.Done():
				return errors.New("nobody was found")
			}
		}
	}()
	if err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

// namespaces makes two network namespaces joined by a cable, until the test ends. Where that may not be done the test is
// passed over.
func namespaces(t *testing.T) (here, there string) {
	t.Helper()
	ip, err := exec.LookPath("ip")
	if err != nil || os.Geteuid() != 0 {
		t.Skip("needs root and the program ip (iproute2), to join two networks of its own")
	}
	do := func(args ...string) error {
		if out, err := exec.CommandContext(context.WithoutCancel(t.Context()), ip, args...).CombinedOutput(); err != nil {
			return fmt.Errorf("ip %s: %w: %s", strings.Join(args, " "), err, out)
		}
		return nil
	}
	here, there = fmt.Sprintf("ishtirak-%d-a", os.Getpid()), fmt.Sprintf("ishtirak-%d-b", os.Getpid())
	for _, name := range []string{here, there} {
		if err := do("netns", "add", name); err != nil {
			t.Skipf("this machine makes no network namespaces: %v", err)
		}
		t.Cleanup(func() {
			if err := do("netns", "del", name); err != nil {
				t.Error(err)
			}
		})
	}
	if err := do("-n", here, "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", there); err != nil {
		t.Skipf("this machine joins no network namespaces: %v", err)
	}
	for i, name := range []string{here, there} {
		if err := errors.Join(do("-n", name, "link", "set", "lo", "up"), do("-n", name, "addr", "add", fmt.Sprintf("10.77.0.%d/24", i+1), "dev", "eth0"),
			do("-n", name, "link", "set", "eth0", "up")); err != nil {
			t.Fatal(err)
		}
	}
	return here, there
}

// inside runs a command in a network namespace.
func inside(ctx context.Context, namespace string, c *exec.Cmd) *exec.Cmd {
	in := exec.CommandContext(ctx, "ip", append([]string{"netns", "exec", namespace}, c.Args...)...)
	in.Env = c.Env
	return in
}
