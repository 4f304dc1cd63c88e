package model

// ImportReport counts what an import did. Records set aside are not a failure.
type ImportReport struct {
	Read      int     `json:"read"`
	Added     int     `json:"added"`
	Unchanged int     `json:"unchanged"`
	SetAside  int     `json:"set_aside"`
	Copies    int     `json:"copies"`            // added
	Removed   int     `json:"removed,omitempty"` // titles and copies that somebody took out of the catalogue: they stay out
	Mended    int     `json:"mended,omitempty"`  // taken in, with something in them put right or left out
	Aside     []Aside `json:"-"`                 // the first thousand
	Mendings  []Aside `json:"-"`                 // the first hundred
	Gone      []Key   `json:"-"`                 // the first thousand of those removed, for BringBack

	// Columns are those of a spreadsheet of which nothing was taken in, by their names.
	Columns []string `json:"columns_left_out,omitempty"`
}

// Add counts another file's import too.
func (r *ImportReport) Add(o ImportReport) {
	r.Read += o.Read
	r.Added += o.Added
	r.Unchanged += o.Unchanged
	r.SetAside += o.SetAside
	r.Copies += o.Copies
	r.Removed += o.Removed
	r.Mended += o.Mended
	r.Aside = append(r.Aside, o.Aside...)
	r.Mendings = append(r.Mendings, o.Mendings...)
	r.Gone = append(r.Gone, o.Gone...)
	r.Columns = append(r.Columns, o.Columns...)
}

// Unreadable is the error of a file of which nothing was taken in, where it is known
// what it is.
type Unreadable struct {
	Is    FileKind
	Names []string // that its columns have, of a list
	Err   error
}

// FileKind is what a file is that cannot be brought in, told apart by what a person can
// do about it.
type FileKind string

// The kinds of file that nothing is taken from.
const (
	FileWorkbook FileKind = "workbook" // a spreadsheet program's own
	FilePacked   FileKind = "packed"   // an archive
	FilePeople   FileKind = "people"   // a list of readers
	FileLetters  FileKind = "letters"  // a list whose letters were lost
	FileNoTitle  FileKind = "no-title" // a list without a column of titles
)

// Error is that of the cause.
func (u *Unreadable) Error() string { return u.Err.Error() }

// Unwrap is the cause.
func (u *Unreadable) Unwrap() error { return u.Err }

// ExportAs says how records are written to a file.
type ExportAs struct {
	Format    string // "marc", "marcxml" or "csv"
	Holdings  string // "852" or "952": MARC records tell of this library's copies so; "": not
	Originals bool   // of "marc": what came in as MARC-8, or with wrong lengths, goes out so if nobody edited it
}

// Aside is a record that could not be read, and why; among Mendings, one that could,
// and what was done to it.
type Aside struct {
	File   string
	Offset int64 // bytes from the file's start; 0 in a spreadsheet
	Number int   // 1 for the file's first record
	Row    int   // of a spreadsheet, as it counts them; 0 in a file of records
	Reason string
}
