package model

// Kind numbers a kind of record. Numbers are final once released.
type Kind uint16

// The kinds.
const (
	KindLibrary     Kind = 1
	KindReplica     Kind = 2
	KindBiblio      Kind = 3
	KindItem        Kind = 4
	KindPatron      Kind = 5
	KindCard        Kind = 6
	KindEvent       Kind = 7
	KindEventReader Kind = 8
	KindHold        Kind = 9
	KindStaff       Kind = 10
	KindPolicy      Kind = 11
	KindClosed      Kind = 12
	KindCluster     Kind = 13
	KindPartnerCard Kind = 14
	KindRequest     Kind = 15
	KindAgreement   Kind = 16
	KindProposal    Kind = 17
	KindDigital     Kind = 18
)
