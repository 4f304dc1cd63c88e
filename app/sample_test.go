package main

import (
	"testing"
)

// The sample's tables agree with each other and give whole records.
func TestSampleTables(t *testing.T) {
	titles, err := table("sample/titles.tsv")
	if err != nil {
		t.Fatal(err)
	}
	if len(titles) < 200 {
		t.Errorf("%d titles, want about 200", len(titles))
	}
	copies, urdu := map[string]int{}, 0
	for i, r := range titles {
		record := sampleRecord(i+1, r)
		if len(record.Leader) != 24 || len(record.Control("008")) != 40 {
			t.Errorf("%s: leader %q, 008 %q", r["title"], record.Leader, record.Control("008"))
		}
		if _, err := record.ISO2709(); err != nil {
			t.Errorf("%s: %v", r["title"], err)
		}
		if isbn := r["isbn"]; isbn != "" && !isbn13(isbn) {
			t.Errorf("%s: the ISBN %s fails its checksum", r["title"], isbn)
		}
		if r["title_ur"] != "" {
			urdu++
		}
		copies[r["title"]] += r.number("copies")
	}
	if urdu < 100 || urdu == len(titles) {
		t.Errorf("%d of %d titles have an Urdu form; the sample shows both scripts", urdu, len(titles))
	}
	readers, err := table("sample/readers.tsv")
	if err != nil {
		t.Fatal(err)
	}
	cards := map[string]bool{}
	for _, r := range readers {
		cards[r["card"]] = true
	}
	loans, err := table("sample/loans.tsv")
	if err != nil {
		t.Fatal(err)
	}
	overdue := 0
	for _, r := range loans {
		copies[r["title"]]--
		if copies[r["title"]] < 0 || !cards[r["card"]] {
			t.Errorf("the loan of %q to %s names what is not there", r["title"], r["card"])
		}
		if r.number("days_ago") > 14 {
			overdue++
		}
	}
	if overdue == 0 || overdue == len(loans) {
		t.Errorf("%d of %d loans are overdue; the sample shows both", overdue, len(loans))
	}
}

// isbn13 reports whether the check digit of 13 digits is right.
func isbn13(digits string) bool {
	sum := 0
	for i, d := range digits {
		weight := 1 + 2*(i%2)
		sum += weight * int(d-'0')
	}
	return len(digits) == 13 && sum%10 == 0
}
