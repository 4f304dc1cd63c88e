package present

import (
	"strings"
	"testing"
	"time"

	"ishtirak/app/words"
	"ishtirak/model"
)

func TestCopiesOfOneLibraryAreOneLine(t *testing.T) {
	now := time.Date(2026, time.November, 23, 11, 0, 0, 0, time.UTC)
	here := model.Library{ID: model.ID{1}, Own: true}
	at := func(shelf string, s model.Status, due int) model.Copy {
		c := model.Copy{Library: here, Status: s, Item: model.Item{Shelf: model.ItemShelf{Location: shelf}}}
		if due != 0 {
			c.Due = now.AddDate(0, 0, due)
		}
		return c
	}
	cases := []struct {
		name   string
		lang   words.Language
		copies []model.Copy
		want   [][]string
	}{
		{"one", words.English, []model.Copy{at("4", 0, 0)}, [][]string{{"available"}}},
		{"two on the shelf, one out", words.Urdu, []model.Copy{at("4", model.StatusOnLoan, 15), at("4", 0, 0), at("4", 0, 0)}, [][]string{{"2 موجود", "1 جاری، 8 دسمبر تک"}}},
		{"two out", words.English, []model.Copy{at("4", model.StatusOnLoan, 15), at("4", model.StatusOnLoan, 3)}, [][]string{{"2 on loan, first back 26 November"}}},
		{"one late", words.English, []model.Copy{at("4", model.StatusOnLoan, -2), at("4", 0, 0)}, [][]string{{"1 available", "1 overdue"}}},
		{"two shelves", words.English, []model.Copy{at("4", 0, 0), at("9", 0, 0)}, [][]string{{"2 available"}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w, err := words.Load(c.lang, words.Style{})
			if err != nil {
				t.Fatal(err)
			}
			lines := copyLines(w, c.copies, now, func(model.ID) string { return "Gilgit" })
			if len(lines) != len(c.want) {
				t.Fatalf("%d lines: %+v", len(lines), lines)
			}
			if c.name == "two shelves" && !strings.Contains(lines[0].Place, "4") || !strings.Contains(lines[len(lines)-1].Place, c.copies[len(c.copies)-1].Item.Shelf.Location) {
				t.Errorf("the shelves are %q", lines[0].Place)
			}
			for i, l := range lines {
				for j, m := range l.Marks {
					if j >= len(c.want[i]) || m.Text != c.want[i][j] {
						t.Errorf("line %d: %+v, want %q", i, l.Marks, c.want[i])
					}
				}
			}
		})
	}
}
