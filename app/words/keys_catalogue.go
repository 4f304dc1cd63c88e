package words

// Words of the list of titles, its orders and filters, and of a copy on its way to the desk.
const (
	CatalogueNote        Key = "catalogue.note"
	CatalogueInstead     Key = "catalogue.instead"
	CatalogueTitles      Key = "catalogue.titles"
	CatalogueSort        Key = "catalogue.sort"
	CatalogueByRelevance Key = "catalogue.by_relevance"
	CatalogueByTitle     Key = "catalogue.by_title"
	CatalogueByAuthor    Key = "catalogue.by_author"
	CatalogueByYear      Key = "catalogue.by_year"
	CatalogueByNewest    Key = "catalogue.by_newest"
	CatalogueYear        Key = "catalogue.year"
	CatalogueAt          Key = "catalogue.at"
	CatalogueAtN         Key = "catalogue.at_n"
	CatalogueMorePlaces  Key = "catalogue.more_places"
	CatalogueLend        Key = "catalogue.lend"
	CatalogueOwnCopies   Key = "catalogue.own_copies"
	FacetAvailability    Key = "facet.availability"
	FacetHereNow         Key = "facet.here_now"
	FacetAnywhere        Key = "facet.anywhere"
	DeskHeld             Key = "desk.held"
	DeskHeldScan         Key = "desk.held_scan"
	DeskHeldAbout        Key = "desk.held_about"
)
