package marc

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

type xmlToken byte

const (
	xmlEOF xmlToken = iota
	xmlStart
	xmlEnd
	xmlText
)

// xmlParser reads the XML of one element: the part of XML 1.0 that records
// use, which leaves out document types. It is far faster than a parser for
// documents, and its results are compared with encoding/xml's by a test.
type xmlParser struct {
	src   string
	at    int
	open  []string // full names of open elements
	empty bool     // the element just started is to be ended
	name  string   // local name of the start tag
	attrs []xmlAttr
	text  string
}

type xmlAttr struct{ name, value string }

func (p *xmlParser) attr(name string) string {
	for i := range p.attrs {
		if p.attrs[i].name == name {
			return p.attrs[i].value
		}
	}
	return ""
}

func (p *xmlParser) broken(what string) error {
	return fmt.Errorf("%w: it is not well-formed XML: %s", ErrDamaged, what)
}

func (p *xmlParser) next() (xmlToken, error) {
	if p.empty {
		p.empty = false
		p.open = p.open[:len(p.open)-1]
		return xmlEnd, nil
	}
	for {
		rest := p.src[p.at:]
		switch {
		case rest == "":
			if len(p.open) > 0 {
				return 0, p.broken("it ends inside " + p.open[len(p.open)-1])
			}
			return xmlEOF, nil
		case rest[0] != '<':
			n := strings.IndexByte(rest, '<')
			if n < 0 {
				n = len(rest)
			}
			p.at += n
			var err error
			p.text, err = p.unescape(rest[:n])
			return xmlText, err
		case strings.HasPrefix(rest, "<!--"):
			if err := p.pass(rest, "-->", 4); err != nil {
				return 0, err
			}
		case strings.HasPrefix(rest, "<![CDATA["):
			if err := p.pass(rest, "]]>", 9); err != nil {
				return 0, err
			}
			p.text = rest[9 : p.at-(len(p.src)-len(rest))-3]
			return xmlText, p.legal(p.text)
		case strings.HasPrefix(rest, "<?"):
			if err := p.pass(rest, "?>", 2); err != nil {
				return 0, err
			}
		case strings.HasPrefix(rest, "</"):
			return xmlEnd, p.endTag(rest)
		case strings.HasPrefix(rest, "<!"):
			return 0, p.broken("a declaration inside a record")
		default:
			return xmlStart, p.startTag(rest)
		}
	}
}

func (p *xmlParser) pass(rest, end string, skip int) error {
	n := strings.Index(rest[skip:], end)
	if n < 0 {
		return p.broken("no " + end)
	}
	p.at += skip + n + len(end)
	return nil
}

func (p *xmlParser) endTag(rest string) error {
	n := strings.IndexByte(rest, '>')
	if n < 0 {
		return p.broken("a tag without end")
	}
	name := strings.TrimRight(rest[2:n], " \t\r\n")
	if len(p.open) == 0 || p.open[len(p.open)-1] != name {
		return p.broken("</" + name + "> closes nothing")
	}
	p.open = p.open[:len(p.open)-1]
	p.at += n + 1
	return nil
}

const xmlSpace = " \t\r\n"

func (p *xmlParser) startTag(rest string) error {
	n := strings.IndexAny(rest[1:], xmlSpace+"/>=<\"'") + 1
	if n < 2 {
		return p.broken("a < that starts no tag")
	}
	full := rest[1:n]
	p.name = localName(full)
	p.attrs = p.attrs[:0]
	p.open = append(p.open, full)
	at := n
	for {
		spaces := len(rest[at:])
		b := strings.TrimLeft(rest[at:], xmlSpace)
		spaces -= len(b)
		at = len(rest) - len(b)
		switch {
		case b == "":
			return p.broken("a tag without end")
		case b[0] == '>':
			p.at += at + 1
			return nil
		case strings.HasPrefix(b, "/>"):
			p.at += at + 2
			p.empty = true
			return nil
		case spaces == 0:
			return p.broken("attributes run together in " + full)
		}
		eq := strings.IndexByte(b, '=')
		if eq <= 0 {
			return p.broken("an attribute without value in " + full)
		}
		name := strings.TrimRight(b[:eq], xmlSpace)
		v := strings.TrimLeft(b[eq+1:], xmlSpace)
		if strings.ContainsAny(name, xmlSpace+"<>\"'/") || v == "" || v[0] != '"' && v[0] != '\'' {
			return p.broken("an attribute without value in " + full)
		}
		end := strings.IndexByte(v[1:], v[0])
		if end < 0 {
			return p.broken("an attribute without end in " + full)
		}
		raw := v[1 : end+1]
		if strings.IndexByte(raw, '<') >= 0 {
			return p.broken("a < in an attribute of " + full)
		}
		value, err := p.unescape(raw)
		if err != nil {
			return err
		}
		if name == localName(name) { // ours have no prefix
			p.attrs = append(p.attrs, xmlAttr{name, value})
		}
		at = len(rest) - len(v) + end + 2
	}
}

func localName(s string) string {
	if i := strings.IndexByte(s, ':'); i >= 0 {
		return s[i+1:]
	}
	return s
}

// unescape resolves entities and normalises line ends.
func (p *xmlParser) unescape(s string) (string, error) {
	if err := p.legal(s); err != nil {
		return "", err
	}
	if strings.IndexByte(s, '\r') >= 0 {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	amp := strings.IndexByte(s, '&')
	if amp < 0 {
		return s, nil
	}
	out := make([]byte, 0, len(s))
	for amp >= 0 {
		out = append(out, s[:amp]...)
		s = s[amp:]
		semi := strings.IndexByte(s, ';')
		if semi < 0 {
			return "", p.broken("a & that starts no entity")
		}
		r, ok := entity(s[1:semi])
		if !ok {
			return "", p.broken("the entity " + s[:min(semi+1, 20)])
		}
		out = utf8.AppendRune(out, r)
		s = s[semi+1:]
		amp = strings.IndexByte(s, '&')
	}
	return string(append(out, s...)), nil
}

// legal refuses the control characters that XML 1.0 does not allow.
func (p *xmlParser) legal(s string) error {
	for i := range len(s) {
		if c := s[i]; c < 0x20 && c != '\t' && c != '\n' && c != '\r' {
			return p.broken(fmt.Sprintf("the character %#02x", c))
		}
	}
	return nil
}

func entity(name string) (rune, bool) {
	switch name {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	r := rune(n)
	if err != nil || n > utf8.MaxRune || !utf8.ValidRune(r) || r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
		return 0, false
	}
	return r, true
}
