package main

import "testing"

func TestMemoryLimit(t *testing.T) {
	for _, test := range []struct {
		info string
		want int64
	}{
		{"", leastMemory},
		{"MemTotal:        2097152 kB\n", leastMemory},
		{"MemTotal:        8388608 kB\nMemFree: 1 kB\n", 1 << 30},
		{"MemTotal: many kB\n", leastMemory},
		{"MemTotal: -8388608 kB\n", leastMemory},
		{"MemTotal: 99999999999999999999 kB\n", leastMemory},
	} {
		if got := memoryLimit(readMemory(test.info)); got != test.want {
			t.Errorf("%q: %d bytes, want %d", test.info, got, test.want)
		}
	}
}
