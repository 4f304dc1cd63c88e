package marc

import (
	"bytes"
	"io"
	"testing"
)

func benchRead(b *testing.B, name string) {
	data := sharedFile(b, name)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	records := 0
	for b.Loop() {
		r := NewReader(bytes.NewReader(data))
		for {
			_, err := r.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				b.Fatal(err)
			}
			records++
		}
	}
	b.ReportMetric(float64(records)/b.Elapsed().Seconds(), "records/s")
}

func BenchmarkReadISO2709UTF8(b *testing.B) { benchRead(b, "marc/aco/LeBAU_20210614_4_final.mrc.gz") }

func BenchmarkReadISO2709MARC8(b *testing.B) { benchRead(b, "marc/evergreen/jazz_1k.mrc.gz") }

func BenchmarkReadMARCXML(b *testing.B) {
	benchRead(b, "marcxml/evergreen/concerto_bibs_concerto.xml.gz")
}

func BenchmarkWriteISO2709(b *testing.B) {
	items, err := readAll(sharedFile(b, "marc/aco/LeBAU_20210614_4_final.mrc.gz"))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	records := 0
	for b.Loop() {
		for _, item := range items {
			if _, err := item.Record.ISO2709(); err != nil {
				b.Fatal(err)
			}
			records++
		}
	}
	b.ReportMetric(float64(records)/b.Elapsed().Seconds(), "records/s")
}

// BenchmarkDerive reads out of records what a title list and the finder show.
func BenchmarkDerive(b *testing.B) {
	items, err := readAll(sharedFile(b, "marc/aco/LeBAU_20210614_4_final.mrc.gz"))
	if err != nil {
		b.Fatal(err)
	}
	records := 0
	for b.Loop() {
		for _, item := range items {
			r := item.Record
			if r.Title().IsZero() || r.Year() == 0 && r.Material() == "" {
				b.Fatal("no title")
			}
			r.Authors()
			r.ISBNs()
			r.Subjects()
			r.Languages()
			r.Publisher()
			r.Pages()
			r.Volume()
			records++
		}
	}
	b.ReportMetric(float64(records)/b.Elapsed().Seconds(), "records/s")
}
