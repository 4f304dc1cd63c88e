package stick

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"

	"ishtirak/sync/change"
)

// A run's file is its body and, in the last 32 bytes, the SHA-256 of the body,
// so that anybody sees whether it is whole, also who may not open it. The body,
// encrypted by age or in the clear, is the line "ISHTIRAK RUN 1" and then the
// segments, each behind its length (four bytes, big-endian).
const (
	magicOfAny = "ISHTIRAK RUN "
	magic      = magicOfAny + "1\n"
	maxFile    = 8 << 20 // a run is closed at 1 MiB and a segment is at most one more
	enough     = 1 << 20 // from which size a run is not added to any more
)

// ErrDamaged says that a file on the stick is not what was put there.
var ErrDamaged = errors.New("the file is damaged")

// encodeRun gives a run's file.
func encodeRun(segments [][]byte, recipients []string) ([]byte, error) {
	var plain bytes.Buffer
	plain.WriteString(magic)
	for _, raw := range segments {
		plain.Write(binary.BigEndian.AppendUint32(nil, uint32(len(raw))))
		plain.Write(raw)
	}
	body := plain.Bytes()
	if len(recipients) > 0 {
		var to []age.Recipient
		for _, text := range recipients {
			r, err := age.ParseX25519Recipient(text)
			if err != nil {
				continue // a broken entry of one laptop must not keep the others from reading
			}
			to = append(to, r)
		}
		if len(to) == 0 {
			return nil, errors.New("nobody is entitled to read this")
		}
		var sealed bytes.Buffer
		w, err := age.Encrypt(&sealed, to...)
		if err != nil {
			return nil, fmt.Errorf("encrypting for the stick: %w", err)
		}
		if _, err := w.Write(body); err != nil {
			return nil, fmt.Errorf("encrypting for the stick: %w", err)
		}
		if err := w.Close(); err != nil {
			return nil, fmt.Errorf("encrypting for the stick: %w", err)
		}
		body = sealed.Bytes()
	}
	sum := sha256.Sum256(body)
	return append(body, sum[:]...), nil
}

// decodeRun gives the whole segments of a file, up to the first that is damaged,
// and then ErrDamaged. whole says that the checksum is right; errNotForUs, that
// none of the identities opens it.
func decodeRun(file []byte, encrypted bool, identities []age.Identity) (segments [][]byte, whole bool, err error) {
	body := file
	if len(file) >= sha256.Size {
		body = file[:len(file)-sha256.Size]
		sum := sha256.Sum256(body)
		whole = bytes.Equal(sum[:], file[len(body):])
	}
	if !whole {
		body = file // cut short: every byte may count
	}
	var in io.Reader = bytes.NewReader(body)
	if encrypted {
		if len(identities) == 0 {
			return nil, whole, errNotForUs
		}
		in, err = age.Decrypt(in, identities...)
		var nobody *age.NoIdentityMatchError
		switch {
		case errors.As(err, &nobody):
			return nil, whole, errNotForUs
		case err != nil:
			return nil, whole, fmt.Errorf("%w: its beginning, which says who may read it", ErrDamaged) // the error quotes bytes
		}
	}
	head := make([]byte, len(magic))
	_, err = io.ReadFull(in, head)
	if before, is := bytes.CutPrefix(head, []byte(magicOfAny)); is && string(head) != magic {
		return nil, whole, fmt.Errorf("%w: it is a run of version %q", change.ErrNewer, before)
	}
	if err != nil || string(head) != magic {
		return nil, whole, fmt.Errorf("%w: it does not begin as a run does", ErrDamaged)
	}
	for {
		var length [4]byte
		_, err := io.ReadFull(in, length[:])
		if errors.Is(err, io.EOF) && whole {
			return segments, true, nil
		}
		if err != nil {
			return segments, whole, fmt.Errorf("%w: it breaks off after %d segments", ErrDamaged, len(segments))
		}
		raw, err := change.ReadFrom(in, uint64(binary.BigEndian.Uint32(length[:])))
		if err != nil {
			return segments, whole, fmt.Errorf("%w: it is unreadable after %d whole segments", ErrDamaged, len(segments))
		}
		segments = append(segments, raw)
	}
}

var errNotForUs = errors.New("this file is for others")
