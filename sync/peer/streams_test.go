package peer

import (
	"testing"

	"ishtirak/sync/change"
)

// The laptops of one library together leave room for another's.
func TestStreamsOfOneLibrary(t *testing.T) {
	var s streams
	ours, theirs := [16]byte{1}, [16]byte{2}
	leave := map[byte]func(){}
	enter := func(author byte, library [16]byte) bool {
		_, done, is := s.begin(t.Context(), change.Author{author}, library, nil)
		if is {
			leave[author] = done
		}
		return is
	}
	for n := range 8 {
		author := byte(n/3 + 1) // three laptops, none of which has more than its own share
		if got, want := enter(author, ours), n < streamsOfLibrary; got != want {
			t.Errorf("stream %d of the library is let in: %v", n+1, got)
		}
	}
	if !enter(9, theirs) {
		t.Error("another library is kept out")
	}
	leave[1]()
	if !enter(3, ours) {
		t.Error("one has ended, and none is let in")
	}
}
