package look

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ishtirak/app/ui/rtl"
)

// A title of any length ends above the rule over the author, whole words where they fit, and one that does not fit is cut.
func TestALongTitleStaysAboveTheAuthor(t *testing.T) {
	in(t, Options{Dir: rtl.RTL})
	for _, width := range []float32{RecordCover, ActCover, 80} {
		for _, title := range []string{
			"ہمارے کتب خانے", "خدا کی بستی اور اس کے بعد کے دنوں کی ایک بہت لمبی کہانی جو ختم نہیں ہوتی",
			"Internationalization and its Discontents", "The Wandering Falcon and the many other tales of the border that were told to me",
			strings.Repeat("قسطنطنیہ", 12), strings.Repeat("a", 10_000),
		} {
			c := NewCover("x", title, "عبدالحمید قریشی", "", width)
			p := c.CreateRenderer().(*parts)
			p.Layout(fyne.NewSize(width, width*1.45))
			var texts []*rtl.Text
			for _, o := range p.objects {
				if x, ok := o.(*rtl.Text); ok {
					texts = append(texts, x)
				}
			}
			if len(texts) != 2 {
				t.Fatalf("%d texts", len(texts))
			}
			head := texts[0]
			if end, foot := head.Position().Y+head.MinSize().Height, texts[1].Position().Y; end > foot || head.Position().Y < 0 {
				t.Errorf("%.0f wide, %.20q: the title ends at %.1f, the author begins at %.1f", width, title, end, foot)
			}
			for _, line := range rtl.Set(title, head.Style, rtl.RTL, head.Size().Width, head.MaxLines) {
				if cut := strings.ContainsRune(string(line.Runes), '…'); cut && len([]rune(title)) < 40 && width > 80 {
					t.Errorf("%.20q is cut for no need", title)
				}
			}
		}
	}
}
