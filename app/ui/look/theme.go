package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"ishtirak/app/ui/rtl"
	"ishtirak/assets"
)

// Role is a colour by what it is for; its value depends on light or dark.
type Role = fyne.ThemeColorName

// The roles of tokens.json. Ink, InkMuted and InkFaint are for text; Line is
// decoration; LineStrong is the edge of a control; the Soft roles are grounds
// for ink of the same name; the Field roles fill an answer that means that
// hands must do something else.
const (
	Ground         Role = "i.ground"
	GroundSunken   Role = "i.ground-sunken"
	Surface        Role = "i.surface"
	SurfaceSelect  Role = "i.surface-selected"
	Ink            Role = "i.ink"
	InkMuted       Role = "i.ink-muted"
	InkFaint       Role = "i.ink-faint"
	Line           Role = "i.line"
	LineStrong     Role = "i.line-strong"
	Accent         Role = "i.accent"
	AccentPressed  Role = "i.accent-pressed"
	AccentInk      Role = "i.accent-ink"
	AccentSoft     Role = "i.accent-soft"
	Focus          Role = "i.focus"
	OK             Role = "i.ok"
	OKSoft         Role = "i.ok-soft"
	Loan           Role = "i.loan"
	LoanSoft       Role = "i.loan-soft"
	Hold           Role = "i.hold"
	HoldSoft       Role = "i.hold-soft"
	HoldField      Role = "i.hold-field"
	HoldFieldDeep  Role = "i.hold-field-deep"
	HoldFieldInk   Role = "i.hold-field-ink"
	HoldFieldMuted Role = "i.hold-field-muted"
	Notice         Role = "i.notice"
	NoticeSoft     Role = "i.notice-soft"
	Overdue        Role = "i.overdue"
	OverdueSoft    Role = "i.overdue-soft"
	OverdueField   Role = "i.overdue-field"
	OverdueInk     Role = "i.overdue-field-ink"
	Danger         Role = "i.danger"
	DangerSoft     Role = "i.danger-soft"
	DangerField    Role = "i.danger-field"
	DangerInk      Role = "i.danger-field-ink"
	Bar            Role = "i.bar"
	BarMuted       Role = "i.bar-muted"
	Highlight      Role = rtl.ColourMark
	None           Role = "i.none" // transparent

	fieldPress Role = "field.press" // a darker patch of whatever field it is on
)

// Options choose a theme.
type Options struct {
	Dark  bool
	Scale float32       // text size, 1 to 2; 0 is 1
	Dir   rtl.Direction // of the interface language
	// Keyboard is kept from theme to theme, so that changing the language or
	// the text size leaves it as it is; nil makes one, switched off.
	Keyboard *rtl.Keyboard
	// Word gives Fyne's own words (Undo, Cut, Copy, Paste, Select all) in the
	// interface's language for the menu of an entry; nil: Urdu where that runs
	// from the right, otherwise English.
	Word func(key string) string
}

// Theme is Ishtirak's fyne.Theme. It also carries the text size and the
// direction of the interface: applying another one rescales and mirrors the
// window.
type Theme struct {
	opt     Options
	colours map[Role]color.NRGBA
	base    fyne.Theme
	regular fyne.Resource
	bold    fyne.Resource
}

// New makes a theme.
func New(o Options) *Theme {
	if o.Scale == 0 {
		o.Scale = 1
	}
	if o.Keyboard == nil {
		o.Keyboard = new(rtl.Keyboard)
	}
	o.Scale = min(max(o.Scale, 1), 2)
	t := &Theme{opt: o, colours: map[Role]color.NRGBA{}, base: theme.DefaultTheme(),
		regular: font("Vazirmatn-Medium.ttf"), bold: font("Vazirmatn-Bold.ttf")}
	set := tokens().Colour.Light
	if o.Dark {
		set = tokens().Colour.Dark
	}
	for k, v := range set {
		t.colours["i."+Role(k)] = hex(v)
	}
	for k, v := range tokens().Colour.Cover {
		t.colours[CoverRole(k)] = hex(v)
	}
	t.colours[fieldPress] = color.NRGBA{A: 0x30}
	t.colours["cover.shade"] = color.NRGBA{A: 0x38}
	t.colours[Highlight] = hex(tokens().Colour.HighlightRule)
	t.colours[None] = color.NRGBA{}
	for stock, own := range stockColours {
		t.colours[stock] = t.colours[own]
	}
	sel := t.colours[Accent]
	sel.A = 0x40
	t.colours[theme.ColorNameSelection] = sel
	press := t.colours[Ink]
	press.A = 0x16
	t.colours[theme.ColorNamePressed], t.colours[theme.ColorNameHover] = press, press
	t.colours[theme.ColorNameShadow] = color.NRGBA{} // no shadows: one line round a surface
	return t
}

// stockColours are the roles that Fyne's own widgets (menus, dialogs) take.
var stockColours = map[fyne.ThemeColorName]Role{
	theme.ColorNameBackground:          Ground,
	theme.ColorNameForeground:          Ink,
	theme.ColorNamePrimary:             Accent,
	theme.ColorNameHyperlink:           Accent,
	theme.ColorNameFocus:               SurfaceSelect,
	theme.ColorNameForegroundOnPrimary: AccentInk,
	theme.ColorNameButton:              Surface,
	theme.ColorNameDisabledButton:      GroundSunken,
	theme.ColorNameDisabled:            InkFaint,
	theme.ColorNamePlaceHolder:         InkFaint,
	theme.ColorNameInputBackground:     Surface,
	theme.ColorNameInputBorder:         LineStrong,
	theme.ColorNameMenuBackground:      Surface,
	theme.ColorNameOverlayBackground:   Surface,
	theme.ColorNameHeaderBackground:    GroundSunken,
	theme.ColorNameSeparator:           Line,
	theme.ColorNameScrollBar:           LineStrong,
	theme.ColorNameScrollBarBackground: None,
	theme.ColorNameError:               Danger,
	theme.ColorNameSuccess:             OK,
	theme.ColorNameWarning:             Notice,
	theme.ColorNameForegroundOnError:   AccentInk,
	theme.ColorNameForegroundOnSuccess: AccentInk,
	theme.ColorNameForegroundOnWarning: AccentInk,
}

func font(name string) fyne.Resource {
	b, err := assets.Fonts.ReadFile("fonts/" + name)
	if err != nil {
		return theme.DefaultTextFont()
	}
	return fyne.NewStaticResource(name, b)
}

// Options are what the theme was made from.
func (t *Theme) Options() Options { return t.opt }

// Unit is the text size in force.
func (t *Theme) Unit() float32 { return t.opt.Scale }

// Direction is that of the interface language.
func (t *Theme) Direction() rtl.Direction { return t.opt.Dir }

// Keyboard is what keys type by in every entry.
func (t *Theme) Keyboard() *rtl.Keyboard { return t.opt.Keyboard }

// Word is a word of Fyne's vocabulary in the interface's language, "" where the
// options know none.
func (t *Theme) Word(key string) string {
	if t.opt.Word != nil {
		return t.opt.Word(key)
	}
	language := "en"
	if t.opt.Dir == rtl.RTL {
		language = "ur"
	}
	return FyneWord(language, key)
}

// Color answers Ishtirak's roles and Fyne's names; the variant is the theme's
// own, chosen in Settings and not by the desktop.
func (t *Theme) Color(n fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if c, ok := t.colours[n]; ok {
		return c
	}
	v := theme.VariantLight
	if t.opt.Dark {
		v = theme.VariantDark
	}
	return t.base.Color(n, v)
}

// Font is Vazirmatn, which covers Urdu and Latin alike.
func (t *Theme) Font(s fyne.TextStyle) fyne.Resource {
	switch {
	case s.Symbol, s.Monospace:
		return t.base.Font(s)
	case s.Bold:
		return t.bold
	}
	return t.regular
}

// Icon is Fyne's own, for its dialogs.
func (t *Theme) Icon(n fyne.ThemeIconName) fyne.Resource { return t.base.Icon(n) }

// Size scales every size by the text size.
func (t *Theme) Size(n fyne.ThemeSizeName) float32 {
	switch n {
	case theme.SizeNameText:
		return 16 * t.opt.Scale
	case theme.SizeNameCaptionText:
		return 14 * t.opt.Scale
	case theme.SizeNameHeadingText:
		return 25 * t.opt.Scale
	case theme.SizeNameSubHeadingText:
		return 18 * t.opt.Scale
	case theme.SizeNameInputRadius, theme.SizeNameButtonRadius, theme.SizeNameSelectionRadius:
		return 9 * t.opt.Scale
	case theme.SizeNameScrollBar:
		return 8 * t.opt.Scale
	case theme.SizeNameScrollBarSmall:
		return 4 * t.opt.Scale
	}
	return t.base.Size(n) * t.opt.Scale
}

// U is n design units at the text size in force.
func U(n float32) float32 { return n * rtl.Unit() }

// Colour is the role's colour in the theme in force.
func Colour(r Role) color.Color { return theme.Color(r) }
