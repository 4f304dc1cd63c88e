package words

import "testing"

func TestUpright(t *testing.T) {
	en, ur := load(t, English, Style{}), load(t, Urdu, Style{})
	ur.text["test"], en.text["test"] = entry{Other: "«{x}» نہیں"}, entry{Other: "no {x}"}
	for _, c := range []struct{ got, want string }{
		{ur.Say("test", "x", "2027-06-30"), "«\u20662027-06-30\u2069» نہیں"},
		{ur.Say("test", "x", "0581 192 417"), "«\u20660581 192 417\u2069» نہیں"},
		{ur.Say("test", "x", "PK-GLT"), "«\u2068PK-GLT\u2069» نہیں"},
		{ur.Say("test", "x", "2027"), "«2027» نہیں"},
		{en.Say("test", "x", "2027-06-30"), "no 2027-06-30"},
		{keepUpright("جیسے 2027-06-30۔"), "جیسے \u20662027-06-30\u2069۔"},
		{keepUpright("شریک کا https:// پتا"), "شریک کا \u2066https://\u2069 پتا"},
		{keepUpright("مثلاً PK-GLT: پہلے PK- پھر"), "مثلاً \u2066PK-GLT\u2069: پہلے \u2066PK-\u2069 پھر"},
		{keepUpright("مثلاً https://10.0.0.7:8443"), "مثلاً \u2066https://10.0.0.7:8443\u2069"},
		{keepUpright("{n} میں سے {limit}، 3 دن"), "{n} میں سے {limit}، 3 دن"},
		{Upright("30-6-2027"), "\u206630-6-2027\u2069"},
		{Upright("GLT-7"), "GLT-7"},
	} {
		if c.got != c.want {
			t.Errorf("got %+q, want %+q", c.got, c.want)
		}
	}
	if got := ur.Say(WrongDate); got == read(t, Urdu)[WrongDate].Other {
		t.Errorf("a date in a sentence of ours may be turned round: %q", got)
	}
}
