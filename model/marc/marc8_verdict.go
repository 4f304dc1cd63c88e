package marc

import (
	"fmt"
	"strings"
)

// caron is é in Latin-1, and in MARC-8 a mark on few letters.
const caron = 0xE9

// verdict says whether what was converted can have been MARC-8. One kind of
// mark on odd letters is a habit of cataloguers (a grave accent for an
// apostrophe), several kinds are another character set.
func (d *marc8) verdict() error {
	switch {
	case d.err != nil:
		return d.err
	case d.nonLatin == 0 && (d.odd[1] != 0 && 2*d.unlikely >= d.likely || d.odd[0] == caron && d.unlikely > d.likely):
		return fmt.Errorf("%w: it is not UTF-8, and reads as nonsense in MARC-8. It may be in Latin-1 or a Windows code page: export it again as UTF-8 and import that", ErrCharset)
	case d.undefined > 0:
		return fmt.Errorf("%w: it is not UTF-8, and MARC-8 has nothing for what stands in %d place(s), first for %#02x. Export it again as UTF-8 and import that", ErrCharset, d.undefined, d.firstBad)
	}
	return nil
}

// lettersWith lists, for a mark of extended Latin, the ASCII letters that
// Unicode has a single character for with that mark. A mark on any other
// letter is rare in real text, and frequent where Latin-1 is taken for MARC-8.
// It is "" for marks that say nothing: double ones and rarities.
func lettersWith(mark byte) string {
	switch mark {
	case 0xE0: // hook
		return "AEIOUYaeiouy"
	case 0xE1: // grave
		return "AEINOUWYaeinouwy"
	case 0xE2: // acute
		return "ACEGIKLMNOPRSUWYZacegiklmnoprsuwyz"
	case 0xE3: // circumflex
		return "ACEGHIJOSUWYZaceghijosuwyz"
	case 0xE4: // tilde
		return "AEINOUVYaeinouvy"
	case 0xE5: // macron
		return "AEGIOUYaegiouy"
	case 0xE6: // breve
		return "AEGIOUaegiou"
	case 0xE7: // dot above
		return "ABCDEFGHIMNOPRSTWXYZabcdefghmnoprstwxyz"
	case 0xE8: // diaeresis
		return "AEHIOUWXYaehiotuwxy"
	case 0xE9: // caron
		return "ACDEGHIKLNORSTUZacdeghijklnorstuz"
	case 0xEA: // ring
		return "AUauwy"
	case 0xED: // comma above right
		return "DLTCGKNRSdltcgknrs"
	case 0xEE: // double acute
		return "OUou"
	case 0xF0: // cedilla
		return "CDEGHKLNRSTcdeghklnrst"
	case 0xF1: // ogonek
		return "AEIOUaeiou"
	case 0xF2: // dot below
		return "ABDEHIKLMNORSTUVWYZabdehiklmnorstuvwyz"
	case 0xF3: // two dots below
		return "Uu"
	case 0xF4: // ring below
		return "Aa"
	case 0xF6: // line below
		return "BDKLNRTZbdhklnrtz"
	case 0xF7: // comma below
		return "STst"
	case 0xF9: // breve below
		return "Hh"
	}
	return ""
}

func markFits(mark, base byte) bool {
	on := lettersWith(mark)
	return on == "" || strings.IndexByte(on, base) >= 0
}
