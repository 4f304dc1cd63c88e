package present

import "ishtirak/model"

// A card that is not known here must not leave the session of the reader before it open: the next scans are the books of
// whoever brought it. A code that nothing answers to may as well be a book's, so the desk goes by the forms of the numbers here,
// and where it cannot tell, the session ends. Until a card is known, or Esc says that none was meant, a book that is scanned is
// neither lent nor taken back.

// ruleWhose is the refusal of a book that was scanned in such a doubt.
const ruleWhose model.Rule = "whose"

// doubtful reports whether text, which nothing answered to, leaves a doubt about whose books come next.
func (d *Desk) doubtful(text string) bool {
	return d.doubted() || d.reader != nil && d.lib.MayBeCard(text)
}

// doubted reports whether there is such a doubt: while letters are typed there still is.
func (d *Desk) doubted() bool {
	if c := d.last.choice; c != nil && c.live {
		return d.before.doubt
	}
	return d.last.doubt
}

// close ends the session in a doubt, and tells whose it was.
func (d *Desk) close() model.Names {
	was := d.last.closed
	if c := d.last.choice; c != nil && c.live {
		was = d.before.closed
	}
	if d.reader != nil {
		was = d.reader.Patron.Names.Names
	}
	d.reader, d.marked = nil, model.ID{}
	return was
}

// whose refuses a book that was scanned in a doubt.
func (d *Desk) whose(c model.Copy) {
	d.happen(happening{closed: d.close(), doubt: true, copy: c.Item.ID,
		refusal: &model.Refusal{Rule: ruleWhose, About: model.About{Title: c.Title.Title}}})
}
