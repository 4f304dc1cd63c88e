package script

import (
	"strings"
	"testing"

	"ishtirak/model/realdata"
)

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
			for _, row := range strings.Split(strings.TrimSpace(string(realdata.Bytes(t, "urdu/"+c.file))), "\n")[1:] {
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
