// Package realdata hands tests the real records that stand beside the repository:
// MARC, MARCXML, spreadsheets, Urdu, circulation. No program links it.
//
// They are in ../shared/data, or in data of the folder that ISHTIRAK_SHARED
// names. Where they are not, a test that asks for them is skipped.
package realdata

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Here reports whether there are any.
func Here() bool {
	_, ok := find()
	return ok
}

// Dir is the folder of real records.
func Dir(t testing.TB) string {
	t.Helper()
	dir, ok := find()
	if !ok {
		t.Skip("no real records beside the repository")
	}
	return dir
}

func find() (string, bool) {
	root := os.Getenv("ISHTIRAK_SHARED")
	for up := "."; root == ""; up = filepath.Join(up, "..") {
		if _, err := os.Stat(filepath.Join(up, "go.mod")); err == nil {
			root = filepath.Join(up, "..", "shared")
		} else if abs, err := filepath.Abs(up); err != nil || abs == filepath.Dir(abs) {
			return "", false
		}
	}
	dir := filepath.Join(root, "data")
	_, err := os.Stat(dir)
	return dir, err == nil
}

// Path is where a file of real records is, by its name with forward slashes.
func Path(t testing.TB, name string) string {
	t.Helper()
	path := filepath.Join(Dir(t), filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// Bytes is the content of a file, unpacked if its name ends with .gz.
func Bytes(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(Path(t, name))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(name, ".gz") {
		return data
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if data, err = io.ReadAll(z); err != nil {
		t.Fatal(err)
	}
	return data
}

// Small are the files of at most 8 KB that patterns name, in order: seeds for
// fuzzing. It skips nothing: without real records there are none.
func Small(t testing.TB, patterns ...string) (files [][]byte) {
	t.Helper()
	dir, ok := find()
	if !ok {
		return nil
	}
	for _, pattern := range patterns {
		names, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern)))
		if err != nil || len(names) == 0 {
			t.Fatalf("%s names no files: %v", pattern, err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if len(data) <= 8<<10 {
				files = append(files, data)
			}
		}
	}
	return files
}
