package sim

import (
	"fmt"
	"time"

	"ishtirak/sync/change"
)

// Run plays a random history and judges what comes of it. The error carries the
// seed and the history.
func Run(seed uint64) (err error) {
	w := NewWorld(seed)
	defer func() {
		if err != nil {
			err = fmt.Errorf("seed %d: %w\n%s", seed, err, w.story())
		}
	}()
	count := 3 + w.rand.IntN(4)
	for i := range count {
		lib := Library(1 + i%2)
		n, err := w.Add(string(rune('a'+i)), lib)
		if err != nil {
			return err
		}
		if w.rand.IntN(4) == 0 {
			n.skew = w.years()
		}
	}
	if w.rand.IntN(4) == 0 {
		if err := w.nodes[w.rand.IntN(count)].Forge(); err != nil {
			return err
		}
	}
	w.NewStick()
	for range 20 + w.rand.IntN(50) {
		w.now = w.now.Add(time.Duration(w.rand.IntN(3600)) * time.Second)
		if err := w.step(); err != nil {
			return err
		}
	}
	if err := w.Heal(); err != nil {
		return err
	}
	return w.Judge()
}

// story is the history, one line each.
func (w *World) story() string {
	var s string
	for i, line := range w.History {
		s += fmt.Sprintf("%4d %s\n", i, line)
	}
	return s
}

// years is a clock's error of up to 20 years either way.
func (w *World) years() time.Duration {
	return time.Duration(w.rand.IntN(40*365)-20*365) * 24 * time.Hour
}

func (w *World) step() error {
	n := w.nodes[w.rand.IntN(len(w.nodes))]
	other := w.nodes[w.rand.IntN(len(w.nodes))]
	switch dice := w.rand.IntN(100); {
	case dice < 40:
		return w.edit(n)
	case dice < 75:
		if n == other {
			return w.edit(n)
		}
		return w.Exchange(n, other, w.faults())
	case dice < 83:
		keep := -1
		if w.rand.IntN(3) == 0 {
			keep = w.rand.IntN(3)
		}
		return w.sticks[0].Visit(n, keep)
	case dice < 85:
		if stick := w.sticks[0]; len(stick.on) > 0 {
			stick.Lose(w.rand.IntN(len(stick.on)))
		}
		return nil
	case dice < 90:
		return n.Crash()
	case dice < 93:
		n.Snapshot()
		return nil
	case dice < 95:
		return n.Restore()
	case dice < 96:
		if len(w.nodes) >= 8 || n.thief {
			return nil
		}
		_, err := n.Clone(n.Name + "'")
		return err
	case dice < 98:
		n.skew = w.years()
		return nil
	}
	return w.perhapsRevoke(n, other)
}

// perhapsRevoke makes n a thief in one history of some; enough stay honest.
func (w *World) perhapsRevoke(n, by *Node) error {
	if n.thief || by.thief || n.author() == by.author() || n.lib != by.lib || w.rand.IntN(2) == 0 {
		return nil
	}
	return w.Revoke(n, by)
}

func (w *World) faults() Faults {
	f := Faults{Twice: w.rand.IntN(8) == 0, Shuffle: w.rand.IntN(8) == 0, OneWay: w.rand.IntN(6) == 0}
	if w.rand.IntN(4) == 0 {
		f.Cut = 1 + w.rand.IntN(4)
	}
	return f
}

// edit does what a person does to a record: opens, saves, saves again later,
// sorts out, deletes.
func (w *World) edit(n *Node) error {
	lib := Library(0)
	if w.rand.IntN(3) == 0 {
		lib = n.lib
	}
	k := Key(fmt.Sprint("record ", w.rand.IntN(4)), lib)
	if w.rand.IntN(4) == 0 {
		lib = n.lib
		if n.court.forger {
			lib = Library(1 + w.rand.IntN(2))
		}
		k = CopyKey(fmt.Sprint("copy ", w.rand.IntN(2)), lib)
	}
	group := []string{"title", "author"}[w.rand.IntN(2)]
	value := fmt.Sprint(w.rand.IntN(1000))
	if w.rand.IntN(5) == 0 {
		value = "the same"
	}
	name := fmt.Sprint("form ", w.rand.IntN(2))
	switch dice := w.rand.IntN(10); {
	case dice < 3: // opens a form and leaves it open
		f, err := n.Open(k, group)
		n.forms[name] = f
		return err
	case dice < 6: // saves what was opened a while ago
		if f := n.forms[name]; f != nil {
			return f.Save(value)
		}
	case dice == 6:
		f, err := n.OpenAll(k, group)
		if err != nil || len(f.displayed) == 0 {
			return err
		}
		return f.Save(value)
	case dice == 7 && w.rand.IntN(2) == 0:
		return n.Delete(k)
	}
	f, err := n.Open(k, group)
	if err != nil {
		return err
	}
	return f.Save(value)
}

var _ change.Store = (*Node)(nil)
