// Package unsynced tells tests what a power cut would take: killing a program proves nothing of that.
package unsynced

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
)

// KB is how much of the files that this program has mapped, and that are asked for by a line of smaps (proc(5)), which ends
// with the file's path, the kernel has not written to the disk yet. Where it does not tell, the test is skipped.
func KB(t testing.TB, of func(line string) bool) (kb int) {
	t.Helper()
	maps, err := os.Open("/proc/self/smaps")
	if err != nil {
		t.Skip(err)
	}
	defer func() { _ = maps.Close() }() // only read
	inside := false
	for lines := bufio.NewScanner(maps); lines.Scan(); {
		line := lines.Text()
		if fields := strings.Fields(line); len(fields) > 0 && strings.Contains(fields[0], "-") {
			inside = of(line)
		}
		var n int
		for _, what := range []string{"Shared_Dirty:", "Private_Dirty:"} {
			if _, err := fmt.Sscanf(line, what+" %d kB", &n); err == nil && inside {
				kb += n
			}
		}
	}
	return kb
}
