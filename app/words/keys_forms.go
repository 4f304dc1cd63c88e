package words

// Words of the fields of forms: what is asked about a value, and how one was understood.
const (
	IsbnLength Key = "isbn.length"
	IsbnNone   Key = "isbn.none"
	IsbnPrefix Key = "isbn.prefix"
	IsbnCheck  Key = "isbn.check"
	IsbnMend   Key = "isbn.mend"
	IsbnAnyway Key = "isbn.anyway"

	DateWritings   Key = "date.writings"
	DateUnderstood Key = "date.understood"

	CodeShort   Key = "code.short"
	CodeBecomes Key = "code.becomes"

	ImportCopies     Key = "import.copies"
	ImportMended     Key = "import.mended"
	ImportSee        Key = "import.see"
	ImportNoCopies   Key = "import.no_copies"
	ImportSomeCopies Key = "import.some_copies"
	ImportAtByte     Key = "import.at_byte"
	ImportAtRow      Key = "import.at_row"
	ImportMore       Key = "import.more"
	ImportKeep       Key = "import.keep"
	ImportWhyDamaged Key = "import.why_damaged"
	ImportWhyShort   Key = "import.why_short"
	ImportWhyLarge   Key = "import.why_large"
	ImportWhyLetters Key = "import.why_letters"
	ImportWhyDialect Key = "import.why_dialect"
	ImportWhyTitle   Key = "import.why_title"
	ImportWhyRow     Key = "import.why_row"
	ImportWhyZeros   Key = "import.why_zeros"
	ImportWhyISBN    Key = "import.why_isbn"
	ImportWhySheet   Key = "import.why_sheet"
	ImportWhyLeft    Key = "import.why_left"
	ImportWhyOther   Key = "import.why_other"

	PickHome    Key = "pick.home"
	PickHow     Key = "pick.how"
	PickHowSave Key = "pick.how_save"
	PickNothing Key = "pick.nothing"
	PickMissing Key = "pick.missing"
	PickUnread  Key = "pick.unread"
	PickOver    Key = "pick.over"
)
