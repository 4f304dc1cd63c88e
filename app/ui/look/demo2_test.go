package look

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ishtirak/app/ui/rtl"
)

func TestPictureKit(t *testing.T) {
	for _, c := range []struct {
		name string
		opt  Options
		w, h float32
	}{{"kit-en", Options{}, 1100, 1020}, {"kit-ur", Options{Dir: rtl.RTL}, 1100, 1020}, {"kit-ur-150-dark", Options{Dir: rtl.RTL, Dark: true, Scale: 1.5}, 1650, 1530}} {
		shoot(t, c.name, New(c.opt), c.w, c.h, func() fyne.CanvasObject { return kit(c.opt.Dir == rtl.RTL) })
	}
}

func kit(ur bool) fyne.CanvasObject {
	say := func(en, u string) string {
		if ur {
			return u
		}
		return en
	}
	b := func(k Kind, en, u, icon, key string) *Button { return NewButton(say(en, u), icon, key, k, nil) }
	focused := b(Primary, "Issue", "جاری کریں", "issue", "Enter")
	focused.focused = true
	off := b(Secondary, "Undo", "کالعدم", "undo", "Ctrl+Z")
	off.Disable()
	buttons := Row(14, Fixed(200, 0, focused), b(Secondary, "Hold", "محفوظ کریں", "hold-place", ""), off, b(Quiet, "All of today", "سب دیکھیں", "", "Ctrl+H"))
	states := Row(16)
	for _, s := range []State{Available, OnLoan, OnHold, InTransit, IsOverdue, Missing} {
		states.Add(NewStateMark(s, say("state", "حالت"), BodyStrong))
	}
	covers := Row(16)
	covers.Add(NewCover("1", say("The Wandering Falcon", "بانگِ درا"), say("Jamil Ahmad", "علامہ محمد اقبال"), "", ActCover))
	covers.Add(NewCover("7", "ہمارے کتب خانے", "عبدالحمید قریشی", "", RecordCover))
	covers.Add(NewCover("3", "دیوانِ غالب", "", "", RowCover))
	covers.Add(NewCover("4", "The Wandering Falcon", "", "", RowCover))
	covers.Add(NewCover("5", "آگ کا دریا", "", "", ListCover))
	covers.Add(NewCover("6", "x", "", "type-manuscript", ListCover))
	covers.Add(NewTile(say("Shahida", "شاہدہ پروین"), "", 64, 78, AccentSoft, Accent))
	covers.Add(NewTile("", "place-network", 60, 68, Accent, AccentInk))
	rail := Column(2)
	for i, p := range [][3]string{{"Desk", "ڈیسک", "place-desk"}, {"Catalogue", "فہرستِ کتب", "place-catalogue"}, {"Requests", "درخواستیں", "place-requests"}} {
		r := NewRailItem(say(p[0], p[1]), p[2], "F"+string(rune('2'+i)), nil)
		r.SetSelected(i == 1)
		if i == 2 {
			r.SetBadge("2")
		}
		rail.Add(r)
	}
	box := NewBox(say("Scan a card or a book, or type three letters of a title", "کارڈ یا کتاب اسکین کریں، یا عنوان کے تین حروف لکھیں"), [2]string{"English", "اردو"})
	box2 := NewBox("", [2]string{"English", "اردو"})
	box2.Entry.SetText("کتب خانہ Iqbal 12")
	box2.Entry.Select(4, 11)
	box2.SetIcon("search")
	box2.SetNote(say("14 results", "14 نتیجے"))
	box2.Entry.FocusGained()
	pr := NewProgress()
	pr.Set(1284, 3410)
	f1 := rtl.NewEntry()
	f1.SetText("علامہ محمد اقبال")
	field := NewField(say("Author", "مصنف"), "", f1)
	f2 := NewField(say("Card", "کارڈ"), "", rtl.NewEntry())
	f2.SetError(say("This card is another reader's. Take a new one.", "یہ کارڈ کسی اور قاری کا ہے۔ نیا کارڈ لیں۔"))
	multi := rtl.NewMultiLine()
	multi.SetText("ایک لمبا نوٹ جو کئی سطروں میں لکھا جاتا ہے (see Iqbal 1938) اور یہاں ٹوٹتا ہے۔\nSecond line")
	item := NewItem(72, Pad(0, 16, 0, 16, Row(12, NewCover("3", "دیوانِ غالب", "", "", 32), Grow(Label("دیوانِ غالب", RowTitle, Ink)), Label(say("28 July", "28 جولائی"), BodyStrong, Ink))), func() {})
	item.SetSelected(true)
	check1 := NewCheck(say("Here now", "ابھی یہاں"), "", "6", false, nil)
	check2 := NewCheck(say("Anywhere", "کہیں بھی"), "type-book", "14", true, nil)
	seg := NewSegments([]string{"English", "اردو"}, 1, nil)
	stock := container.NewHBox(widget.NewButton(rtl.Display("اقبال: Iqbal (2nd ed.)"), nil), widget.NewLabel(rtl.Display("قیمت 500 روپے (نیا)")), layout.NewSpacer())
	left := Column(12, buttons, states, covers, item, Columns(16, []float32{1, 1}, field, f2), Columns(16, []float32{1, 1}, multi, Column(8, check1, check2, NewRadio(say("First", "پہلے"), true, nil))), pr, NewMeter(3, 5),
		Row(10, NewChip(say("History", "تاریخ"), "", func() {}), NewChip(say("no library yet", "ابھی کوئی نہیں"), "add", func() {}), seg), stock)
	side := NewCard(0, NewEmpty("type-book", Paragraph(say("No books yet. Bring in a list, or begin with one book.", "ابھی کوئی کتاب نہیں۔ فہرست لائیں، یا ایک کتاب سے آغاز کریں۔"), SectionLight, InkMuted), b(Primary, "Add a book", "کتاب شامل کریں", "add", "")))
	toast := NewToast(say("Hold placed for Shahida Parveen", "شاہدہ پروین کے لیے محفوظ"), say("Undo", "کالعدم"), "Ctrl+Z", func() {}, func() {})
	return Inset(16, Border(12, Columns(12, []float32{1, 1}, box, box2), toast, nil, Fixed(260, 0, Border(16, rail, nil, nil, nil, side)), left))
}
