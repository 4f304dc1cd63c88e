package change

import (
	"crypto/sha256"
	"encoding/binary"

	"ishtirak/sync/clock"
)

// tree names every write and folds their full hashes to the Merkle root of
// RFC 6962 section 2.1: leaf = SHA-256(0 ‖ seq u64 ‖ full hash), node =
// SHA-256(1 ‖ left ‖ right), the left subtree the largest power of two.
// ValueHashes must be filled.
func tree(author Author, sets []Set) (ids []WriteID, root clock.Hash) {
	var f forest
	n := 0
	for i := range sets {
		n += len(sets[i].Writes)
	}
	ids = make([]WriteID, 0, n)
	for i := range sets {
		for j := range sets[i].Writes {
			full := Full(author, &sets[i], j)
			ids = append(ids, WriteID(full[:16]))
			f.add(sets[i].Seq, full)
		}
	}
	return ids, f.root()
}

// forest holds the roots of the full subtrees so far, largest first: O(log n).
type forest struct {
	roots []clock.Hash
	n     uint64
}

func (f *forest) add(seq uint64, full clock.Hash) {
	var b [1 + 8 + 32]byte
	binary.BigEndian.PutUint64(b[1:], seq)
	copy(b[9:], full[:])
	h := clock.Hash(sha256.Sum256(b[:]))
	for n := f.n; n&1 == 1; n >>= 1 {
		h = node(f.roots[len(f.roots)-1], h)
		f.roots = f.roots[:len(f.roots)-1]
	}
	f.roots = append(f.roots, h)
	f.n++
}

func (f *forest) root() clock.Hash {
	if f.n == 0 {
		return sha256.Sum256(nil)
	}
	h := f.roots[len(f.roots)-1]
	for i := len(f.roots) - 2; i >= 0; i-- {
		h = node(f.roots[i], h)
	}
	return h
}

func node(left, right clock.Hash) clock.Hash {
	var b [1 + 64]byte
	b[0] = 1
	copy(b[1:], left[:])
	copy(b[33:], right[:])
	return sha256.Sum256(b[:])
}
