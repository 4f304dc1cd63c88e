package script

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// shared is the folder of real records beside the repository; the test is
// skipped where it is absent.
func shared(t *testing.T, path ...string) string {
	t.Helper()
	root := os.Getenv("ISHTIRAK_SHARED")
	if root == "" {
		dir, err := os.Getwd()
		if err != nil {
			t.Fatal(err)
		}
		for {
			if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
				break
			}
			if dir == filepath.Dir(dir) {
				t.Skip("no go.mod above this folder")
			}
			dir = filepath.Dir(dir)
		}
		root = filepath.Join(dir, "..", "shared")
	}
	data, err := os.ReadFile(filepath.Join(root, "data", filepath.Join(path...)))
	if err != nil {
		t.Skip("real records are not here: ", err)
	}
	return string(data)
}

// Pairs of an Urdu and a Roman writing of one thing, romanised by ear and
// not by a table: how many have one skeleton. The floors are what is reached.
func TestSkeletonOnRealNames(t *testing.T) {
	for _, c := range []struct {
		file        string
		urdu, roman int
		floor       int
	}{
		{"books_bilingual.tsv", 0, 1, 24},
		{"pakistan_districts.tsv", 2, 1, 56},
	} {
		t.Run(c.file, func(t *testing.T) {
			met, all := 0, 0
			for _, row := range strings.Split(strings.TrimSpace(shared(t, "urdu", c.file)), "\n")[1:] {
				columns := strings.Split(row, "\t")
				urdu, roman := Skeleton(columns[c.urdu]), Skeleton(columns[c.roman])
				all++
				if urdu == roman && urdu != "" {
					met++
				} else {
					t.Logf("%s %q, %s %q", columns[c.urdu], urdu, columns[c.roman], roman)
				}
			}
			t.Logf("%d of %d meet", met, all)
			if met < c.floor {
				t.Errorf("%d of %d meet, want at least %d", met, all, c.floor)
			}
		})
	}
}
