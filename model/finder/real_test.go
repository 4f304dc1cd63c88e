package finder

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"

	"ishtirak/model"
	"ishtirak/model/realdata"
)

// rows reads a file with a header row, columns by name.
func rows(t testing.TB, comma rune, most int, name string) (list []map[string]string) {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(realdata.Bytes(t, name)))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma, true, -1
	head, err := r.Read()
	if err != nil {
		t.Fatal(err)
	}
	for len(list) < most {
		columns, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		row := map[string]string{}
		for i, c := range columns {
			if i < len(head) {
				row[head[i]] = c
			}
		}
		list = append(list, row)
	}
	return list
}

func idOf(s string) model.ID {
	h := sha256.Sum256([]byte(s))
	return model.ID(h[:16])
}

func doc(id string, title, author string) Doc {
	return Doc{ID: idOf(id), Texts: []Text{{Title, title}, {Author, author}}, Material: "book"}
}

// realDocs are up to most documents of each of four collections.
func realDocs(t testing.TB, most int) []Doc {
	t.Helper()
	var docs []Doc
	for i, r := range rows(t, '\t', most, "urdu/books_bilingual.tsv") {
		d := doc("bilingual"+strconv.Itoa(i), r["title_ur"], r["author_ur"])
		d.Languages = []string{"urd"}
		docs = append(docs, d)
	}
	for i, r := range rows(t, ',', most, "urdu/titles_authors_makhzan.csv.gz") {
		d := doc("makhzan"+strconv.Itoa(i), r["title_ur"], r["author_ur"])
		d.Languages = []string{"urd"}
		d.Texts = append(d.Texts, Text{Other, r["publication"] + " " + r["publisher_or_holder"]})
		if year, err := strconv.Atoi(r["year"]); err == nil {
			d.Decade = year / 10 * 10
		}
		docs = append(docs, d)
	}
	for i, r := range rows(t, ',', most, "bib/goodbooks_books.csv.gz") {
		d := doc("goodbooks"+strconv.Itoa(i), r["title"], r["authors"])
		d.Languages = []string{r["language_code"]}
		d.Texts = append(d.Texts, Text{Number, strings.Repeat("0", max(0, 10-len(r["isbn"]))) + r["isbn"]})
		d.Rank = byte(255 - min(i/40, 255))
		if year, err := strconv.ParseFloat(r["original_publication_year"], 64); err == nil {
			d.Decade = int(year) / 10 * 10
		}
		docs = append(docs, d)
	}
	for i, r := range rows(t, ',', most, "bib/gutenberg_metadata.csv.gz") {
		d := doc("gutenberg"+strconv.Itoa(i), r["title"], r["author"])
		d.Languages = strings.Split(r["language"], "/")
		d.Texts = append(d.Texts, Text{Subject, r["gutenberg_bookshelf"]})
		docs = append(docs, d)
	}
	return docs
}
