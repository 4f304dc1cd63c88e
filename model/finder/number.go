package finder

import "strings"

// number is a number as it is compared: digits, and X, without what parts
// them; an ISBN of ten digits becomes the one of thirteen. It is empty where
// text holds other letters, or fewer than four digits.
func number(text string) string {
	var buf [32]byte
	n := buf[:0]
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c >= '0' && c <= '9', c == 'X', c == 'x':
			if len(n) == len(buf) {
				return ""
			}
			if c == 'x' {
				c = 'X'
			}
			n = append(n, c)
		case c == '-', c == ' ', c == '.', c == '/':
		default:
			return ""
		}
	}
	if len(n) < 4 || strings.IndexByte(string(n[:len(n)-1]), 'X') >= 0 {
		return ""
	}
	if len(n) == 10 && checksum10(n) {
		return isbn13(n[:9])
	}
	return string(n)
}

// isISBN reports thirteen digits with a right check digit (ISO 2108); number
// has made those of ten digits so.
func isISBN(n string) bool {
	return len(n) == 13 && (n[:3] == "978" || n[:3] == "979") && check13([]byte(n[:12])) == n[12]
}

func checksum10(n []byte) bool {
	sum := 0
	for i, c := range n {
		v := int(c - '0')
		if c == 'X' {
			v = 10
		}
		sum += v * (10 - i)
	}
	return sum%11 == 0
}

// isbn13 is the ISBN-13 of the nine digits of an ISBN-10.
func isbn13(nine []byte) string {
	n := append([]byte("978"), nine...)
	return string(append(n, check13(n)))
}

func check13(twelve []byte) byte {
	sum := 0
	for i, c := range twelve {
		sum += int(c-'0') * (1 + 2*(i%2))
	}
	return '0' + byte((10-sum%10)%10)
}
