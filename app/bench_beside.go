package main

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ishtirak/model/marc"
	"ishtirak/sync/peer"
)

// Speeds differ from one machine to the next, and on one from hour to hour; how many
// times longer a thing takes than the least that it must do differs much less. What
// follows measures those least things, in the same run, and prints the ratios.

// besideImport reads the same file and keeps nothing of it, then puts the same bytes
// into a store that does nothing else.
func (b *bench) besideImport(file string, took time.Duration) error {
	start := b.now()
	if err := eachRecord(file, func([]byte) error { return nil }); err != nil {
		return err
	}
	reading := b.now().Sub(start)
	start = b.now()
	if err := storeOnly(file); err != nil {
		return err
	}
	storing := b.now().Sub(start)
	return errors.Join(
		b.measured("read the file, keep nothing", float64(b.records)/reading.Seconds(), "records/s"),
		b.measured("import : reading the file", ratio(took, reading), "times"),
		b.measured("store the file's bytes, nothing else", float64(b.records)/storing.Seconds(), "records/s"),
		b.measured("import : storing the file's bytes", ratio(took, storing), "times"))
}

func eachRecord(file string, do func(origin []byte) error) (err error) {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	r := marc.NewReader(f)
	for {
		item, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err = errors.Join(err, item.Err); err != nil {
			return err
		}
		if err := do(item.Origin); err != nil {
			return err
		}
	}
}

// storeOnly writes each record under its number into a Badger of its own.
func storeOnly(file string) (err error) {
	dir := filepath.Join(filepath.Dir(file), "beside")
	db, err := badger.Open(badger.DefaultOptions(dir).WithLogger(nil).WithValueThreshold(1 << 20).WithMetricsEnabled(false))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close(), os.RemoveAll(dir)) }()
	batch := db.NewWriteBatch()
	defer batch.Cancel()
	n := uint64(0)
	err = eachRecord(file, func(origin []byte) error {
		n++
		return batch.Set(binary.BigEndian.AppendUint64(nil, n), bytes.Clone(origin))
	})
	if err == nil {
		err = batch.Flush()
	}
	if err == nil {
		err = db.Sync()
	}
	return err
}

// scan looks for a word that is nowhere in the file, as the simplest search would.
func (b *bench) scan(file string) (time.Duration, error) {
	word := []byte("no such word")
	var took []time.Duration
	for range 5 {
		start := b.now()
		f, err := os.Open(file)
		if err != nil {
			return 0, err
		}
		r, found := bufio.NewReaderSize(f, 1<<20), 0
		for err == nil {
			var part []byte
			if part, err = r.ReadSlice(0x1d); bytes.Contains(part, word) { // a record ends with 1D
				found++
			}
			if errors.Is(err, bufio.ErrBufferFull) {
				err = nil
			}
		}
		if !errors.Is(err, io.EOF) || found > 0 {
			return 0, errors.Join(err, f.Close(), errors.New("the bench's own file is not what was written"))
		}
		if err := f.Close(); err != nil {
			return 0, err
		}
		took = append(took, b.now().Sub(start))
	}
	return middle(took), nil
}

// besideLoan appends as much as a loan to a file beside the library, and waits for
// the disk.
func (b *bench) besideLoan(temp string, lent time.Duration) (err error) {
	f, err := os.Create(filepath.Join(temp, "synced"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	var took []time.Duration
	for range 200 {
		start := b.now()
		if _, err := f.Write(make([]byte, 1024)); err != nil {
			return err
		}
		if err := f.Sync(); err != nil {
			return err
		}
		took = append(took, b.now().Sub(start))
	}
	return errors.Join(
		b.measured("a kilobyte on the disk, p50", ms(middle(took)), "ms"),
		b.measured("lend, p50 : a kilobyte on the disk", ratio(lent, middle(took)), "times"))
}

// besideExchange sends as many bytes through a connection of the same kind.
func (b *bench) besideExchange(what string, took time.Duration, size int64) error {
	var copied []time.Duration
	for range 5 {
		one, err := b.copyOver(size)
		if err != nil {
			return err
		}
		copied = append(copied, one)
	}
	return b.measured(what+" : sending its bytes", ratio(took, middle(copied)), "times")
}

// copyOver sends so many bytes over TLS on loopback and waits until they are taken.
func (b *bench) copyOver(size int64) (took time.Duration, err error) {
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		return 0, err
	}
	config, err := peer.TLSConfig(key)
	if err != nil {
		return 0, err
	}
	listener, err := tls.Listen("tcp", "127.0.0.1:0", config)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, listener.Close()) }()
	taken := make(chan error, 1)
	go func() { taken <- takeAll(listener, size) }()
	start := b.now()
	conn, err := tls.Dial("tcp", listener.Addr().String(), config)
	if err != nil {
		return 0, err
	}
	defer func() { _ = conn.Close() }()
	if _, err := io.CopyN(conn, zeros{}, size); err != nil {
		return 0, err
	}
	if err := <-taken; err != nil {
		return 0, err
	}
	return b.now().Sub(start), nil
}

func takeAll(listener net.Listener, size int64) error {
	conn, err := listener.Accept()
	if err != nil {
		return err
	}
	_, err = io.CopyN(io.Discard, conn, size)
	return errors.Join(err, conn.Close())
}

// zeros never ends.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}
