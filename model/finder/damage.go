package finder

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/dgraph-io/badger/v4"
	base "github.com/dgraph-io/badger/v4/table"
)

// removeTorn removes the empty log files that a killed process leaves and
// Badger does not open (badger #2207).
func removeTorn(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("finder: %w", err)
	}
	for _, e := range entries {
		if ext := filepath.Ext(e.Name()); ext != ".vlog" && ext != ".mem" {
			continue
		}
		if info, err := e.Info(); err != nil || info.Size() > 0 {
			continue
		}
		if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
			return fmt.Errorf("finder: %w", err)
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
		return nil
	}
	if err != nil {
		return fmt.Errorf("finder: %w", err)
	}
	defer func() { _ = file.Close() }()
	manifest, _, err := badger.ReplayManifestFile(file, 0, badger.DefaultOptions(dir).WithLogger(nil))
	if err != nil {
		return fmt.Errorf("finder: %w", rebuild(err))
	}
	for id := range manifest.Tables {
		if err := checkTable(base.NewFilename(id, dir)); err != nil {
			return fmt.Errorf("finder: table %d: %w", id, rebuild(err))
		}
	}
	return nil
}

var errTable = errors.New("cut off")

// checkTable checks the lengths at the end of a table: the index, its length, a
// checksum, its length, four bytes each, big-endian.
func checkTable(name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	length := func(end int64) (int64, error) {
		var b [4]byte
		if end < 4 {
			return 0, errTable
		}
		if _, err := file.ReadAt(b[:], end-4); err != nil {
			return 0, err
		}
		n := int64(binary.BigEndian.Uint32(b[:]))
		if n == 0 || n > end-4 {
			return 0, errTable
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
