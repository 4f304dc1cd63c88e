package finder

import (
	"encoding/binary"
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
)

// The keys of the index. Terms hold no byte below 0x20, so 0 and 1 end them.
//
//	t loose 1 [safe] 0 field chunk   documents with a word; safe where it is not loose
//	q prefix 0 field chunk           documents with a word that begins so: 1–3 letters
//	k script = skeleton 0 field chunk  documents with a word of that skeleton: up to 3 consonants
//	k script ^ skeleton 0 field chunk  documents with a word whose skeleton begins so: 2 or 3 consonants
//	n number 0 chunk                 documents with a number (ISBN, ISSN, LCCN …)
//	d script skeleton 0 loose        dictionary, no value; script r(oman) or u(rdu)
//	f facet value 0 chunk            documents with a property
//	m block                          the rows of 4,096 documents
//	D                                numbers of dead documents
//	!                                header: format, next number, journal position
//	!+                               a flush under way: the number it ends before
const (
	spaceTerm, spacePrefix, spaceNumber, spaceWord = 't', 'q', 'n', 'd'
	spaceFacet, spaceRows, spaceDead, spaceHeader  = 'f', 'm', 'D', '!'
	spaceSkeleton                                  = 'k'
)

const (
	format    = 3
	chunkDocs = 1 << 16
	blockRows = 4096
	// rawMost is the number of documents up to which a posting is a plain list:
	// most words are rare, and a bitmap's head alone takes 16 bytes.
	rawMost = 16
	// prefixMost is the number of letters up to which postings of prefixes are kept.
	prefixMost = 3
	// termMost is the number of bytes of a word that count.
	termMost = 96
)

var (
	keyHeader = []byte{spaceHeader}
	keyIntent = []byte{spaceHeader, '+'}
	keyDead   = []byte{spaceDead}
)

func termKey(dst []byte, loose, safe string, field Field, chunk uint32) []byte {
	dst = append(append(dst, spaceTerm), loose...)
	dst = append(dst, 1)
	if safe != loose {
		dst = append(dst, safe...)
	}
	return binary.BigEndian.AppendUint16(append(dst, 0, byte(field)), uint16(chunk))
}

func prefixKey(dst []byte, prefix string, field Field, chunk uint32) []byte {
	dst = append(append(dst, spacePrefix), prefix...)
	return binary.BigEndian.AppendUint16(append(dst, 0, byte(field)), uint16(chunk))
}

func numberKey(dst []byte, number string, chunk uint32) []byte {
	dst = append(append(dst, spaceNumber), number...)
	return binary.BigEndian.AppendUint16(append(dst, 0), uint16(chunk))
}

// Kinds of skeleton postings.
const (
	skeletonWhole  = '='
	skeletonBegins = '^'
)

// skeletonScan begins the keys of a skeleton's postings.
func skeletonScan(script, kind byte, skeleton string) []byte {
	return append(append([]byte{spaceSkeleton, script, kind}, skeleton...), 0)
}

func skeletonKey(script, kind byte, skeleton string, field Field, chunk uint32) []byte {
	return binary.BigEndian.AppendUint16(append(skeletonScan(script, kind, skeleton), byte(field)), uint16(chunk))
}

func wordKey(dst []byte, script byte, skeleton, loose string) []byte {
	dst = append(append(dst, spaceWord, script), skeleton...)
	return append(append(dst, 0), loose...)
}

func facetKey(dst []byte, kind facetKind, value string, chunk uint32) []byte {
	dst = append(append(dst, spaceFacet, byte(kind)), value...)
	return binary.BigEndian.AppendUint16(append(dst, 0), uint16(chunk))
}

func rowsKey(block int) []byte {
	return binary.BigEndian.AppendUint32([]byte{spaceRows}, uint32(block))
}

// appendPosting encodes the documents of one chunk, ascending.
func appendPosting(dst []byte, docs []uint32) ([]byte, error) {
	if len(docs) <= rawMost {
		dst = append(dst, 0)
		for _, d := range docs {
			dst = binary.LittleEndian.AppendUint16(dst, uint16(d))
		}
		return dst, nil
	}
	return appendBitmap(dst, roaring.BitmapOf(docs...))
}

func appendBitmap(dst []byte, b *roaring.Bitmap) ([]byte, error) {
	b.RunOptimize()
	bytes, err := b.ToBytes()
	if err != nil {
		return nil, fmt.Errorf("finder: writing a posting: %w", err)
	}
	return append(append(dst, 1), bytes...), nil
}

// A posting is a decoded value: a short list, or a bitmap over the bytes it
// was read from.
type posting struct {
	list   []uint32
	bitmap *roaring.Bitmap
}

// decodePosting reads a value; list is reused. The bitmap keeps value.
func decodePosting(value []byte, chunk uint32, list []uint32) (posting, error) {
	if len(value) == 0 {
		return posting{}, fmt.Errorf("an empty posting: %w", ErrRebuild)
	}
	kind, value := value[0], value[1:]
	if kind == 0 && len(value)%2 == 0 {
		list = list[:0]
		for ; len(value) > 0; value = value[2:] {
			list = append(list, chunk<<16|uint32(binary.LittleEndian.Uint16(value)))
		}
		return posting{list: list}, nil
	}
	b := roaring.New()
	if _, err := b.FromUnsafeBytes(value); err != nil || kind != 1 {
		return posting{}, fmt.Errorf("a damaged posting: %w", ErrRebuild)
	}
	return posting{bitmap: b}, nil
}
