//go:build ignore

// Command marc8_gen writes marc8.bin.gz, the MARC-8 code tables, from an XML
// file in the shape of the Library of Congress's code tables
// (https://www.loc.gov/marc/specifications/codetables.xml):
//
//	go run marc8_gen.go codetables.xml.gz
//
// Only the facts are taken (code, Unicode value, combining or not); names and
// notes are left out. The layout is described at parseTables.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/xml"
	"log"
	"os"
	"sort"
	"strconv"
	"strings"
)

type charset struct {
	ISO   string `xml:"ISOcode,attr"`
	Codes []code `xml:"code"`
	Group []struct {
		Codes []code `xml:"code"`
	} `xml:"grouping"`
}

type code struct {
	MARC      string `xml:"marc"`
	UCS       string `xml:"ucs"`
	Alt       string `xml:"alt"`
	Combining string `xml:"isCombining"`
}

func main() {
	log.SetFlags(0)
	f, err := os.Open(os.Args[1])
	check(err)
	z, err := gzip.NewReader(f)
	check(err)
	var doc struct {
		Tables []struct {
			Sets []charset `xml:"characterSet"`
		} `xml:"codeTable"`
	}
	check(xml.NewDecoder(z).Decode(&doc))
	var out []byte
	for _, t := range doc.Tables {
		for _, s := range t.Sets {
			out = appendSet(out, s)
		}
	}
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	check(err)
	_, err = w.Write(out)
	check(err)
	check(w.Close())
	check(os.WriteFile("marc8.bin.gz", packed.Bytes(), 0o644))
}

func appendSet(out []byte, s charset) []byte {
	final, err := strconv.ParseUint(s.ISO, 16, 8)
	check(err)
	codes := s.Codes
	for _, g := range s.Group {
		codes = append(codes, g.Codes...)
	}
	entries := map[uint64]uint64{}
	for _, c := range codes {
		at := hex(c.MARC)
		if at < 0x100 {
			if at&0x7f <= 0x20 { // controls are the same in every set, see marc8.go
				continue
			}
			at &= 0x7f
		}
		// A private-use value has a public substitute beside it. The second
		// halves of the double marks have only a half mark beside them: the
		// first half alone stands for both, so they are left out (value 0).
		to := hex(c.UCS)
		if to >= 0xE000 && to < 0xF900 && c.Alt != "" {
			to = hex(c.Alt)
		}
		to <<= 1
		if strings.TrimSpace(c.Combining) == "true" {
			to |= 1
		}
		entries[at] = to
	}
	keys := make([]uint64, 0, len(entries))
	for k := range entries {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool { return keys[i] < keys[j] })
	out = append(out, byte(final))
	out = binary.AppendUvarint(out, uint64(len(keys)))
	var code, value uint64
	for _, k := range keys {
		out = binary.AppendUvarint(out, k-code)
		out = binary.AppendVarint(out, int64(entries[k])-int64(value))
		code, value = k, entries[k]
	}
	return out
}

func hex(s string) uint64 {
	if s = strings.TrimSpace(s); s == "" {
		return 0
	}
	n, err := strconv.ParseUint(s, 16, 32)
	check(err)
	return n
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
