package marc

import (
	"archive/tar"
	"encoding/csv"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"ishtirak/model/realdata"
)

// sharedFile returns the content of a file of real records, unpacked.
func sharedFile(t testing.TB, name string) []byte {
	t.Helper()
	data := realdata.Bytes(t, name)
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
