package sheet

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"ishtirak/model/marc"
)

// originHead is the first line of every origin. A reader that builds records
// in another way takes another number.
const originHead = "sheet 1\n"

// appendOrigin writes the fields of a title as lines, field, tab, value, in
// the order of titleFields. Tabs, line ends and backslashes in a value are
// written as \t, \n, \r, \\.
func appendOrigin(b []byte, values map[string][]string) []byte {
	b = append(b, originHead...)
	for _, f := range titleFields() {
		for _, v := range values[f] {
			b = append(b, f...)
			b = append(b, '\t')
			b = appendEscaped(b, v)
			b = append(b, '\n')
		}
	}
	return b
}

// appendEscaped is not a strings.Replacer because rows come by the million, and
// hardly any has something to escape.
func appendEscaped(b []byte, v string) []byte {
	for i := range len(v) {
		switch v[i] {
		case '\\':
			b = append(b, `\\`...)
		case '\t':
			b = append(b, `\t`...)
		case '\n':
			b = append(b, `\n`...)
		case '\r':
			b = append(b, `\r`...)
		default:
			b = append(b, v[i])
		}
	}
	return b
}

func unescape(v string) string {
	if strings.IndexByte(v, '\\') < 0 {
		return v
	}
	return strings.NewReplacer(`\\`, "\\", `\t`, "\t", `\n`, "\n", `\r`, "\r").Replace(v)
}

// Decode reads a record again from its origin bytes: a spreadsheet's row, or
// anything that package marc reads.
func Decode(f marc.Format, origin []byte) (*marc.Record, error) {
	if f != marc.CSV {
		return marc.Decode(f, origin)
	}
	values, err := parseOrigin(origin)
	if err != nil {
		return nil, err
	}
	return build(values)
}

func parseOrigin(origin []byte) (map[string][]string, error) {
	rest, ok := bytes.CutPrefix(origin, []byte(originHead))
	if !ok {
		return nil, fmt.Errorf("%w: its origin is not that of a row", ErrFormat)
	}
	known := titleFields()
	values := map[string][]string{}
	for len(rest) > 0 {
		var line []byte
		line, rest, _ = bytes.Cut(rest, []byte("\n"))
		field, value, ok := strings.Cut(string(line), "\t")
		if !ok || !slices.Contains(known, field) {
			return nil, fmt.Errorf("%w: its origin has the line %q", ErrFormat, line)
		}
		values[field] = append(values[field], unescape(value))
	}
	return values, nil
}
