package change

import (
	"ishtirak/sync/clock"
)

func encodeSets(author Author, base clock.Stamp, sets []Set, ids []WriteID) ([]byte, error) {
	return nil, ErrFormat
}
func decodeSets(author Author, h *Header, body []byte) ([]Set, []WriteID, error) {
	return nil, nil, ErrFormat
}
func pack(body []byte) ([]byte, error)                { return nil, ErrFormat }
func unpack(body []byte, size uint64) ([]byte, error) { return nil, ErrFormat }
