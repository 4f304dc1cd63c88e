//go:build !windows

package library

import (
	"slices"
	"testing"
)

func TestMounted(t *testing.T) {
	table := "proc /proc proc rw 0 0\n/dev/sda2 / ext4 rw 0 0\n/dev/sda1 /boot/efi vfat rw 0 0\n" +
		"/dev/sdb1 /media/shabnam/KINGSTON vfat rw 0 0\n/dev/sdc1 /run/media/shabnam/My\\040stick exfat ro 0 0\n" +
		"tmpfs /media/x tmpfs rw 0 0\n/dev/sdb1 /media/shabnam/KINGSTON vfat rw 0 0\n\n"
	want := []string{"/media/shabnam/KINGSTON", "/run/media/shabnam/My stick"}
	if got := mounted(table); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
