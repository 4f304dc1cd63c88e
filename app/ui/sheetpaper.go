package ui

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"
	"github.com/go-pdf/fpdf"

	"ishtirak/app/ui/look"
	"ishtirak/app/ui/rtl"
	"ishtirak/app/words"
)

// printSheet writes the recovery sheet as a PDF, which the desktop's own viewer opens and prints: the toolkit cannot print.
// Under a name that ends in .txt it is written as text.
func (w *Window) printSheet(text string, saved func(path string)) {
	w.choose(pickSave, "recovery-sheet.pdf", func(path string) {
		b, err := []byte(text), error(nil)
		if filepath.Ext(path) != ".txt" {
			b, err = sheetPDF(text, w.opts.Now())
		}
		if err == nil {
			err = writeWhole(path, b, 0o600)
		}
		if err != nil {
			w.unwritten(err)
			return
		}
		saved(path)
		_ = w.app.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}) // where no viewer is, the file is there all the same
	})
}

// unwritten says that a file could not be written.
func (w *Window) unwritten(err error) {
	if w.lib == nil {
		w.welcome.p.Failed(err)
		w.welcome.redraw()
		return
	}
	w.frame.say(w.words.Say(words.FaultWrite))
}

// The paper, in points of 1/72 inch.
const (
	paperMargin = 62
	paperWidth  = 595 // A4
	paperDots   = 300 // an inch
)

// sheetPDF lays the text of a recovery sheet out on A4. What a person reads is drawn by rtl, Urdu and English alike; what a
// person types one day is text in a large typewriter face, each letter told apart from the next.
func sheetPDF(text string, now time.Time) ([]byte, error) {
	pdf := fpdf.New("P", "pt", "A4", "")
	pdf.SetCreationDate(now)
	pdf.SetModificationDate(now)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(paperMargin, paperMargin, paperMargin)
	pdf.AddPage()
	y, secret, n := float64(paperMargin), false, 0
	for _, line := range paragraphs(text) {
		switch {
		case strings.HasPrefix(line, "-----BEGIN"):
			secret, y = true, y+24
			fallthrough
		case strings.HasPrefix(line, "-----END"):
			pdf.SetFont("Courier", "", 11)
			pdf.Text(paperMargin, y, line)
			secret, y = strings.HasPrefix(line, "-----BEGIN"), y+32
		case secret:
			pdf.SetFont("Courier", "B", 19)
			pdf.Text(paperMargin, y, line)
			y += 32
		case line == "":
			y += 12
		default:
			n++
			style := look.Body.Style(look.Ink)
			if n == 1 {
				style = look.Reader.Style(look.Ink)
			}
			img := printed(line, style, rtl.Own, paperWidth-2*paperMargin)
			var b bytes.Buffer
			if err := png.Encode(&b, img); err != nil {
				return nil, fmt.Errorf("ui: drawing the sheet: %w", err)
			}
			name, opt := fmt.Sprint("line", n), fpdf.ImageOptions{ImageType: "PNG"}
			pdf.RegisterImageOptionsReader(name, opt, &b)
			height := float64(img.Bounds().Dy()) * 72 / paperDots
			pdf.ImageOptions(name, paperMargin, y, paperWidth-2*paperMargin, height, false, opt, 0, "")
			y += height + 2
		}
	}
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("ui: writing the sheet: %w", err)
	}
	return out.Bytes(), nil
}

// paragraphs joins the lines of running text, so that they are broken anew to the width of the paper; lines that name
// something, and those of the secret, stay as they are.
func paragraphs(text string) (out []string) {
	joins := func(s string) bool {
		return s != "" && !strings.Contains(s, "· ") && strings.ContainsRune(s, 'a') != strings.ContainsRune(s, 'ی') // in one script alone
	}
	secret := false
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		line = strings.TrimSpace(line)
		secret = secret || strings.HasPrefix(line, "-----BEGIN")
		if n := len(out) - 1; !secret && n >= 0 && joins(line) && joins(out[n]) && rtl.First(line, rtl.LTR) == rtl.First(out[n], rtl.LTR) {
			out[n] += " " + line
			continue
		}
		out = append(out, line)
	}
	return out
}

// printed draws a paragraph in black on white, width points wide, whatever colours and text size the window has.
func printed(s string, st rtl.Style, align rtl.Align, width float32) image.Image {
	k := float32(paperDots) / 72 * 0.8 / rtl.Unit() // a design unit is a little less than a point on paper
	for _, c := range []*rtl.Cut{&st.Latin, &st.Urdu} {
		c.Size, c.Line = c.Size*k, c.Line*k
	}
	t := rtl.NewParagraph(s, st)
	t.Align = align
	c := software.NewTransparentCanvas()
	c.SetPadded(false)
	c.SetContent(t)
	w := width * paperDots / 72
	t.Resize(fyne.NewSize(w, 10))
	c.Resize(fyne.NewSize(w, t.MinSize().Height))
	drawn := c.Capture()
	out := image.NewGray(drawn.Bounds())
	for y := out.Bounds().Min.Y; y < out.Bounds().Max.Y; y++ {
		for x := out.Bounds().Min.X; x < out.Bounds().Max.X; x++ {
			_, _, _, a := drawn.At(x, y).RGBA()
			out.SetGray(x, y, color.Gray{Y: 255 - uint8(a>>8)})
		}
	}
	return out
}
