package rtl

import (
	"image"
	"image/color"

	"github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/vector"
)

// pen draws outlines into an image whose left top corner is the origin.
type pen struct {
	r   *vector.Rasterizer
	img *image.RGBA
}

func newPen(w, h int) *pen {
	return &pen{r: vector.NewRasterizer(w, h), img: image.NewRGBA(image.Rect(0, 0, w, h))}
}

// line adds a line's outlines with its left edge at x and its baseline at y, in
// pixels, at scale pixels a unit.
func (p *pen) line(e *engine, l *Line, x, y, scale float32) {
	e.mu.Lock()
	defer e.mu.Unlock()
	width := float32(p.img.Bounds().Dx())
	for _, g := range l.glyphs {
		gx, gy := x+g.x*scale, y-g.y*scale
		if far := 8 * g.size * scale; gx < -far || gx > width+far { // the widest glyph, ﷽, is 7 long
			continue
		}
		if g.width > 0 {
			p.missing(gx, gy, g.width*scale, g.size*scale)
			continue
		}
		k := g.size / g.hand.upem * scale
		p.outline(g.hand.outline(g.id).Segments, gx, gy, k)
	}
}

func (p *pen) outline(segs []opentype.Segment, x, y, k float32) {
	open := false
	at := func(q opentype.SegmentPoint) (float32, float32) { return x + q.X*k, y - q.Y*k }
	for _, s := range segs {
		ax, ay := at(s.Args[0])
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			if open {
				p.r.ClosePath()
			}
			open = true
			p.r.MoveTo(ax, ay)
		case opentype.SegmentOpLineTo:
			p.r.LineTo(ax, ay)
		case opentype.SegmentOpQuadTo:
			bx, by := at(s.Args[1])
			p.r.QuadTo(ax, ay, bx, by)
		case opentype.SegmentOpCubeTo:
			bx, by := at(s.Args[1])
			cx, cy := at(s.Args[2])
			p.r.CubeTo(ax, ay, bx, by, cx, cy)
		}
	}
	if open {
		p.r.ClosePath()
	}
}

// missing is the box of a letter that no font here has: an outline with a
// stroke through it, so that nobody takes it for a letter.
func (p *pen) missing(x, y, w, size float32) {
	t := max(1, size*0.06)
	x0, x1, y0, y1 := x+w*0.1, x+w*0.9, y-size*0.7, y
	p.quad(x0, y0, x1, y0, x1, y0+t, x0, y0+t)
	p.quad(x0, y1-t, x1, y1-t, x1, y1, x0, y1)
	p.quad(x0, y0+t, x0+t, y0+t, x0+t, y1-t, x0, y1-t)
	p.quad(x1-t, y0+t, x1, y0+t, x1, y1-t, x1-t, y1-t)
	p.quad(x0+t, y1-t-t, x1-t-t, y0+t, x1-t, y0+t, x0+t, y1-t)
}

func (p *pen) quad(c ...float32) {
	p.r.MoveTo(c[0], c[1])
	for i := 2; i < 8; i += 2 {
		p.r.LineTo(c[i], c[i+1])
	}
	p.r.ClosePath()
}

// fill colours what was added.
func (p *pen) fill(c color.Color) {
	p.r.Draw(p.img, p.img.Bounds(), image.NewUniform(c), image.Point{})
	b := p.img.Bounds()
	p.r.Reset(b.Dx(), b.Dy())
}

// rect colours a rectangle, in pixels.
func (p *pen) rect(c color.Color, x0, y0, x1, y1 float32) {
	p.quad(x0, y0, x1, y0, x1, y1, x0, y1)
	p.fill(c)
}
