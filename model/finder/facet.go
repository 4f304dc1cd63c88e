package finder

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strconv"

	"github.com/RoaringBitmap/roaring/v2"

	"ishtirak/model"
)

type facetKind byte

const (
	facetLanguage facetKind = 'l'
	facetLibrary  facetKind = 'b'
	facetMaterial facetKind = 'm'
	facetDecade   facetKind = 'd'
)

// A facetValue is one value of a facet: a code, the 16 bytes of a library's
// ID, or four bytes of a decade's first year.
type facetValue struct {
	kind  facetKind
	value string
}

func decadeValue(year int) string {
	return string(binary.BigEndian.AppendUint32(nil, uint32(year)))
}

// addFacets puts document n into the bitmaps of its values. These are all in
// memory: a few hundred values, a few bytes a document.
func (f *Finder) addFacets(n uint32, d Doc) {
	for _, l := range d.Languages {
		f.addFacet(n, facetLanguage, l)
	}
	for _, id := range d.Libraries {
		f.addFacet(n, facetLibrary, string(id[:]))
	}
	f.addFacet(n, facetMaterial, d.Material)
	if d.Decade != 0 {
		f.addFacet(n, facetDecade, decadeValue(d.Decade))
	}
}

func (f *Finder) addFacet(n uint32, kind facetKind, value string) {
	if value == "" {
		return
	}
	key := facetValue{kind, cut(value, termMost)}
	b := f.facets[key]
	if b == nil {
		b = roaring.New()
		f.facets[key] = b
	}
	b.Add(n)
}

// filter narrows found to the facets asked for: any value of each.
func (f *Finder) filter(found *roaring.Bitmap, q model.Query) {
	narrow := func(kind facetKind, values []string) {
		if len(values) == 0 {
			return
		}
		any := roaring.New()
		for _, v := range values {
			if b := f.facets[facetValue{kind, v}]; b != nil {
				any.Or(b)
			}
		}
		found.And(any)
	}
	narrow(facetLanguage, q.Languages)
	narrow(facetMaterial, q.Materials)
	narrow(facetLibrary, convert(q.Libraries, func(id model.ID) string { return string(id[:]) }))
	narrow(facetDecade, convert(q.Decades, decadeValue))
}

func convert[A, B any](from []A, f func(A) B) []B {
	to := make([]B, len(from))
	for i, a := range from {
		to[i] = f(a)
	}
	return to
}

// count counts the values among found, the most frequent first.
func (f *Finder) count(found *roaring.Bitmap) (facets model.Facets) {
	for key, b := range f.facets {
		n := int(found.AndCardinality(b))
		if n == 0 {
			continue
		}
		switch key.kind {
		case facetLanguage:
			facets.Languages = append(facets.Languages, model.Facet{Value: key.value, Count: n})
		case facetMaterial:
			facets.Materials = append(facets.Materials, model.Facet{Value: key.value, Count: n})
		case facetLibrary:
			if len(key.value) == len(model.ID{}) {
				facets.Libraries = append(facets.Libraries, model.Facet{ID: model.ID([]byte(key.value)), Count: n})
			}
		case facetDecade:
			year := int(binary.BigEndian.Uint32([]byte(key.value)))
			facets.Decades = append(facets.Decades, model.Facet{Value: strconv.Itoa(year), Count: n})
		}
	}
	for _, list := range [...][]model.Facet{facets.Languages, facets.Materials, facets.Libraries, facets.Decades} {
		slices.SortFunc(list, func(a, b model.Facet) int {
			return cmp.Or(b.Count-a.Count, cmp.Compare(a.Value, b.Value), slices.Compare(a.ID[:], b.ID[:]))
		})
	}
	return facets
}
