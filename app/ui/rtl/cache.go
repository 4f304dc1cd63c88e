package rtl

import lru "github.com/hashicorp/golang-lru/v2"

// lineKey is everything a set text depends on. The zero width is any width.
type lineKey struct {
	text  string
	style Style
	base  Direction
	width float32
	lines int // at most; 0: any number
}

// lineCache keeps set texts: Nastaliq costs half a millisecond a line, and a
// list that scrolls shows the same lines again and again.
type lineCache struct{ c *lru.Cache[lineKey, []*Line] }

func newLineCache(n int) *lineCache {
	c, err := lru.New[lineKey, []*Line](n)
	if err != nil { // only for n < 1
		return &lineCache{}
	}
	return &lineCache{c}
}

func (c *lineCache) get(k lineKey) ([]*Line, bool) {
	if c.c == nil {
		return nil, false
	}
	return c.c.Get(k)
}

func (c *lineCache) put(k lineKey, v []*Line) {
	if c.c != nil {
		c.c.Add(k, v)
	}
}
