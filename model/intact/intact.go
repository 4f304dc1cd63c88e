// Package intact looks over a Badger folder before Badger opens it.
//
// A kill or a power cut at the wrong moment leaves files that Badger cannot open, or
// that make it panic in a goroutine of its own, where nobody can catch it: empty log
// files are removed, for nothing is in them; damaged tables are named. A folder that has
// lost its manifest is named before Badger deletes every table that no manifest lists.
package intact

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/table"
)

// ErrDamaged means that a file Badger needs is missing, or is not what it wrote.
var ErrDamaged = errors.New("a file of the store is damaged")

// Prepare makes the folder at dir ready for badger.Open; one that does not exist is.
// An error that is not ErrDamaged is the disk's.
func Prepare(dir string) error {
	if err := removeEmpty(dir); err != nil {
		return err
	}
	if err := removeRegistry(dir); err != nil {
		return err
	}
	return checkTables(dir)
}

// removeRegistry removes a registry of keys that is not as Badger writes it where nothing
// is encrypted: then nothing is in it, and Badger makes another.
func removeRegistry(dir string) error {
	const iv, text = 16, "Hello Badger"
	name := filepath.Join(dir, badger.KeyRegistryFileName)
	contents, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil || len(contents) == iv+len(text) && string(contents[iv:]) == text {
		return err
	}
	return os.Remove(name)
}

// removeEmpty removes the log files of no length that a killed process leaves, and
// that Badger does not open (dgraph-io/badger issue 2207).
func removeEmpty(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		if ext := filepath.Ext(e.Name()); ext != ".vlog" && ext != ".mem" {
			continue
		}
		if info, err := e.Info(); err != nil || info.Size() > 0 {
			continue
		}
		if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// checkTables looks at the end of every table that the manifest lists: Badger
// reads it in a goroutine that panics, and the program with it, where a table
// was cut off or its end is zeros, as a lost disk cache leaves it.
func checkTables(dir string) error {
	file, err := os.Open(filepath.Join(dir, badger.ManifestFilename))
	if errors.Is(err, fs.ErrNotExist) {
		return lostManifest(dir)
	}
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // only read
	manifest, _, err := badger.ReplayManifestFile(file, 0, badger.DefaultOptions(dir).WithLogger(nil))
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrDamaged, badger.ManifestFilename, err)
	}
	var bad []error
	for id := range manifest.Tables {
		name := table.NewFilename(id, dir)
		if err := checkTable(name); err != nil {
			bad = append(bad, fmt.Errorf("%w: %s: %w", ErrDamaged, filepath.Base(name), err))
		}
	}
	slices.SortFunc(bad, func(a, b error) int { return slices.Compare([]byte(a.Error()), []byte(b.Error())) })
	return errors.Join(bad...)
}

// lostManifest tells a folder that has lost its manifest from a new one, which has no tables.
func lostManifest(dir string) error {
	tables, err := filepath.Glob(filepath.Join(dir, "*.sst"))
	if err == nil && len(tables) > 0 {
		err = fmt.Errorf("%w: %s is missing", ErrDamaged, badger.ManifestFilename)
	}
	return err
}

var errCut = errors.New("it is cut off")

// checkTable checks the lengths at the end of a table: the index, its length, a
// checksum, its length, four bytes each, big-endian.
func checkTable(name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // only read
	info, err := file.Stat()
	if err != nil {
		return err
	}
	length := func(end int64) (int64, error) {
		var b [4]byte
		if end < 4 {
			return 0, errCut
		}
		if _, err := file.ReadAt(b[:], end-4); err != nil {
			return 0, err
		}
		n := int64(binary.BigEndian.Uint32(b[:]))
		if n == 0 || n > end-4 {
			return 0, errCut
		}
		return n, nil
	}
	checksum, err := length(info.Size())
	if err != nil {
		return err
	}
	_, err = length(info.Size() - 4 - checksum)
	return err
}
