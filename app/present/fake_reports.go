package present

import (
	"context"
	"time"

	"ishtirak/model"
)

// Figures gives what is set as counted.
func (p *Pretend) Figures(ctx context.Context) (model.Figures, error) {
	if ctx.Err() != nil {
		return model.Figures{}, ctx.Err()
	}
	return p.Counted, p.Broken
}

// sampleFigures are those of the pictures: two years of lending, a winter in which snow closed the library, and libraries of
// which two share nothing yet.
func sampleFigures(now time.Time, libraries []model.NetLibrary) model.Figures {
	f := model.Figures{At: now, Active: 642, Readers: 1130, Joined: 58, Out: 214, Overdue: 17, Reach: 5208, Lent: true}
	year := [12]int{845, 612, 1020, 1118, 1068, 890, 722, 432, 1012, 1160, 1236, 1284}
	before := [12]int{796, 654, 908, 986, 964, 846, 704, 676, 902, 1010, 1096, 1178}
	last := model.MonthOf(now) - 1
	for i := range year {
		m := last - model.Month(len(year)-1-i)
		f.Year[i] = model.MonthCount{Month: m, Known: true, Out: year[i], Renewed: year[i] / 6, In: year[i] - 11}
		f.Before[i] = model.MonthCount{Month: m - 12, Known: true, Out: before[i], Renewed: before[i] / 7, In: before[i] - 9}
	}
	titles := []int{6480, 4125, 3910, 2240, 1876, 1402, 618}
	for i, l := range libraries {
		s := model.Shelf{Library: l.Library, Titles: titles[i%len(titles)]}
		s.Copies, s.Common = s.Titles*5/4, s.Titles*7/12
		if l.Library.Own {
			s.Common = s.Titles
		} else if len(l.Replicas) > 0 {
			s.News = l.Replicas[0].LastHeard
		}
		f.Shelves = append(f.Shelves, s)
	}
	for n, name := range []model.Names{{Urdu: "نگر", Roman: "Nagar"}, {Urdu: "دیامر", Roman: "Diamer"}} {
		f.Shelves = append(f.Shelves, model.Shelf{Library: model.Library{ID: model.ID{1, 20 + byte(n)}, Names: name}})
	}
	return f
}
