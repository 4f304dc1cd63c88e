package marc

import (
	"slices"
	"strings"
	"time"
)

// Replace puts fields in the place of all fields with the tag and of the 880s
// linked to them; fields may hold 880s of its own for them. The new ones stand
// where the first of the old stood, or where the tag belongs by number.
// Nothing else moves.
func (r *Record) Replace(tag string, fields []Field) {
	at := -1
	kept := make([]Field, 0, len(r.Fields)+len(fields))
	var moved []Field // new 880s go where the 880s are
	for _, f := range r.Fields {
		if GroupTag(&f) == tag {
			if at < 0 && f.Tag == tag {
				at = len(kept)
			}
			continue
		}
		kept = append(kept, f)
	}
	if at < 0 {
		at = slices.IndexFunc(kept, func(f Field) bool { return f.Tag > tag })
		if at < 0 {
			at = len(kept)
		}
	}
	var direct []Field
	for _, f := range fields {
		if f.Tag == tag {
			direct = append(direct, f)
		} else {
			moved = append(moved, f)
		}
	}
	kept = slices.Insert(kept, at, direct...)
	end := slices.IndexFunc(kept, func(f Field) bool { return f.Tag > "880" })
	if end < 0 {
		end = len(kept)
	}
	r.Fields = slices.Insert(kept, end, moved...)
}

// GroupTag returns the tag of the field that f is edited with: its own, or for
// an 880 that of the field it repeats.
func GroupTag(f *Field) string {
	if f.Tag == "880" {
		if l, ok := ParseLink(f.Sub('6')); ok {
			return l.Tag
		}
	}
	return f.Tag
}

// Patch sets the subfields whose codes are in known to subs, and keeps every
// other one where it stands: the i-th new value of a code takes the place of
// the i-th old one, values too many follow the last of the known ones.
func (f *Field) Patch(known string, subs []Subfield) {
	rest := slices.Clone(subs)
	out := make([]Subfield, 0, len(f.Subs)+len(subs))
	end := 0
	for _, s := range f.Subs {
		if strings.IndexByte(known, s.Code) < 0 {
			out = append(out, s)
			if s.Code == '6' { // the link comes first
				end = max(end, len(out))
			}
			continue
		}
		i := slices.IndexFunc(rest, func(n Subfield) bool { return n.Code == s.Code })
		if i < 0 {
			continue
		}
		out = append(out, rest[i])
		rest = slices.Delete(rest, i, i+1)
		end = len(out)
	}
	f.Subs = slices.Insert(out, end, rest...)
}

// Touch sets 005, the date and time of the latest change, to t (yyyymmddhhmmss.f
// in t's zone).
func (r *Record) Touch(t time.Time) {
	stamp := t.Format("20060102150405.0")
	if f := r.First("005"); f != nil {
		f.Data = stamp
		return
	}
	r.Replace("005", []Field{{Tag: "005", Data: stamp}})
}
