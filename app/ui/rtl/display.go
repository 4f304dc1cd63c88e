package rtl

// Display prepares s for one line of a stock Fyne widget (a menu, a tab, a
// file dialog), which sets runs in logical order from left to right.
func Display(s string) string { return s }

// Isolate makes s safe inside a longer text: whatever it holds, letters or
// bidi controls, it cannot reorder its neighbours (FSI … PDI, UAX #9 2.4).
func Isolate(s string) string { return "\u2068" + s + "\u2069" }
