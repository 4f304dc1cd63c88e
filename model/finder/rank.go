package finder

import (
	"cmp"
	"container/heap"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"ishtirak/model"
)

// boosts are what a word found in a form is worth, and shares, in per cent, how
// much of it in each field.
var (
	boosts = [forms]int{whole: 100, wholeLoose: 90, begins: 72, beginsLoose: 66, cross: 60, crossBegins: 45, near: 30}
	shares = [fields + 1]int{Title: 100, Author: 85, Subject: 60, Other: 40, Number: 100}
)

// A grade is a form in a field, and its worth.
type grade struct {
	form  form
	field Field
	worth uint16
}

// grades are all of them, the best first.
var grades = rankGrades()

func rankGrades() (list []grade) {
	for f, boost := range boosts {
		for field, share := range shares {
			list = append(list, grade{form(f), Field(field), uint16(boost * share / 100)})
		}
	}
	slices.SortStableFunc(list, func(a, b grade) int { return cmp.Compare(b.worth, a.worth) })
	return list
}

// rank gives the hits that the query's page shows.
//
// A document's score is four times the sum of the best grade of each word, up
// to 63 for its rank byte, and up to 60 for a title that has few words beside
// those asked for. Of equals the one indexed earlier comes first.
func (a *answer) rank(readings []reading, asked int) []model.Hit {
	offset, most := a.page()
	best := top{most: most}
	buf := make([]uint32, 4096)
	scores := a.f.takeScores()
	defer a.f.scores.Put(scores)
	for _, r := range readings {
		for _, g := range r.slots {
			g.score(r.found, *scores, buf)
		}
		for it := r.found.ManyIterator(); ; {
			n := it.NextMany(buf)
			if n == 0 {
				break
			}
			for _, doc := range buf[:n] {
				merit := a.f.table.merits[doc]
				extra := min(max(int(merit[1])-asked, 0), 15)
				best.offer(scored{4*uint32((*scores)[doc]) + uint32(merit[0]/4) + uint32(60-4*extra), doc})
				(*scores)[doc] = 0
			}
		}
	}
	return a.hits(best.ordered(), offset)
}

// page is how many of the best are left out and where the rest end.
func (a *answer) page() (offset, most int) {
	limit := a.q.Limit
	if limit <= 0 {
		limit = limitDefault
	}
	offset = max(a.q.Offset, 0)
	return offset, offset + min(limit, limitMost)
}

func (a *answer) hits(ordered []scored, offset int) (hits []model.Hit) {
	for _, s := range ordered[min(offset, len(ordered)):] {
		hits = append(hits, model.Hit{ID: a.f.table.ids[s.doc], Score: float64(s.score)})
	}
	return hits
}

// takeScores lends a slot for every document, all zero; rank gives it back so.
func (f *Finder) takeScores() *[]uint16 {
	scores, ok := f.scores.Get().(*[]uint16)
	if !ok || len(*scores) < f.table.size() {
		fresh := make([]uint16, f.table.size()+f.table.size()/8+1024)
		scores = &fresh
	}
	return scores
}

// score adds, for each document found, the worth of its best grade.
func (g *graded) score(found *roaring.Bitmap, scores []uint16, buf []uint32) {
	rest := found
	for _, gr := range grades {
		b := g.bitmaps[gr.form][gr.field]
		if b == nil {
			continue
		}
		hit := roaring.And(rest, b)
		if hit.IsEmpty() {
			continue
		}
		for it := hit.ManyIterator(); ; {
			n := it.NextMany(buf)
			if n == 0 {
				break
			}
			for _, doc := range buf[:n] {
				scores[doc] += gr.worth
			}
		}
		rest = roaring.AndNot(rest, hit)
		if rest.IsEmpty() {
			return
		}
	}
}

type scored struct {
	score uint32
	doc   uint32
}

// before reports whether s is shown before t.
func (s scored) before(t scored) bool {
	return s.score > t.score || s.score == t.score && s.doc < t.doc
}

// top keeps the best of what it is offered: a heap with the worst on top.
type top struct {
	most int
	by   func(a, b uint32) int // the order of two documents; nil: by score
	list []scored
}

func (t *top) before(a, b scored) bool {
	if t.by == nil {
		return a.before(b)
	}
	c := t.by(a.doc, b.doc)
	return c < 0 || c == 0 && a.doc < b.doc
}

func (t *top) Len() int           { return len(t.list) }
func (t *top) Less(i, j int) bool { return t.before(t.list[j], t.list[i]) }
func (t *top) Swap(i, j int)      { t.list[i], t.list[j] = t.list[j], t.list[i] }
func (t *top) Push(x any)         { t.list = append(t.list, x.(scored)) }
func (t *top) Pop() any {
	last := t.list[len(t.list)-1]
	t.list = t.list[:len(t.list)-1]
	return last
}

func (t *top) offer(s scored) {
	if len(t.list) < t.most {
		heap.Push(t, s)
	} else if t.before(s, t.list[0]) {
		t.list[0] = s
		heap.Fix(t, 0)
	}
}

func (t *top) ordered() []scored {
	slices.SortFunc(t.list, func(a, b scored) int {
		if t.before(a, b) {
			return -1
		}
		return 1
	})
	return t.list
}
