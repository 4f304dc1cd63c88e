package present

import (
	"strings"
	"testing"
	"time"

	"ishtirak/app/words"
	"ishtirak/model"
)

func TestTidyAddress(t *testing.T) {
	for typed, want := range map[string]string{
		"":                            "",
		"  ":                          "",
		"192.168.1.7":                 "https://192.168.1.7",
		" 192.168.1.7:8443 ":          "https://192.168.1.7:8443",
		"https://10.0.0.7:8443/":      "https://10.0.0.7:8443",
		"http:\\\\Hub.Gilgit.pk":      "https://hub.gilgit.pk",
		"۱۹۲.۱۶۸.۱.۷":                 "https://192.168.1.7",
		"\u200e192.168.1.7\u200f":     "https://192.168.1.7",
		"۱۹۲۔۱۶۸۔۱۔۷:۸۴۴۳":            "https://192.168.1.7:8443",
		"https://[fe80::1]:8443/sync": "https://[fe80::1]:8443",
	} {
		if got := tidyAddress(typed); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

func TestShort(t *testing.T) {
	for name, want := range map[string]string{
		"Gilgit Public Library":              "Gilgit",
		"Karimabad, Hunza":                   "Karimabad, Hunza",
		"Public Library":                     "Public Library", // nothing would be left
		"عوامی کتب خانہ، گلگت":               "گلگت",
		"Government College Library, Chilas": "College, Chilas",
	} {
		if got := short(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// Two libraries that would have one short name keep their whole ones.
func TestShortNamesDiffer(t *testing.T) {
	p := PretendGilgit()
	p.Net.Libraries = append(p.Net.Libraries,
		model.NetLibrary{Library: model.Library{ID: model.ID{77}, Names: model.Names{Roman: "Skardu Municipal Library"}}, Replicas: []model.NetReplica{{Name: "a"}}})
	n := NewNetwork(p, p.Clock, nil)
	n.Refresh(ctx)
	var list []string
	for _, r := range n.Show(said(t, words.English)).Rows {
		list = append(list, r.Name)
	}
	if all := strings.Join(list, "|"); !strings.Contains(all, "Skardu Municipal Library") {
		t.Errorf("two are called alike: %s", all)
	}
}

// What a person should know of an exchange, and of the network, is told in sentences.
func TestNetworkWarns(t *testing.T) {
	p := PretendGilgit()
	n := NewNetwork(p, p.Clock, nil)
	p.Net.Surplus, p.Net.Swollen = 2, []string{"Skardu"}
	n.Exchanged(ctx, model.Exchanged{With: "Skardu", Skew: -50 * time.Hour, Renewed: true, Refused: []string{"x"}, Gaps: []model.Gap{{From: 1, To: 2}}}, false, nil)
	said := u(strings.Join(n.Show(said(t, words.English)).Warn, "\n"))
	for _, want := range []string{"The clock of Skardu and the one here are 2 days apart", "copied or brought back", "1 piece could not be taken", "have not come yet", "Skardu wrote more about one record"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not told in:\n%s", want, said)
		}
	}
}

// What has not come is with somebody, and the last day they were known to have it is told.
func TestNetworkNamesHolders(t *testing.T) {
	p := PretendGilgit()
	n := NewNetwork(p, p.Clock, nil)
	may := time.Date(2026, 5, 3, 9, 0, 0, 0, time.UTC)
	gaps := []model.Gap{
		{From: 41, To: 57, Had: []model.Holder{{Replica: "Skardu", On: may}}},
		{From: 3, To: 4, Had: []model.Holder{{Replica: "Skardu", On: may.AddDate(0, 0, -1)}, {Replica: "Hunza", On: may.AddDate(0, 1, 0)}}},
	}
	const want = "Exchange with: Skardu (had them on 3 May 2026), Hunza (had them on 3 June 2026)."
	p.Net.Gaps = gaps
	n.Refresh(ctx)
	if said := u(strings.Join(n.Show(said(t, words.English)).Warn, "\n")); strings.Count(said, want) != 1 {
		t.Errorf("%q is not told in:\n%s", want, said)
	}
	n.Exchanged(ctx, model.Exchanged{With: "Gahkuch", Gaps: gaps}, false, nil)
	if said := u(strings.Join(n.Show(said(t, words.English)).Warn, "\n")); strings.Count(said, want) != 1 {
		t.Errorf("%q is not told once in:\n%s", want, said)
	}
}

// A row says how news came, and through whom it is known what they hold.
func TestNetworkRows(t *testing.T) {
	p := PretendGilgit()
	n := NewNetwork(p, p.Clock, nil)
	n.Refresh(ctx)
	s := n.Show(said(t, words.English))
	rows := map[string]NetRow{}
	for i, r := range s.Rows {
		rows[r.Name] = r
		if r.Name == "Chitral" && (s.Nodes[i].Via < 0 || s.Nodes[s.Nodes[i].Via].Name != "Gahkuch") {
			t.Errorf("Chitral's news is not drawn through Gahkuch: %+v", s.Nodes[i])
		}
	}
	if got := u(rows["Skardu"].Contact + "; " + rows["Skardu"].Holds); got != "3 days ago, stick; 11 July, confirmed" {
		t.Errorf("Skardu: %q", got)
	}
	if got := u(rows["Chitral"].Holds); got != "5 July, told by Gahkuch" {
		t.Errorf("Chitral: %q", got)
	}
}
