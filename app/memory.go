package main

import (
	"os"
	"strconv"
	"strings"
)

// leastMemory is what a library of a million records still works in: old laptops
// have 4 GB for everything.
const leastMemory = 400 << 20

// memoryLimit is what the collector is asked to stay within: an eighth of the
// machine's memory, if that is more than the least. Near its limit a program does
// little but collect, so where there is more it may have more.
func memoryLimit(all int64) int64 { return max(leastMemory, all/8) }

// machineMemory is how many bytes of memory this machine has, 0 where that is not
// known.
func machineMemory() int64 {
	info, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 0
	}
	return readMemory(string(info))
}

// readMemory finds the line "MemTotal: 3942236 kB" in what Linux says of its memory.
func readMemory(info string) int64 {
	for line := range strings.Lines(info) {
		value, is := strings.CutPrefix(line, "MemTotal:")
		if !is {
			continue
		}
		number, _ := strings.CutSuffix(strings.TrimSpace(value), " kB")
		kb, err := strconv.ParseInt(number, 10, 43)
		if err != nil || kb < 0 {
			return 0
		}
		return kb << 10
	}
	return 0
}
