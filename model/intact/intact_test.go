package intact_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/dgraph-io/badger/v4"

	"ishtirak/model/intact"
)

func options(dir string) badger.Options {
	return badger.DefaultOptions(dir).WithLogger(nil).WithMemTableSize(1 << 20).WithValueThreshold(1 << 10).WithNumCompactors(2)
}

// stored makes a folder with a table in it and names the table.
func stored(t *testing.T) (dir, table string) {
	t.Helper()
	dir = t.TempDir()
	db, err := badger.Open(options(dir))
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(txn *badger.Txn) error {
		for i := range 100 {
			if err := txn.Set(fmt.Appendf(nil, "key %d", i), []byte("value")); err != nil {
				return err
			}
		}
		return nil
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	tables, err := filepath.Glob(filepath.Join(dir, "*.sst"))
	if err != nil || len(tables) == 0 {
		t.Fatal(tables, err)
	}
	return dir, tables[0]
}

func TestPrepare(t *testing.T) {
	for _, c := range []struct {
		name    string
		harm    func(dir, table string) error
		damaged bool
	}{
		{"nothing happened", func(_, _ string) error { return nil }, false},
		{"a table is cut off", func(_, table string) error { return os.Truncate(table, 20) }, true},
		{"a table is empty", func(_, table string) error { return os.Truncate(table, 0) }, true},
		{"a table's end is zeros", func(_, table string) error {
			info, err := os.Stat(table)
			if err != nil {
				return err
			}
			return errors.Join(os.Truncate(table, info.Size()-30), os.Truncate(table, info.Size()))
		}, true},
		{"a table is missing", func(_, table string) error { return os.Remove(table) }, true},
		{"the manifest is cut off", func(dir, _ string) error { return os.Truncate(filepath.Join(dir, badger.ManifestFilename), 3) }, true},
		{"the manifest is missing", func(dir, _ string) error { return os.Remove(filepath.Join(dir, badger.ManifestFilename)) }, true},
		{"the registry is cut off", func(dir, _ string) error { return os.Truncate(filepath.Join(dir, badger.KeyRegistryFileName), 20) }, false},
		{"the registry is empty", func(dir, _ string) error { return os.Truncate(filepath.Join(dir, badger.KeyRegistryFileName), 0) }, false},
		{"an empty log file", func(dir, _ string) error { return os.WriteFile(filepath.Join(dir, "00099.mem"), nil, 0o600) }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, table := stored(t)
			if err := c.harm(dir, table); err != nil {
				t.Fatal(err)
			}
			err := intact.Prepare(dir)
			if errors.Is(err, intact.ErrDamaged) != c.damaged {
				t.Fatal(err)
			}
			if c.damaged {
				return
			}
			db, err := badger.Open(options(dir))
			if err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		})
	}
	if err := intact.Prepare(filepath.Join(t.TempDir(), "none")); err != nil {
		t.Error(err)
	}
}
