package marc

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// decodeXML reads one record element. Only local names count: files put the
// MARC 21 namespace on any prefix, on none, or forget it. Elements that the
// schema does not know are passed over beside the fields, and are damage
// inside one, where passing over them would lose its text.
func decodeXML(origin []byte) (*Record, error) {
	if len(origin) > MaxRecord {
		return nil, fmt.Errorf("%w: it has %d bytes", ErrTooLarge, len(origin))
	}
	if !utf8.Valid(origin) {
		return nil, fmt.Errorf("%w: it says UTF-8 but holds bytes that are not. Export the record again from where it came", ErrCharset)
	}
	d := xmlRecord{xmlParser: xmlParser{src: string(origin)}, rec: &Record{}}
	if err := d.run(); err != nil {
		return nil, err
	}
	if len(d.rec.Fields) == 0 {
		return nil, fmt.Errorf("%w: it has no fields", ErrDamaged)
	}
	if d.rec.Leader == "" {
		d.rec.Leader = defaultLeader
	}
	if d.rec.unimarc() {
		return nil, errUNIMARC()
	}
	return d.rec, nil
}

// defaultLeader is that of a record whose file gives none: a new printed book.
const defaultLeader = "00000nam a2200000 u 4500"

type xmlRecord struct {
	xmlParser
	rec *Record
}

func (d *xmlRecord) run() error {
	depth := 0 // below the record element
	for {
		t, err := d.next()
		if err != nil {
			return err
		}
		switch t {
		case xmlEOF:
			return nil
		case xmlText:
			continue
		case xmlEnd:
			depth--
			continue
		}
		if depth == 1 {
			switch d.name {
			case "leader":
				err = d.leader()
			case "controlfield":
				err = d.control()
			case "datafield":
				err = d.data()
			default:
				depth++
			}
			if err != nil {
				return err
			}
			continue
		}
		depth++
	}
}

func (d *xmlRecord) leader() error {
	s, err := d.content("leader")
	if err != nil {
		return err
	}
	// Blanks that had to be kept from being collapsed are still blanks.
	s = strings.ReplaceAll(s, "\u00A0", " ")
	if strings.ContainsFunc(s, func(r rune) bool { return r < 0x20 || r > 0x7E }) {
		s = strings.TrimSpace(s)
	}
	if strings.ContainsFunc(s, func(r rune) bool { return r < 0x20 || r > 0x7E }) {
		return fmt.Errorf("%w: its leader is %q", ErrDamaged, s)
	}
	if len(s) > leaderLen {
		s = strings.TrimSpace(s)
	}
	if len(s) > leaderLen {
		s = s[:leaderLen]
	}
	d.rec.Leader = s + "                        "[len(s):]
	return nil
}

func (d *xmlRecord) control() error {
	tag, err := d.tag()
	if err != nil {
		return err
	}
	s, err := d.content("controlfield")
	f := Field{Tag: tag, Data: s}
	if !IsControl(tag) {
		f.Ind1, f.Ind2 = ' ', ' '
	}
	d.rec.Fields = append(d.rec.Fields, f)
	return err
}

func (d *xmlRecord) tag() (string, error) {
	tag := d.attr("tag")
	if len(tag) != 3 || !goodTag([]byte(tag)) {
		return "", fmt.Errorf("%w: a %s has the tag %q", ErrDamaged, d.name, tag)
	}
	return tag, nil
}

func (d *xmlRecord) data() error {
	tag, err := d.tag()
	if err != nil {
		return err
	}
	f := Field{Tag: tag}
	if f.Ind1, err = d.indicator("ind1"); err == nil {
		f.Ind2, err = d.indicator("ind2")
	}
	if err != nil {
		return err
	}
	for {
		t, err := d.next()
		if err != nil {
			return err
		}
		switch {
		case t == xmlEnd:
			d.rec.Fields = append(d.rec.Fields, f)
			return nil
		case t == xmlText && strings.TrimSpace(d.text) != "":
			return fmt.Errorf("%w: field %s has text outside its subfields", ErrDamaged, tag)
		case t == xmlStart && d.name != "subfield":
			return fmt.Errorf("%w: field %s has a %s in it, where only subfields belong", ErrDamaged, tag, d.name)
		case t == xmlEOF:
			return fmt.Errorf("%w: it stops in field %s", ErrTruncated, tag)
		case t == xmlStart:
			code := d.attr("code")
			if len(code) != 1 || code[0] < 0x20 || code[0] > 0x7E {
				return fmt.Errorf("%w: in field %s a subfield has the code %q", ErrDamaged, tag, code)
			}
			s, err := d.content("subfield")
			if err != nil {
				return err
			}
			f.Subs = append(f.Subs, Subfield{code[0], s})
		}
	}
}

func (d *xmlRecord) indicator(name string) (byte, error) {
	s := d.attr(name)
	if s == "" || s == "\u00A0" {
		return ' ', nil
	}
	if len(s) != 1 || s[0] < 0x20 || s[0] > 0x7E {
		return 0, fmt.Errorf("%w: a field %s has the indicator %q", ErrDamaged, d.attr("tag"), s)
	}
	return s[0], nil
}

// content returns the text of the element just started, to its end tag.
func (d *xmlRecord) content(element string) (string, error) {
	text := ""
	for {
		t, err := d.next()
		switch {
		case err != nil:
			return "", err
		case t == xmlText && text == "":
			text = d.text
		case t == xmlText:
			text += d.text
		case t == xmlStart:
			return "", fmt.Errorf("%w: a %s has a %s inside it", ErrDamaged, element, d.name)
		case t == xmlEOF:
			return "", fmt.Errorf("%w: it stops in a %s", ErrTruncated, element)
		default:
			return text, nil
		}
	}
}
