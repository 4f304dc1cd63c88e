package stick

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

// Names FAT32 can bear: letters, digits and '-', told apart without case, whole
// paths under 250 letters.
//
//	ISHTIRAK/<federation: 32 hex>/<scope>/<log: 32 hex>-<first>-<last>-<header: 64 hex>.run
//	                              own-<32 hex>/…-<recipients: 8 hex>.age
//
// The header is the hash of the last segment's, so a name says which branch of
// a log ends there and whether it is known here already.
const (
	rootDir  = "ISHTIRAK"
	ackDir   = "acks"
	readme   = "README.txt"
	tempMark = "tmp-"
)

func runName() *regexp.Regexp {
	return regexp.MustCompile(`^([0-9a-f]{32})-([1-9][0-9]{0,18})-([1-9][0-9]{0,18})-([0-9a-f]{64})(?:-([0-9a-f]{8})\.age|\.run)$`)
}

// run is a file's name, read.
type run struct {
	log         clock.LogID
	first, last uint64
	header      clock.Hash
	recipients  string // "": in the clear
}

func (r run) name() string {
	name := fmt.Sprintf("%x-%d-%d-%x", r.log[:], r.first, r.last, r.header[:])
	if r.recipients != "" {
		return name + "-" + r.recipients + ".age"
	}
	return name + ".run"
}

func parseRun(pattern *regexp.Regexp, name string) (r run, is bool) {
	m := pattern.FindStringSubmatch(strings.ToLower(name))
	if m == nil {
		return r, false
	}
	// The pattern leaves hex that decodes and numbers that may overflow.
	_, _ = hex.Decode(r.log[:], []byte(m[1]))
	_, _ = hex.Decode(r.header[:], []byte(m[4]))
	var err1, err2 error
	r.first, err1 = strconv.ParseUint(m[2], 10, 63)
	r.last, err2 = strconv.ParseUint(m[3], 10, 63)
	r.recipients = m[5]
	return r, err1 == nil && err2 == nil && r.first <= r.last
}

// folder is a scope's: its name with '-' for '/'.
func folder(scope change.Scope) string { return strings.ReplaceAll(string(scope), "/", "-") }

// recipientsHash names a set of age recipients.
func recipientsHash(recipients []string) string {
	if len(recipients) == 0 {
		return ""
	}
	sum := sha256.Sum256([]byte(strings.Join(recipients, "\n")))
	return hex.EncodeToString(sum[:4])
}
