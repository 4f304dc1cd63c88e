package model

import (
	"errors"
	"fmt"
	"strings"
)

// Kind numbers a kind of record. Numbers are final once released.
type Kind uint16

// The kinds. Those not in Kinds yet have their number and nothing else: a replica
// relays what it does not know, byte for byte.
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
	KindBrought     Kind = 19
)

// Scope says who receives records of a kind.
type Scope uint8

// The scopes.
const (
	ScopeAdmin     Scope = 1 // everybody; the roster's
	ScopeCatalogue Scope = 2 // everybody
	ScopeOwn       Scope = 3 // the owning library's laptops
	ScopeShared    Scope = 4 // libraries with an agreement
	ScopeILL       Scope = 5 // two parties
)

// RulesVersion goes up when a kind's rules judge a value otherwise than before.
const RulesVersion = 1

// GroupLife is the group that says a record is deleted; every editable kind has it,
// and its value is the replica's.
const GroupLife = "life"

// KindRule is what is known of a kind.
type KindRule struct {
	Kind   Kind
	Name   string // as it stands in words' keys and in files
	Scope  Scope
	Owned  bool // the record's key carries the owning library
	Roster bool // written and judged by the roster
	Groups []GroupRule
}

// GroupRule is what is known of a group of fields.
type GroupRule struct {
	Name  string             // or, with Many, the beginning of its name
	Many  bool               // one group for each of something: a MARC tag, an event, a day
	Quiet bool               // siblings that differ are no conflict
	Named func(string) error // with Many: judges the rest of the name
	Check func([]byte) error // judges a value
}

var kinds = []KindRule{
	{Kind: KindLibrary, Name: "library", Scope: ScopeAdmin, Roster: true},
	{Kind: KindReplica, Name: "replica", Scope: ScopeAdmin, Roster: true},
	{Kind: KindBiblio, Name: "biblio", Scope: ScopeCatalogue, Groups: biblioGroups},
	{Kind: KindItem, Name: "item", Scope: ScopeCatalogue, Owned: true, Groups: []GroupRule{
		{Name: "identity", Check: valid(checkIdentity)},
		{Name: "shelf", Check: valid[ItemShelf](nil)},
		{Name: "purchase", Check: valid[ItemPurchase](nil)},
		{Name: "circulation", Quiet: true, Check: valid[Circulation](nil)},
		{Name: "condition", Check: valid[ItemCondition](nil)},
	}},
	{Kind: KindBrought, Name: "brought", Scope: ScopeCatalogue, Owned: true, Groups: []GroupRule{
		{Name: groupBrought, Check: valid(checkBrought)},
	}},
	{Kind: KindPatron, Name: "patron", Scope: ScopeOwn, Owned: true, Groups: []GroupRule{
		{Name: "names", Check: valid(checkPatronNames)},
		{Name: "class", Check: valid[PatronClass](nil)},
		{Name: "standing", Check: valid[PatronStanding](nil)},
		{Name: "contact", Check: valid[PatronContact](nil)},
		{Name: "privacy", Check: valid[PatronPrivacy](nil)},
	}},
	{Kind: KindCard, Name: "card", Scope: ScopeOwn, Owned: true, Groups: []GroupRule{
		{Name: "card", Check: valid(checkCard)},
	}},
	{Kind: KindEvent, Name: "event", Scope: ScopeOwn, Owned: true, Groups: []GroupRule{
		{Name: eventOut, Check: valid(checkEvent)},
		{Name: eventMore, Many: true, Named: checkEventName, Check: valid(checkEvent)},
	}},
	{Kind: KindEventReader, Name: "reader", Scope: ScopeOwn, Owned: true, Groups: []GroupRule{
		{Name: "reader", Check: valid[eventReader](nil)},
	}},
	{Kind: KindStaff, Name: "staff", Scope: ScopeOwn, Owned: true, Groups: []GroupRule{
		{Name: "staff", Check: valid[staffValue](nil)},
	}},
	{Kind: KindPolicy, Name: "policy", Scope: ScopeOwn, Owned: true, Groups: []GroupRule{
		{Name: policyLine, Many: true, Check: valid(checkLine)},
	}},
	{Kind: KindClosed, Name: "closed", Scope: ScopeOwn, Owned: true, Groups: []GroupRule{
		{Name: closedEveryWeek, Check: valid[closedWeek](nil)},
		{Name: closedDay, Many: true, Named: checkDay, Check: valid[closedOn](nil)},
	}},
}

// Kinds is the one list of kinds.
func Kinds() []KindRule { return append([]KindRule(nil), kinds...) }

// KindOf finds a kind's rule; false for one this version does not know.
func KindOf(k Kind) (KindRule, bool) {
	for i := range kinds {
		if kinds[i].Kind == k {
			return kinds[i], true
		}
	}
	return KindRule{}, false
}

// Group finds a group's rule.
func (r KindRule) Group(name string) (GroupRule, bool) {
	for _, g := range r.Groups {
		if g.Name == name && !g.Many {
			return g, true
		}
		rest, found := strings.CutPrefix(name, g.Name)
		if g.Many && found && (g.Named == nil || g.Named(rest) == nil) {
			return g, true
		}
	}
	return GroupRule{}, false
}

// Knows reports whether this version knows what a group of a kind of record holds. One
// that it does not know is a later version's: kept and passed on, and nobody's to judge here.
func Knows(k Kind, group string) bool {
	r, ok := KindOf(k)
	if !ok || r.Roster || group == GroupLife {
		return ok
	}
	_, ok = r.Group(group)
	return ok
}

// Quiet reports whether differing siblings of the group are no conflict.
func Quiet(k Kind, group string) bool {
	r, ok := KindOf(k)
	if !ok {
		return false
	}
	g, ok := r.Group(group)
	return ok && g.Quiet
}

var errOwner = errors.New("the record's owner is not as its kind asks")

// Validate judges one write by its kind's rules. A kind or group that this version
// does not know passes: it may be a newer version's.
func Validate(key Key, group string, value []byte) error {
	r, ok := KindOf(key.Kind)
	if !ok || r.Roster {
		return nil
	}
	if r.Owned == key.Owner.IsZero() || key.ID.IsZero() {
		return fmt.Errorf("%w: %s: %w", ErrValue, r.Name, errOwner)
	}
	if group == GroupLife {
		return nil
	}
	g, ok := r.Group(group)
	if !ok || g.Check == nil {
		return nil
	}
	err := g.Check(value)
	if err == nil && key.Kind == KindBiblio && group == groupOrigin {
		if err = checkHash(key.ID, value); err != nil {
			err = fmt.Errorf("%w: %w", ErrValue, err)
		}
	}
	if err != nil {
		return fmt.Errorf("%s %s, group %q: %w", r.Name, key.ID, group, err)
	}
	return nil
}
