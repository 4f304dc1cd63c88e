package words

// Words of what a reader has and had, and of the slips a reader takes home.
const (
	HistoryTitle      Key = "history.title"
	HistoryCount      Key = "history.count"
	HistoryColTitle   Key = "history.col_title"
	HistoryColOut     Key = "history.col_out"
	HistoryColDue     Key = "history.col_due"
	HistoryColBack    Key = "history.col_back"
	HistoryPresumed   Key = "history.presumed"
	HistoryNoTitle    Key = "history.no_title"
	HistoryNone       Key = "history.none"
	HistoryNoneAbout  Key = "history.none_about"
	HistoryNothingOut Key = "history.nothing_out"
	HistoryNotKept    Key = "history.not_kept"
	ReadersHistory    Key = "readers.history"
	ReaderKeep        Key = "reader.keep"
	SlipPrint         Key = "slip.print"
	SlipDue           Key = "slip.due"
	SlipDuePrint      Key = "slip.due_print"
	SlipDueNone       Key = "slip.due_none"
	SlipDueNote       Key = "slip.due_note"
	SlipCopy          Key = "slip.copy"
	SlipSaved         Key = "slip.saved"
)
