package intact

import "fmt"

// Fault is what the disk did, or lacks: the error under which a store's owner
// tells of it.
type Fault string

func (f Fault) Error() string { return string(f) }

// Disk tells who words errors, and knows no stores, that it is the disk's.
func (Fault) Disk() bool { return true }

// Room says whether a disk has as many bytes as something may take: Badger maps
// its files into memory, and a write that finds no room there ends the program.
// free says how many there are; nil: not asked.
func Room(free func() (uint64, error), need uint64) error {
	if free == nil {
		return nil
	}
	n, err := free()
	if err == nil && n < need {
		err = fmt.Errorf("only %d MB are free, and %d are needed", n>>20, need>>20)
	}
	return err
}
