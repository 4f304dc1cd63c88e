package look

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os/exec"
	"runtime"
	"time"
)

// Sound is one of the answers that are heard: a key of tokens.json's sounds.
type Sound string

// The four sounds, told apart without looking.
const (
	SoundIssue  Sound = "issue"
	SoundReturn Sound = "return"
	SoundHold   Sound = "hold"
	SoundRefuse Sound = "refuse"
)

// Player plays sounds. Play returns at once; a laptop with no means to play
// one is silent, which is no fault at a desk.
type Player interface{ Play(Sound) }

// ErrNoSound is the tokens' not knowing a sound.
var ErrNoSound = errors.New("there is no such sound among the tokens of the look")

const rate = 22050

// WAV is a sound as a mono 16-bit wave file: soft sines with 8 ms of rise and
// fall. Volume is 0 to 1.
func WAV(s Sound, volume float64) ([]byte, error) {
	var notes []struct{ Hz, Ms float64 }
	raw, ok := tokens().Sound[string(s)]
	if !ok || s == "level" {
		return nil, fmt.Errorf("%w: %s", ErrNoSound, s)
	}
	if err := json.Unmarshal(raw, &notes); err != nil {
		return nil, fmt.Errorf("the sound %s cannot be read: %w", s, err)
	}
	var pcm []int16
	for _, n := range notes {
		count := int(n.Ms * rate / 1000)
		edge := float64(rate) * 0.008
		for i := range count {
			a := min(1, float64(i)/edge, float64(count-i)/edge)
			pcm = append(pcm, int16(a*volume*0.5*math.MaxInt16*math.Sin(2*math.Pi*n.Hz*float64(i)/rate)))
		}
	}
	var b bytes.Buffer
	size := uint32(2 * len(pcm))
	for _, v := range []any{[]byte("RIFF"), 36 + size, []byte("WAVEfmt "), uint32(16), uint16(1), uint16(1), uint32(rate), uint32(2 * rate), uint16(2), uint16(16), []byte("data"), size, pcm} {
		if err := binary.Write(&b, binary.LittleEndian, v); err != nil {
			return nil, fmt.Errorf("the sound %s cannot be made: %w", s, err)
		}
	}
	return b.Bytes(), nil
}

// systemPlayer plays through whatever program the system has. One sound at a
// time waits; more are dropped, because a sound that comes late lies.
type systemPlayer struct{ next chan Sound }

// NewPlayer makes a player that runs until ctx ends. Off and volume are asked
// for each sound, so that a setting is heard at once.
func NewPlayer(ctx context.Context, volume func() float64) Player {
	p := &systemPlayer{next: make(chan Sound, 1)}
	go p.run(ctx, volume)
	return p
}

// Play queues a sound, or drops it where one waits already.
func (p *systemPlayer) Play(s Sound) {
	select {
	case p.next <- s:
	default:
	}
}

func (p *systemPlayer) run(ctx context.Context, volume func() float64) {
	for {
		select {
		case <-ctx.Done():
			return
		case s := <-p.next:
			v := volume()
			if v <= 0 {
				continue
			}
			if wav, err := WAV(s, v); err == nil {
				playWAV(ctx, wav)
			}
		}
	}
}

// playWAV tries the players a system may have. What fails is passed over: the
// screen has said the same already.
func playWAV(ctx context.Context, wav []byte) {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	commands := [][]string{{"aplay", "-q", "-"}, {"paplay", "/dev/stdin"}, {"pw-play", "-"}}
	if runtime.GOOS == "windows" {
		commands = [][]string{{"powershell", "-NoProfile", "-Command", "$m=New-Object IO.MemoryStream;[Console]::OpenStandardInput().CopyTo($m);$m.Position=0;(New-Object Media.SoundPlayer $m).PlaySync()"}}
	}
	for _, c := range commands {
		path, err := exec.LookPath(c[0])
		if err != nil {
			continue
		}
		cmd := exec.CommandContext(ctx, path, c[1:]...)
		cmd.Stdin = bytes.NewReader(wav)
		if cmd.Run() == nil {
			return
		}
	}
}
