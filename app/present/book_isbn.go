package present

import (
	"ishtirak/app/words"
	"ishtirak/model"
)

// doubtISBN is what is asked about an ISBN that cannot be one; nil for nothing. One that stood so in the record is not asked
// about again: whoever corrects a title has not typed it.
func doubtISBN(was, now string) *doubt {
	if now == "" || now == was {
		return nil
	}
	j := model.JudgeISBN(now)
	if j.Doubt == model.ISBNFine {
		return nil
	}
	return &doubt{field: "isbn", value: now, mend: j.Mended, mendKey: words.IsbnMend, anyway: words.IsbnAnyway,
		says: func(w *words.Words) string {
			switch {
			case j.Doubt == model.ISBNCheck:
				return w.Say(words.IsbnCheck, "last", j.Last, "wants", j.Wants)
			case j.Doubt == model.ISBNPrefix:
				return w.Say(words.IsbnPrefix)
			case j.Digits == 0:
				return w.Say(words.IsbnNone)
			}
			return w.Say(words.IsbnLength, "n", j.Digits)
		}}
}
