package change

import (
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// A packed body is a byte that says how, then the body.
const (
	plain  = 0
	zipped = 1
)

// Encoder and decoder are safe for concurrent use and cost megabytes to make:
// one of each, made when first needed. One worker, or bytes would depend on
// the machine.
var (
	zipper = sync.OnceValue(func() *zstd.Encoder {
		return must(zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false),
			zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithWindowSize(MaxSegment), zstd.WithZeroFrames(true)))
	})
	unzipper = sync.OnceValue(func() *zstd.Decoder {
		return must(zstd.NewReader(nil, zstd.WithDecoderConcurrency(2), zstd.WithDecoderMaxMemory(MaxBody),
			zstd.WithDecoderMaxWindow(MaxBody)))
	})
)

func pack(body []byte) ([]byte, error) {
	if len(body) > MaxBody {
		return nil, fmt.Errorf("sets of %d bytes: %w", len(body), ErrTooLarge)
	}
	out := zipper().EncodeAll(body, []byte{zipped})
	if len(out) > len(body) {
		out = append([]byte{plain}, body...)
	}
	return out, nil
}

// unpack undoes pack; the result has exactly size bytes, which limits has bounded.
func unpack(packed []byte, size uint64) ([]byte, error) {
	if len(packed) == 0 {
		return nil, fmt.Errorf("a segment without sets: %w", ErrFormat)
	}
	body := packed[1:]
	switch packed[0] {
	case plain:
	case zipped:
		var head zstd.Header
		if err := head.Decode(body); err != nil || head.HasFCS && head.FrameContentSize != size {
			return nil, fmt.Errorf("a segment's compression: %w", ErrFormat)
		}
		var err error
		if body, err = unzipper().DecodeAll(body, make([]byte, 0, size)); err != nil {
			return nil, fmt.Errorf("a segment's compression: %w: %w", ErrFormat, err)
		}
	default:
		return nil, fmt.Errorf("a segment's compression: %w", ErrNewer)
	}
	if uint64(len(body)) != size {
		return nil, fmt.Errorf("a segment's size: %w", ErrAltered)
	}
	return body, nil
}
