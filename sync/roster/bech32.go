package roster

import "strings"

// bech32 writes bytes as BIP-173 text, the form in which age keeps its keys
// (age1… and AGE-SECRET-KEY-1…). Only writing is needed: age reads them.
func bech32(prefix string, data []byte) string {
	const letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
	var five []byte
	var acc, bits uint
	for _, b := range data {
		acc = acc<<8 | uint(b)
		for bits += 8; bits >= 5; bits -= 5 {
			five = append(five, byte(acc>>(bits-5)&31))
		}
	}
	if bits > 0 {
		five = append(five, byte(acc<<(5-bits)&31))
	}

	sum := uint32(1)
	step := func(v byte) {
		top := sum >> 25
		sum = (sum&0x1ffffff)<<5 ^ uint32(v)
		for i, g := range [5]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
			if top>>i&1 == 1 {
				sum ^= g
			}
		}
	}
	for i := range len(prefix) {
		step(prefix[i] >> 5)
	}
	step(0)
	for i := range len(prefix) {
		step(prefix[i] & 31)
	}
	for _, v := range five {
		step(v)
	}
	for range 6 {
		step(0)
	}
	sum ^= 1

	var b strings.Builder
	b.WriteString(prefix)
	b.WriteByte('1')
	for _, v := range five {
		b.WriteByte(letters[v])
	}
	for i := range 6 {
		b.WriteByte(letters[sum>>(5*(5-i))&31])
	}
	return b.String()
}
