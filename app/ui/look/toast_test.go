package look

import "testing"

// What is not done has no tick.
func TestToastsSayWhatTheyAre(t *testing.T) {
	for name, c := range map[string]struct {
		toast *Toast
		icon  string
		tone  Role
	}{
		"done":     {NewToast("", "", "", nil, nil), "check", OK},
		"not done": {NewStop("", nil), "state-blocked", Danger},
		"waiting":  {NewToast("", "", "", nil, nil).Noted(), "state-waiting", Notice},
	} {
		if c.toast.icon != c.icon || c.toast.tone != c.tone {
			t.Errorf("%s: %s in %s", name, c.toast.icon, c.tone)
		}
	}
}
