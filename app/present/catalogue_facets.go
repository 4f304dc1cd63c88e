package present

import (
	"slices"

	"ishtirak/app/words"
	"ishtirak/model"
)

func (c *Catalogue) facets(w *words.Words) []FacetGroup {
	q, f, short := c.query, c.hits.Facets, c.places(w)
	var groups []FacetGroup
	add := func(kind string, title words.Key, lines []FacetLine) {
		if len(lines) > 0 {
			groups = append(groups, FacetGroup{Kind: kind, Title: w.Say(title), Values: lines})
		}
	}
	if f.Anywhere > 0 {
		add("here", words.FacetAvailability, []FacetLine{
			{Value: "here", Text: w.Say(words.FacetHereNow), Count: w.Number(f.Here), On: q.Here},
			{Value: "anywhere", Text: w.Say(words.FacetAnywhere), Count: w.Number(f.Anywhere), On: !q.Here}})
	}
	var lines []FacetLine
	for _, v := range f.Materials {
		lines = append(lines, FacetLine{Value: v.Value, Text: material(w, v.Value), Icon: MaterialIcon(v.Value), Count: w.Number(v.Count), On: has(q.Materials, v.Value)})
	}
	add("material", words.FacetMaterial, lines)
	lines = nil
	rest, others := FacetLine{Text: w.Say(words.TongueOther)}, 0 // languages without a name here
	for _, v := range f.Languages {
		if v.Value == "" || !w.Has(words.Key("tongue."+v.Value)) {
			rest.Value, rest.On = rest.Value+","+v.Value, rest.On || has(q.Languages, v.Value)
			others += v.Count
			continue
		}
		lines = append(lines, FacetLine{Value: v.Value, Text: language(w, v.Value), Count: w.Number(v.Count), On: has(q.Languages, v.Value)})
	}
	if others > 0 {
		rest.Value, rest.Count = rest.Value[1:], w.Number(others)
		lines = append(lines, rest)
	}
	add("language", words.FacetLanguage, lines)
	lines = nil
	for _, v := range f.Libraries {
		name := short(v.ID)
		if name == "" {
			name = v.Value
		}
		lines = append(lines, FacetLine{Value: v.ID.String(), Text: name, Count: w.Number(v.Count), On: has(q.Libraries, v.ID)})
	}
	add("library", words.FacetLibrary, lines)
	lines = nil
	for _, v := range slices.SortedFunc(slices.Values(f.Decades), func(a, b model.Facet) int { return number(b.Value) - number(a.Value) }) { // the latest first
		lines = append(lines, FacetLine{Value: v.Value, Text: w.Say(words.FacetDecadeOf, "year", v.Value), Count: w.Number(v.Count), On: has(q.Decades, number(v.Value))})
	}
	add("decade", words.FacetDecade, lines)
	return groups
}

func has[T comparable](list []T, v T) bool {
	for _, x := range list {
		if x == v {
			return true
		}
	}
	return false
}
