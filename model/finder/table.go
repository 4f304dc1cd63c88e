package finder

import (
	"encoding/binary"
	"slices"

	"ishtirak/model"
)

// A row is what the index keeps of a document beside its postings.
type row struct {
	id    model.ID
	rank  byte
	words byte // of the title, 255 for more
	ordering
}

const rowSize = 18 + orderingSize // stored

// A table numbers the documents. Numbers are given out in order and never
// twice: a changed document gets a new one and the old one dies.
//
// 56 bytes a document in memory, so that a hit costs no look-up and an order none
// either.
type table struct {
	ids    []model.ID
	merits [][2]byte // rank byte and words of the title: apart, for ranking runs over them
	orders orderings // apart too: an order runs over one of them
	slots  []uint32  // open addressing: 1 + number, 0 free; a power of two long
	used   int
}

// size is the number of rows.
func (t *table) size() int { return len(t.ids) }

// reserve makes room for n rows.
func (t *table) reserve(n int) {
	t.ids, t.merits = slices.Grow(t.ids, n), slices.Grow(t.merits, n)
	t.orders.reserve(n)
}

// grow makes room so that the slots are at most half full.
func (t *table) grow() {
	if 2*(t.used+1) <= len(t.slots) {
		return
	}
	old := t.slots
	t.slots = make([]uint32, max(1024, 2*len(old)))
	for _, s := range old {
		if s != 0 {
			*t.slot(t.ids[s-1]) = s
		}
	}
}

// slot is where id is, or where it belongs. IDs are random or hashes: their
// own bytes spread them.
func (t *table) slot(id model.ID) *uint32 {
	mask := len(t.slots) - 1
	i := int(binary.LittleEndian.Uint64(id[:8])) & mask
	for t.slots[i] != 0 && t.ids[t.slots[i]-1] != id {
		i = (i + 1) & mask
	}
	return &t.slots[i]
}

// index fills the slots. Only writers need them, so that opening does not wait.
func (t *table) index() {
	if len(t.slots) > 0 || len(t.ids) == 0 {
		return
	}
	n := 1024
	for n < 2*len(t.ids)+2 {
		n *= 2
	}
	t.slots, t.used = make([]uint32, n), 0
	for i, id := range t.ids {
		if !id.IsZero() {
			t.place(id, uint32(i))
		}
	}
}

func (t *table) place(id model.ID, number uint32) {
	slot := t.slot(id)
	if *slot == 0 {
		t.used++
	}
	*slot = number + 1
}

// find is the last number given to id.
func (t *table) find(id model.ID) (uint32, bool) {
	t.index()
	if len(t.slots) == 0 {
		return 0, false
	}
	s := *t.slot(id)
	return s - 1, s != 0
}

// add gives r the next number.
func (t *table) add(r row) uint32 {
	t.index()
	t.grow()
	number := uint32(len(t.ids))
	t.append(r)
	t.place(r.id, number)
	return number
}

func (t *table) append(r row) {
	t.ids = append(t.ids, r.id)
	t.merits = append(t.merits, [2]byte{r.rank, r.words})
	t.orders.append(r.ordering)
}

// skip gives out a number that no document will have.
func (t *table) skip() uint32 {
	t.append(row{})
	return uint32(len(t.ids) - 1)
}

// block encodes the rows of one stored block: those from block*blockRows on.
func (t *table) block(block int) []byte {
	from, end := block*blockRows, min(len(t.ids), (block+1)*blockRows)
	buf := make([]byte, 0, (end-from)*rowSize)
	for i := from; i < end; i++ {
		buf = append(append(buf, t.ids[i][:]...), t.merits[i][:]...)
		buf = t.orders.at(i).appendTo(buf)
	}
	return buf
}

// load appends the rows of a stored block.
func (t *table) load(buf []byte) {
	for ; len(buf) >= rowSize; buf = buf[rowSize:] {
		t.append(row{id: model.ID(buf[:16]), rank: buf[16], words: buf[17], ordering: orderingOf(buf[18:])})
	}
}
