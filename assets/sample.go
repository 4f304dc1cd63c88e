package assets

import "embed"

// Sample is the sample library, tab-separated tables with a header row each:
// sample/titles.tsv, sample/readers.tsv and sample/loans.tsv. The titles are
// real ones, with what is known of their first editions; the readers are invented.
//
//go:embed sample/*.tsv
var Sample embed.FS
