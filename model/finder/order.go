package finder

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"ishtirak/model"
	"ishtirak/model/script"
)

// Letters of a title and of an author by which documents are ordered: a letter is one
// byte of a key of package script.
const (
	titleLetters  = 16
	authorLetters = 8
	orderingSize  = titleLetters + authorLetters + 2 + 4 // stored
)

// An ordering is a document's place in each of the orders.
type ordering struct {
	title   [titleLetters]byte
	author  [authorLetters]byte // all ones where there is none: last
	year    uint16
	written uint32 // seconds since 1970: until 2106
}

// ordering is what of o is kept.
func (o Order) ordering() (g ordering) {
	copy(g.title[:], script.Key(o.Title))
	copy(g.author[:], script.Key(o.Author))
	if len(script.Words(o.Author)) == 0 {
		copy(g.author[:], bytes.Repeat([]byte{math.MaxUint8}, authorLetters))
	}
	g.year = uint16(min(max(o.Year, 0), math.MaxUint16))
	g.written = uint32(min(max(o.Written, 0), math.MaxUint32))
	return g
}

func (g ordering) appendTo(buf []byte) []byte {
	buf = append(append(buf, g.title[:]...), g.author[:]...)
	return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint16(buf, g.year), g.written)
}

// orderingOf reads the first orderingSize bytes of buf.
func orderingOf(buf []byte) (g ordering) {
	buf = buf[copy(g.title[:], buf):]
	buf = buf[copy(g.author[:], buf):]
	g.year, g.written = binary.BigEndian.Uint16(buf), binary.BigEndian.Uint32(buf[2:])
	return g
}

// orderings hold each order of all documents by itself.
type orderings struct {
	titles  [][titleLetters]byte
	authors [][authorLetters]byte
	years   []uint16
	written []uint32
}

func (o *orderings) reserve(n int) {
	o.titles, o.authors = slices.Grow(o.titles, n), slices.Grow(o.authors, n)
	o.years, o.written = slices.Grow(o.years, n), slices.Grow(o.written, n)
}

func (o *orderings) append(g ordering) {
	o.titles, o.authors = append(o.titles, g.title), append(o.authors, g.author)
	o.years, o.written = append(o.years, g.year), append(o.written, g.written)
}

func (o *orderings) at(i int) ordering {
	return ordering{o.titles[i], o.authors[i], o.years[i], o.written[i]}
}

func (o *orderings) byTitle(a, b uint32) int { return bytes.Compare(o.titles[a][:], o.titles[b][:]) }

func (o *orderings) byAuthor(a, b uint32) int {
	return cmp.Or(bytes.Compare(o.authors[a][:], o.authors[b][:]), o.byTitle(a, b))
}

func (o *orderings) byYear(a, b uint32) int {
	return cmp.Or(cmp.Compare(o.years[b], o.years[a]), o.byTitle(a, b))
}

// byNewest: of what was written in one second the one indexed last comes first.
func (o *orderings) byNewest(a, b uint32) int {
	return cmp.Or(cmp.Compare(o.written[b], o.written[a]), cmp.Compare(b, a))
}

// order gives the hits that the query's page shows, in the order asked for.
func (a *answer) order(found *roaring.Bitmap) []model.Hit {
	o := &a.f.table.orders
	offset, most := a.page()
	best := top{most: most, by: map[model.Order]func(a, b uint32) int{
		model.OrderTitle: o.byTitle, model.OrderAuthor: o.byAuthor, model.OrderYear: o.byYear, model.OrderNewest: o.byNewest}[a.q.Order]}
	buf := make([]uint32, 4096)
	for it := found.ManyIterator(); ; {
		n := it.NextMany(buf)
		if n == 0 {
			return a.hits(best.ordered(), offset)
		}
		for _, doc := range buf[:n] {
			best.offer(scored{doc: doc})
		}
	}
}
