package replica

import (
	"bytes"
	"errors"
	"sync"

	iradix "github.com/hashicorp/go-immutable-radix"
)

// Memory is a store in memory that can lose what a disk would lose. It outlives
// the replica that is open on it, as a disk outlives a process: Crash it and
// open another. For tests and the simulation.
type Memory struct {
	mu     sync.Mutex
	root   *iradix.Tree // as the running process sees it
	synced *iradix.Tree // as it would be after a crash
	life   int          // processes that crashed so far
	failIn int          // updates until one fails; 0: none will
	torn   bool
	onSync func(*Memory)
}

// NewMemory is an empty store.
func NewMemory() *Memory {
	empty := iradix.New()
	return &Memory{root: empty, synced: empty}
}

// Crash kills the process: what was not synced is gone, and a replica that was
// open gets errors from here on.
func (m *Memory) Crash() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.root, m.life, m.failIn = m.synced, m.life+1, 0
}

// Clone is a copy of the disk, as a backup or a cloned laptop has it.
func (m *Memory) Clone() *Memory {
	m.mu.Lock()
	defer m.mu.Unlock()
	return &Memory{root: m.synced, synced: m.synced}
}

// FailIn makes the n-th update from now fail, and no other. If torn, it reached
// the process's memory but not the disk, as when a sync fails.
func (m *Memory) FailIn(n int, torn bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.failIn, m.torn = n, torn
}

// OnSync calls f with a clone of the disk after each update.
func (m *Memory) OnSync(f func(*Memory)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.onSync = f
}

var errInjected = errors.New("no space left on device (injected)")

type memoryStore struct {
	*Memory
	born int
}

func (m *Memory) open() *memoryStore {
	m.mu.Lock()
	defer m.mu.Unlock()
	return &memoryStore{Memory: m, born: m.life}
}

func (m *memoryStore) view(f func(getter) error) error {
	m.mu.Lock()
	root, dead := m.root, m.born != m.life
	m.mu.Unlock()
	if dead {
		return diskError("reading", errors.New("crashed"))
	}
	return f(memoryTxn{root.Txn()})
}

func (m *memoryStore) update(f func(putter) error) error {
	m.mu.Lock()
	root, dead := m.root, m.born != m.life
	m.mu.Unlock()
	if dead {
		return diskError("writing", errors.New("crashed"))
	}
	txn := root.Txn()
	if err := f(memoryTxn{txn}); err != nil {
		return err
	}
	return m.commit(txn.Commit())
}

func (m *memoryStore) commit(root *iradix.Tree) error {
	m.mu.Lock()
	fail := m.failIn == 1
	m.failIn = max(0, m.failIn-1)
	if m.born != m.life || fail && !m.torn {
		m.mu.Unlock()
		return diskError("writing", errInjected)
	}
	m.root = root
	if fail {
		m.mu.Unlock()
		return diskError("syncing", errInjected)
	}
	m.synced = root
	onSync := m.onSync
	m.mu.Unlock()
	if onSync != nil {
		onSync(m.Clone())
	}
	return nil
}

func (m *memoryStore) close() error { return nil }

type memoryTxn struct{ *iradix.Txn }

func (t memoryTxn) get(key []byte) ([]byte, error) {
	v, ok := t.Get(key)
	if !ok {
		return nil, nil
	}
	return v.([]byte), nil
}

func (t memoryTxn) set(key, value []byte) error {
	t.Insert(key, value)
	return nil
}

func (t memoryTxn) remove(key []byte) error {
	t.Delete(key)
	return nil
}

func (t memoryTxn) scan(prefix, from []byte, f func(key, value []byte) (bool, error)) error {
	it := t.Root().Iterator()
	if bytes.Compare(from, prefix) > 0 {
		it.SeekLowerBound(from)
	} else {
		it.SeekPrefix(prefix)
	}
	for key, v, ok := it.Next(); ok && bytes.HasPrefix(key, prefix); key, v, ok = it.Next() {
		if more, err := f(key, v.([]byte)); err != nil || !more {
			return err
		}
	}
	return nil
}
