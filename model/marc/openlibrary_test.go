package marc

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ishtirak/model/realdata"
)

// openLibrary is what Open Library reads out of a record.
type openLibrary struct {
	Title        string   `json:"title"`
	Subtitle     string   `json:"subtitle"`
	OtherTitles  []string `json:"other_titles"`
	Date         string   `json:"publish_date"`
	Publishers   []string `json:"publishers"`
	Places       []string `json:"publish_places"`
	Languages    []string `json:"languages"`
	Pages        int      `json:"number_of_pages"`
	LCCN         []string `json:"lccn"`
	ISBN10       []string `json:"isbn_10"`
	ISBN13       []string `json:"isbn_13"`
	EditionName  string   `json:"edition_name"`
	Contributors []struct {
		Name string `json:"name"`
	} `json:"contributors"`
	Authors []struct {
		Name  string   `json:"name"`
		Other []string `json:"alternate_names"`
	} `json:"authors"`
}

// others is where this package reads something else on purpose: file, what is
// compared, and why.
var others = map[string]string{
	"bin_bijouorannualofl1828cole_meta lccn":    "the Library of Congress's own form has no blank",
	"xml_bijouorannualofl1828cole lccn":         "the same",
	"bin_onquietcomedyint00brid_meta lccn":      "the same",
	"xml_onquietcomedyint00brid lccn":           "the same",
	"bin_collingswood_520aa pages":              "16 minutes are no pages",
	"bin_flatlandromanceo00abbouoft_meta pages": "1 leaf is what the record says it can",
	"xml_flatlandromanceo00abbouoft pages":      "the same",
	"bin_talis_740 pages":                       "D8.390 says nothing of pages",
	"bin_warofrebellionco1473unit_meta pages":   "70 volumes are no pages",
	"xml_warofrebellionco1473unit pages":        "the same",
	"xml_soilsurveyrepor00statgoog year":        "n.d. is no year",
	"xml_39002054008678_yale_edu lccn":          "all its digits",
}

func TestDerivedAgainstOpenLibrary(t *testing.T) {
	dir := realdata.Dir(t)
	names, err := filepath.Glob(filepath.Join(dir, "expect_openlibrary", "*.json"))
	if err != nil || len(names) < 40 {
		t.Fatalf("%d expectations, %v", len(names), err)
	}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var want openLibrary
		if err := json.Unmarshal(raw, &want); err != nil {
			t.Fatal(err)
		}
		base := strings.TrimSuffix(filepath.Base(name), ".json")
		file := "marc/openlibrary/" + strings.TrimPrefix(base, "bin_") + ".mrc"
		if x, ok := strings.CutPrefix(base, "xml_"); ok {
			file = "marcxml/openlibrary/" + x + "_marc.xml"
		}
		items, err := readAll(sharedFile(t, file))
		if err != nil || len(items) != 1 || items[0].Err != nil {
			t.Errorf("%s: %v, %v", file, items, err)
			continue
		}
		r := items[0].Record
		differ := func(what string, got, want any) {
			if _, known := others[base+" "+what]; !known {
				t.Errorf("%s %s: %q, want %q", base, what, got, want)
			}
		}
		title := r.Title()
		if !strings.HasPrefix(loose(title.Main), loose(want.Title)) && !strings.HasPrefix(loose(title.Alt), loose(want.Title)) {
			differ("title", title, want.Title)
		}
		if y := r.Year(); want.Date != "" && strconv.Itoa(y) != want.Date {
			differ("year", strconv.Itoa(y), want.Date)
		}
		if p := r.Pages(); p != want.Pages {
			differ("pages", strconv.Itoa(p), strconv.Itoa(want.Pages))
		}
		if got := r.Languages(); !slices.Equal(got, want.Languages) {
			differ("languages", got, want.Languages)
		}
		if len(want.LCCN) > 0 && r.LCCN() != want.LCCN[0] {
			differ("lccn", r.LCCN(), want.LCCN)
		}
		var isbns []string
		for _, n := range append(want.ISBN13, want.ISBN10...) {
			if n13, ok := ISBN(n); ok && !slices.Contains(isbns, n13) {
				isbns = append(isbns, n13)
			}
		}
		if got := r.ISBNs(); !slices.Equal(got, isbns) {
			differ("isbns", got, isbns)
		}
		if p := r.Publisher(); len(want.Publishers) > 0 && loose(p.Main) != loose(want.Publishers[0]) && loose(p.Alt) != loose(want.Publishers[0]) {
			differ("publisher", p, want.Publishers)
		}
		if p := r.Place(); len(want.Places) > 0 && loose(p.Main) != loose(want.Places[0]) && loose(p.Alt) != loose(want.Places[0]) {
			differ("place", p, want.Places)
		}
		if e := r.Edition(); loose(e.Main) != loose(want.EditionName) {
			differ("edition", e, want.EditionName)
		}
		authors := r.Authors()
		for _, a := range want.Authors {
			if !slices.ContainsFunc(authors, func(b Agent) bool {
				main, want := loose(b.Name.Main), loose(a.Name)
				return strings.HasPrefix(main, want) || b.Kind == Meeting && strings.HasPrefix(want, main) || loose(b.Name.Alt) == loose(a.Name)
			}) {
				differ("author "+a.Name, authors, a.Name)
			}
		}
	}
}

// loose is text without the marks that tastes differ about.
func loose(s string) string {
	s = strings.NewReplacer("á", "a", "é", "e", "ú", "u", "ĭ", "i", "ė", "e", "ḥ", "h", "Ḥ", "H").Replace(s)
	return strings.ToLower(strings.Map(func(r rune) rune {
		if r >= 0x80 && r < 0x500 || r >= 0x1E00 && r < 0x1F00 || r >= 0xFE00 || strings.ContainsRune(" .,:;/[]()=", r) {
			return -1
		}
		return r
	}, s))
}
