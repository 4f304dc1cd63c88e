package finder

import (
	"encoding/binary"

	"ishtirak/model"
)

// A row is what the index keeps of a document beside its postings: 18 bytes.
type row struct {
	id    model.ID
	rank  byte
	words byte // of the title, 255 for more
}

const rowSize = 18

// A table numbers the documents. Numbers are given out in order and never
// twice: a changed document gets a new one and the old one dies.
//
// 26 bytes a document in memory, so that a hit costs no look-up.
type table struct {
	rows  []row
	slots []uint32 // open addressing: 1 + number, 0 free; a power of two long
	used  int
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
			*t.slot(t.rows[s-1].id) = s
		}
	}
}

// slot is where id is, or where it belongs. IDs are random or hashes: their
// own bytes spread them.
func (t *table) slot(id model.ID) *uint32 {
	mask := len(t.slots) - 1
	i := int(binary.LittleEndian.Uint64(id[:8])) & mask
	for t.slots[i] != 0 && t.rows[t.slots[i]-1].id != id {
		i = (i + 1) & mask
	}
	return &t.slots[i]
}

// find is the last number given to id.
func (t *table) find(id model.ID) (uint32, bool) {
	if len(t.slots) == 0 {
		return 0, false
	}
	s := *t.slot(id)
	return s - 1, s != 0
}

// add gives r the next number.
func (t *table) add(r row) uint32 {
	t.grow()
	slot := t.slot(r.id)
	if *slot == 0 {
		t.used++
	}
	t.rows = append(t.rows, r)
	*slot = uint32(len(t.rows))
	return *slot - 1
}

// skip gives out a number that no document will have.
func (t *table) skip() uint32 {
	t.rows = append(t.rows, row{})
	return uint32(len(t.rows) - 1)
}

// block encodes the rows of one stored block: those from block*blockRows on.
func (t *table) block(block int) []byte {
	rows := t.rows[block*blockRows : min(len(t.rows), (block+1)*blockRows)]
	buf := make([]byte, 0, len(rows)*rowSize)
	for _, r := range rows {
		buf = append(append(buf, r.id[:]...), r.rank, r.words)
	}
	return buf
}

// load appends the rows of a stored block.
func (t *table) load(buf []byte) {
	for ; len(buf) >= rowSize; buf = buf[rowSize:] {
		r := row{id: model.ID(buf[:16]), rank: buf[16], words: buf[17]}
		if r.id.IsZero() {
			t.skip()
			continue
		}
		t.add(r)
	}
}
