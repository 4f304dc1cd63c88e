// Ondisk looks for a text in everything that files and folders hold: in the files as they are, in every key and value
// of a Badger store (which keeps them compressed), and in what of either is a zstd frame, as a changeset is.
// The stores must have been closed. It names each place where the text is, and ends with 0 if there is one, with 1 if
// there is none, and with 2 if it could not look everywhere. Run from the root: go run .ci/ondisk.go TEXT PATH...
package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/dgraph-io/badger/v4"
	"github.com/klauspost/compress/zstd"
)

// A frame begins with these bytes (RFC 8878, 3.1.1).
var frame = []byte{0x28, 0xb5, 0x2f, 0xfd}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "ondisk TEXT PATH...")
		os.Exit(2)
	}
	reader, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	s := search{text: []byte(os.Args[1]), reader: reader}
	for _, root := range os.Args[2:] {
		if err := s.folder(root); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
	}
	if !s.found {
		os.Exit(1)
	}
}

type search struct {
	text   []byte
	reader *zstd.Decoder
	found  bool
}

func (s *search) folder(root string) error {
	return filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.Type().IsRegular():
			return s.file(name)
		case entry.IsDir() && isStore(name):
			return s.store(name)
		}
		return nil
	})
}

func (s *search) file(name string) error {
	held, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if isStore(filepath.Dir(name)) { // whose frames are read as rows
		s.plain(name, held)
	} else {
		s.look(name, held)
	}
	return nil
}

func isStore(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, badger.ManifestFilename))
	return err == nil
}

func (s *search) store(dir string) error {
	db, err := badger.Open(badger.DefaultOptions(dir).WithReadOnly(true).WithLogger(nil))
	if err != nil {
		return fmt.Errorf("%s: %w", dir, err)
	}
	defer func() { _ = db.Close() }() // nothing is written
	return db.View(func(txn *badger.Txn) error {
		options := badger.DefaultIteratorOptions
		options.AllVersions = true
		rows := txn.NewIterator(options)
		defer rows.Close()
		for rows.Rewind(); rows.Valid(); rows.Next() {
			place := fmt.Sprintf("%s: %q", dir, rows.Item().Key())
			s.look(place, rows.Item().Key())
			if err := rows.Item().Value(func(held []byte) error {
				s.look(place, held)
				return nil
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *search) plain(place string, held []byte) {
	if bytes.Contains(held, s.text) {
		s.found = true
		fmt.Println(place)
	}
}

// look looks in some bytes, and in the frames that begin somewhere in them.
func (s *search) look(place string, held []byte) {
	s.plain(place, held)
	for {
		begin := bytes.Index(held, frame)
		if begin < 0 {
			return
		}
		held = held[begin:]
		if plain := s.unpacked(held); len(plain) > 0 {
			s.look(place, plain)
		}
		held = held[len(frame):]
	}
}

// unpacked is as much as can be read of what begins with a frame: other bytes follow it where it stands.
func (s *search) unpacked(held []byte) []byte {
	var plain bytes.Buffer
	if s.reader.Reset(bytes.NewReader(held)) == nil {
		_, _ = s.reader.WriteTo(&plain) // fails at those other bytes
	}
	return plain.Bytes()
}
