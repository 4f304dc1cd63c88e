package roster

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"
)

// threeWords gives 48 bits of a fingerprint as three words of five letters
// that can be read aloud in Urdu as in English (the proquints of D. S.
// Wilkerson, arXiv:0901.4016): two people compare them across a table or over
// the telephone, and somebody in between would have to try 2^47 keys to match.
func threeWords(fingerprint []byte) string {
	const consonants, vowels = "bdfghjklmnprstvz", "aiou"
	sum := sha256.Sum256(append([]byte("ishtirak words v1\x00"), fingerprint...))
	var words [3]string
	for i := range words {
		v := binary.BigEndian.Uint16(sum[2*i:])
		words[i] = string([]byte{
			consonants[v>>12&15], vowels[v>>10&3],
			consonants[v>>6&15], vowels[v>>4&3],
			consonants[v&15],
		})
	}
	return strings.Join(words[:], " ")
}
