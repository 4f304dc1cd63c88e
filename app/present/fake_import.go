package present

import "ishtirak/model"

// sampleAside is what the import of the pictures sets aside, sampleMendings what it puts right.
func sampleAside() []model.Aside {
	return []model.Aside{
		{File: "register.mrc", Offset: 120417, Number: 212, Reason: "the record is cut short: it stops in the middle of a field"},
		{File: "register.mrc", Offset: 884201, Number: 1630, Reason: "the record is damaged: its directory names a field \"2\\x1e5\""},
		{File: "register.mrc", Offset: 1204410, Number: 2201, Reason: "the character set cannot be told: it is in UTF-8 but for 2 byte(s), the first of them 0xe9. Export the record again from where it came"},
	}
}

func sampleMendings() []model.Aside {
	return []model.Aside{
		{File: "register.mrc", Row: 12, Number: 11, Reason: "the ISBN 0306406152 had lost its leading zeros"},
		{File: "register.mrc", Row: 40, Number: 39, Reason: "the ISBN \"9.78E+12\" lost its digits in a spreadsheet and was left out"},
	}
}
