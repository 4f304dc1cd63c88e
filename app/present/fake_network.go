package present

import (
	"fmt"
	"time"

	"ishtirak/model"
)

// Federation makes the network one of n libraries beside this one, of every age of news.
func (p *Pretend) Federation(n int) {
	towns := []model.Names{{Urdu: "ہنزہ", Roman: "Hunza"}, {Urdu: "سکردو", Roman: "Skardu"}, {Urdu: "گاہکوچ", Roman: "Gahkuch"}, {Urdu: "چترال", Roman: "Chitral"},
		{Urdu: "استور", Roman: "Astore"}, {Urdu: "خپلو", Roman: "Khaplu"}, {Urdu: "شگر", Roman: "Shigar"}, {Urdu: "چلاس", Roman: "Chilas"}, {Urdu: "یاسین", Roman: "Yasin"}, {Urdu: "نگر", Roman: "Nagar"}}
	p.Net.Libraries = p.Net.Libraries[:1]
	for i := range n {
		name := towns[i%len(towns)]
		if i >= len(towns) {
			name.Roman, name.Urdu = fmt.Sprintf("Government College Library, %s %d", name.Roman, i), fmt.Sprintf("گورنمنٹ کالج لائبریری، %s %d", name.Urdu, i)
		}
		r := model.NetReplica{Name: "Desk", LastHeard: p.Clock().Add(-time.Duration(i) * 30 * time.Hour), Waiting: i * 7, Green: i%3 == 0}
		p.Net.Libraries = append(p.Net.Libraries, model.NetLibrary{Library: model.Library{ID: model.ID{0x40, byte(i)}, Names: name}, Replicas: []model.NetReplica{r}})
	}
}
