package present

import (
	"context"
	"errors"
	"net"
	"strings"

	"ishtirak/app/words"
	"ishtirak/model"
)

// Fault is work that did not go through: what happened, and what is safe and to do.
type Fault struct {
	Head string
	Safe string
}

// Cause is why an exchange did not go through, told apart by what a person can do about it.
type Cause string

// The causes. The zero value is one that nothing more is known of.
const (
	CauseSilent   Cause = "silent"     // nobody answers
	CauseOther    Cause = "other"      // something else answers
	CauseStranger Cause = "stranger"   // one of the two is not a member
	CauseRevoked  Cause = "revoked"    // this laptop is no member any more
	CauseNewer    Cause = "newer"      // the other side's program is newer
	CauseAltered  Cause = "altered"    // what came is not what its author signed
	CauseCut      Cause = "cut"        // the connection broke
	CauseBusy     Cause = "busy"       // later
	CauseNoStick  Cause = "no-stick"   // the folder is no stick
	CauseFull     Cause = "full"       // the stick takes no more
	CauseInTheWay Cause = "in-the-way" // something that is not ours stands on the stick
	CauseNothing  Cause = "nothing"    // nothing of the library that is to be brought back is there
)

// Why is the cause of an error, and the step of an exchange at which it happened: "name", "port", "tls", "member", "compare",
// "exchange", or "".
type Why struct {
	Cause Cause
	Step  string
}

// Explainer tells why an exchange failed. The errors are those of packages that screens do not know.
type Explainer interface{ Explain(err error) Why }

// failing names the work that failed, as far as it changes what a person should do.
type failing int

const (
	failedAct failing = iota
	failedFile
	failedStick
	failedPeer
	failedRequest
	failedAdmission
	failedSheet
)

// fault words an error. The error's own text is for logs and never shown.
func fault(w *words.Words, work failing, err error) Fault {
	head, safe := words.FaultHead, words.FaultSafe
	var network net.Error
	var file *model.Unreadable
	switch {
	case IsDisk(err):
		head, safe = words.FaultDisk, words.FaultDiskSafe
	case errors.Is(err, context.Canceled):
		head, safe = words.FaultStopped, words.FaultStoppedSafe
	case work == failedFile && errors.As(err, &file):
		return unreadable(w, file)
	case work == failedFile:
		head, safe = words.FaultFile, words.FaultFileSafe
	case work == failedStick:
		head, safe = words.FaultStick, words.FaultStickSafe
	case work == failedPeer && errors.As(err, &network):
		head, safe = words.FaultReach, words.FaultReachSafe
	case work == failedPeer:
		head, safe = words.FaultCut, words.FaultCutSafe
	case work == failedRequest:
		head, safe = words.FaultRequest, words.FaultRequestSafe
	case work == failedAdmission:
		head, safe = words.FaultAdmission, words.FaultAdmissionSafe
	case work == failedSheet:
		head, safe = words.FaultSheet, words.FaultSheetSafe
	}
	return Fault{Head: w.Say(head), Safe: w.Say(safe)}
}

// IsDisk reports whether this laptop's own disk is full, or fails. The packages that
// keep data on it say so by a method, for screens do not know them.
func IsDisk(err error) bool {
	var is interface{ Disk() bool }
	return errors.As(err, &is) && is.Disk()
}

// unreadable words what a file is that nothing was taken from.
func unreadable(w *words.Words, u *model.Unreadable) Fault {
	head, safe := words.FaultFile, words.FaultFileSafe
	switch u.Is {
	case model.FileWorkbook:
		head, safe = words.FaultWorkbook, words.FaultWorkbookSafe
	case model.FilePacked:
		head, safe = words.FaultPacked, words.FaultPackedSafe
	case model.FilePeople:
		head, safe = words.FaultPeople, words.FaultPeopleSafe
	case model.FileLetters:
		head, safe = words.FaultLetters, words.FaultLettersSafe
	case model.FileNoTitle:
		head, safe = words.FaultNoTitle, words.FaultNoTitleSafe
	}
	return Fault{Head: w.Say(head), Safe: w.Say(safe, "columns", columns(w, u.Names), "place", words.PlaceReaders)}
}

// columns names those of a list that have a name: the first of them, and how many more there are.
func columns(w *words.Words, names []string) string {
	const most = 12
	var named []string
	more := 0
	for _, n := range names {
		switch n = strings.TrimSpace(n); {
		case n == "":
		case len(named) < most:
			named = append(named, n)
		default:
			more++
		}
	}
	if more > 0 {
		named = append(named, w.Say(words.ImportMore, "n", more))
	}
	if w.RightToLeft() {
		return w.Join("، ", named...)
	}
	return w.Join(", ", named...)
}

// because words an error of an exchange by its cause, and says at which step it stopped.
func because(w *words.Words, work failing, err error, why Why) Fault {
	f := fault(w, work, err)
	if errors.Is(err, context.Canceled) || IsDisk(err) {
		return f
	}
	said := map[Cause][2]words.Key{
		CauseSilent:   {words.FaultReach, words.FaultReachSafe},
		CauseOther:    {words.FaultOtherProgram, words.FaultOtherProgramSafe},
		CauseStranger: {words.FaultStranger, words.FaultStrangerSafe},
		CauseRevoked:  {words.FaultRevoked, words.FaultRevokedSafe},
		CauseNewer:    {words.FaultNewer, words.FaultNewerSafe},
		CauseAltered:  {words.FaultAltered, words.FaultAlteredSafe},
		CauseCut:      {words.FaultCut, words.FaultCutSafe},
		CauseBusy:     {words.FaultBusy, words.FaultBusySafe},
		CauseNoStick:  {words.FaultNoStick, words.FaultNoStickSafe},
		CauseFull:     {words.FaultFull, words.FaultFullSafe},
		CauseInTheWay: {words.FaultInTheWay, words.FaultInTheWaySafe},
		CauseNothing:  {words.FaultNothing, words.FaultNothingSafe},
	}
	if k, ok := said[why.Cause]; ok {
		f = Fault{Head: w.Say(k[0]), Safe: w.Say(k[1])}
	}
	if k := words.Key("step." + why.Step); why.Step != "" && w.Has(k) {
		f.Safe += " " + w.Say(words.FaultStep, "step", k)
	}
	return f
}
