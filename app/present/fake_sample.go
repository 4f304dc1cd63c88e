package present

import (
	"time"

	"ishtirak/model"
)

// SampleTime is the moment of the pictures: Tuesday 14 July 2026, 11:42 in Gilgit.
func SampleTime() time.Time {
	return time.Date(2026, time.July, 14, 11, 42, 0, 0, time.FixedZone("PKT", 5*3600))
}

// PretendGilgit is the library of the pictures. All of it is invented.
func PretendGilgit() *Pretend {
	now := SampleTime()
	day := func(n int) time.Time { return now.AddDate(0, 0, n) }
	lib := func(n byte, ur, en, code string) model.Library {
		return model.Library{ID: model.ID{1, n}, Names: model.Names{Urdu: ur, Roman: en}, Code: code, Own: n == 0}
	}
	gilgit := lib(0, "عوامی کتب خانہ، گلگت", "Gilgit Public Library", "PK-GLT")
	skardu, chitral := lib(1, "سکردو", "Skardu", "PK-SKD"), lib(2, "چترال", "Chitral", "PK-CTL")
	hunza, khaplu := lib(3, "ہنزہ", "Karimabad, Hunza", "PK-HNZ"), lib(4, "خپلو", "Khaplu", "PK-KHP")
	p := &Pretend{Clock: SampleTime, Lib: gilgit, Imports: model.ImportReport{Read: 3412, Added: 3380, Unchanged: 27, SetAside: 3, Mended: 41, Aside: sampleAside(), Mendings: sampleMendings(), Removed: 2, Gone: make([]model.Key, 2)},
		Asks: model.JoinRequest{Laptop: "Danyor branch", Words: []string{"chinar", "river", "lamp"}}}
	n := byte(0)
	title := func(t, who, pub, year, class, kind, tongue string, copies ...model.Copy) model.Title {
		n++
		s := model.Summary{ID: model.ID{2, n}, Title: model.Text2{Text: t}, Authors: []model.Text2{{Text: who}}, Year: year,
			Publisher: model.Text2{Text: pub}, Place: model.Text2{Text: placeName(pub)}, Material: kind, Language: tongue}
		for i := range copies {
			copies[i].Item.ID = model.ID{3, n, byte(i)}
			copies[i].Item.Shelf.CallNo = class
			copies[i].Title = s
			s.Libraries = append(s.Libraries, copies[i].Library.ID)
		}
		return model.Title{Summary: s, Copies: copies, Form: model.BookForm{ID: s.ID, Title: s.Title, Author: s.Authors[0],
			Publisher: s.Publisher, Year: year, CallNo: class, Language: tongue}}
	}
	here := func(code, shelf string) model.Copy {
		return model.Copy{Library: gilgit, Item: model.Item{Identity: model.ItemIdentity{Barcode: code}, Shelf: model.ItemShelf{Location: shelf}}}
	}
	far := func(l model.Library, s model.Status, due, age int) model.Copy {
		c := model.Copy{Library: l, Status: s, News: day(-age)}
		if due != 0 {
			c.Due = day(due)
		}
		return c
	}
	p.Titles = []model.Title{
		title("ہمارے کتب خانے", "عبدالحمید قریشی", "اردو اکیڈمی سندھ، کراچی", "1961", "027.0549 قری", "book", "urd",
			here("GLT-003112", "الماری 4"), here("GLT-003113", "الماری 4"), here("GLT-003114", "الماری 4"), far(skardu, model.StatusAvailable, 0, 3),
			far(chitral, model.StatusOnLoan, 8, 9), far(khaplu, model.StatusOnLoan, -4, 3)),
		title("اسلامی کتب خانے", "الحاج محمد زبیر", "دہلی", "1961", "027.1 زبی", "book", "urd", here("GLT-003220", "الماری 4"), far(chitral, model.StatusAvailable, 0, 9)),
		title("فہرستِ کتبِ خطی", "", "", "1890", "", "manuscript", "urd", far(hunza, model.StatusAvailable, 0, 1)),
		title("کتب خانوں کی تاریخ", "رشید احمد عباسی", "کراچی", "1978", "027 عبا", "book", "urd", here("GLT-003301", "الماری 4"), far(skardu, model.StatusOnLoan, 3, 3)),
		title("کتب خانہ اور قاری", "ثریا بیگم", "لاہور", "1987", "025.5 ثری", "book", "urd", far(skardu, model.StatusInTransit, 0, 3)),
		title("بانگِ درا", "علامہ محمد اقبال", "شیخ غلام علی، لاہور", "1924", "891.4391 ا ق ب ب", "book", "urd", here("GLT-004213", "الماری 11")),
		title("آگ کا دریا", "قرۃ العین حیدر", "مکتبہ جدید، لاہور", "1959", "891.4393 قرۃ", "book", "urd", here("GLT-002871", "الماری 12")),
		title("دیوانِ غالب", "اسد اللہ خاں غالب", "لاہور", "1958", "891.4391 غال", "book", "urd", here("GLT-001117", "الماری 11")),
		title("The Wandering Falcon", "Jamil Ahmad", "Penguin, New Delhi", "2011", "823.92 AHM", "book", "eng", here("GLT-003871", "Shelf 20")),
		title("اداس نسلیں", "عبداللہ حسین", "لاہور", "1963", "891.4393 حسی", "book", "urd", here("GLT-001904", "الماری 12")),
		title("Ice-Candy Man", "Bapsi Sidhwa", "Heinemann, London", "1988", "823.91 SID", "book", "eng", here("GLT-002190", "Shelf 20"), far(skardu, model.StatusAvailable, 0, 3)),
		title("راجہ گدھ", "بانو قدسیہ", "سنگِ میل، لاہور", "1981", "891.4393 بان", "book", "urd", here("GLT-002402", "الماری 12")),
	}
	p.Titles[0].Summary.Pages = "312"
	p.Titles[0].Summary.Subjects = []model.Text2{{Text: "کتب خانے، تاریخ"}, {Text: "پاکستان"}}
	p.Titles[0].Copies[2].Status, p.Titles[0].Copies[2].Due = model.StatusOnLoan, day(10)
	p.Titles[1].Copies[0].Status, p.Titles[1].Copies[0].Due = model.StatusOnLoan, day(8)
	reader := func(i byte, ur, en, card, category string) model.PatronView {
		return model.PatronView{Patron: model.Patron{ID: model.ID{4, i}, Names: model.PatronNames{Names: model.Names{Urdu: ur, Roman: en}}, Class: model.PatronClass{Category: category}},
			Cards: []model.Card{{Number: card, State: model.CardActive}}, Category: category, Limit: 5}
	}
	p.Patrons = []model.PatronView{
		reader(1, "شاہدہ پروین", "Shahida Parveen", "GLT-1047", "teacher"),
		reader(2, "امجد علی شاہ", "Amjad Ali Shah", "GLT-0877", ""),
		reader(3, "زینب فاطمہ", "Zainab Fatima", "GLT-1102", "student"),
		reader(4, "کریم اللہ بیگ", "Karimullah Baig", "GLT-0412", ""),
		reader(5, "نثار حسین", "Nisar Hussain", "GLT-0933", "child"),
	}
	lent := func(who, what, out, due int) {
		v, t := &p.Patrons[who], &p.Titles[what]
		c := &t.Copies[0]
		c.Status, c.Due, c.Title = model.StatusOnLoan, day(due), t.Summary
		ref := model.PatronRef{ID: v.Patron.ID, Names: v.Patron.Names.Names, Card: v.Cards[0].Number}
		v.Loans = append(v.Loans, model.LoanView{ID: model.ID{5, byte(what)}, Copy: *c, Reader: ref, Out: day(out), Given: day(out), Due: c.Due})
	}
	lent(0, 6, -8, 6)
	lent(0, 7, -19, -5)
	lent(1, 9, -10, 4)
	lent(3, 11, -3, 11)
	p.Patrons[0].Patron.Privacy.KeepHistory = true
	p.Patrons[0].Patron.Names.Father, p.Patrons[0].Patron.Contact.Phone = "غلام محمد", "0355 4110 226"
	p.Past = samplePast(p, day)
	p.Patrons[3].Patron.Standing = model.PatronStanding{Blocked: true, Why: "دو کتابیں واپس نہیں آئیں"}
	p.Patrons[3].Blocked = true
	p.People = []model.Staff{{ID: model.ID{6, 1}, Names: model.Names{Urdu: "شبنم بانو", Roman: "Shabnam Bano"}}, {ID: model.ID{6, 2}, Names: model.Names{Urdu: "امجد علی", Roman: "Amjad Ali"}}}
	p.Kept = model.Settings{Language: "en", Staff: model.ID{6, 1}, Hijri: true}
	peer := func(l model.Library, age, waiting int, green bool) model.NetLibrary {
		r := model.NetReplica{Name: l.Names.Roman, LastHeard: day(-age), Waiting: waiting, Green: green, HeldTo: day(-age)}
		switch {
		case age == 9:
			r.By, r.HeldTo = "Gahkuch of Gahkuch", day(-age)
		case age == 3:
			r.By = model.ByStick
		case age < 3:
			r.By = model.ByNetwork
		}
		return model.NetLibrary{Library: l, Waiting: waiting, Replicas: []model.NetReplica{r}}
	}
	p.Net = model.Network{Library: gilgit, Waiting: 12, LastExchange: day(-3), LastWith: "Skardu", Libraries: []model.NetLibrary{
		{Library: gilgit, Replicas: []model.NetReplica{{Self: true, Name: "laptop 1"}}},
		peer(hunza, 0, 0, true), peer(skardu, 3, 12, false), peer(lib(5, "گاہکوچ", "Gahkuch", "PK-GHK"), 1, 3, false),
		peer(chitral, 9, 40, false), peer(khaplu, 3, 12, false), peer(lib(6, "استور", "Astore", "PK-AST"), 21, 118, false),
	}}
	p.Counted = sampleFigures(now, p.Net.Libraries)
	p.Policy = sampleRules(p.Clock())
	p.Cases = sampleCases(p, day)
	return p
}
