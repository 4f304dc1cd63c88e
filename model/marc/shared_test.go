package marc

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sharedDir returns the folder of real records beside the repository, and
// skips the test where there is none.
func sharedDir(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			t.Skip("no go.mod above")
		}
		dir = filepath.Dir(dir)
	}
	data := filepath.Join(dir, "..", "shared", "data")
	if shared := os.Getenv("ISHTIRAK_SHARED"); shared != "" {
		data = filepath.Join(shared, "data")
	}
	if _, err := os.Stat(data); err != nil {
		t.Skip("no real records beside the repository")
	}
	return data
}

// sharedFile returns the content of a file of real records, unpacked.
func sharedFile(t testing.TB, name string) []byte {
	t.Helper()
	return readUnpacked(t, filepath.Join(sharedDir(t), name))
}

func readUnpacked(t testing.TB, name string) []byte {
	t.Helper()
	packed, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var r io.Reader = bytes.NewReader(packed)
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(r); err != nil {
			t.Fatal(err)
		}
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasSuffix(name, ".tar.gz") {
		return untar(t, data)
	}
	return data
}

// untar joins the files of an archive.
func untar(t testing.TB, data []byte) []byte {
	t.Helper()
	var out []byte
	for r := tar.NewReader(strings.NewReader(string(data))); ; {
		h, err := r.Next()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		if h.Typeflag == tar.TypeReg && strings.HasSuffix(h.Name, ".xml") && !strings.HasPrefix(filepath.Base(h.Name), "._") {
			b, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, b...)
		}
	}
}

// sharedRows returns the rows of a table of the real records, without header.
func sharedRows(t testing.TB, name string) [][]string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(string(sharedFile(t, name))))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

// readAll reads every item of a file.
func readAll(data []byte) ([]Item, error) {
	var items []Item
	for r := NewReader(strings.NewReader(string(data))); ; {
		item, err := r.Next()
		if err == io.EOF {
			return items, nil
		}
		if err != nil {
			return items, err
		}
		items = append(items, item)
	}
}
