package finder

import (
	"github.com/RoaringBitmap/roaring/v2"

	"ishtirak/model"
)

// SetOut says of titles that none of the own library's copies can be had now (true), or that one can (false), which
// holds of all others that it has. It is not stored: the owner says it after Open, and at every change. Titles that
// are not indexed are no error.
func (f *Finder) SetOut(titles map[model.ID]bool) {
	if len(titles) == 0 {
		return
	}
	f.writing.Lock()
	defer f.writing.Unlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	for id, out := range titles {
		switch n, ok := f.table.find(id); {
		case !ok:
		case out:
			f.out.Add(n)
		default:
			f.out.Remove(n)
		}
	}
}

// here are those among found of which the own library has a copy to give now.
func (f *Finder) here(found *roaring.Bitmap) *roaring.Bitmap {
	own := f.facets[facetValue{facetLibrary, string(f.opts.Own[:])}]
	if own == nil {
		return roaring.New()
	}
	b := roaring.And(found, own)
	b.AndNot(f.out)
	return b
}
