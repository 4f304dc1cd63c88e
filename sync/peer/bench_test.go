package peer

import (
	"context"
	"encoding/binary"
	"testing"

	"ishtirak/sync/change"
	"ishtirak/sync/fixture"
	"ishtirak/sync/replica"
)

// lend commits acts that look like loans to the log: an event, its reader, and
// what the catalogue is told of the copy.
func lend(b *testing.B, d *fixture.Desk, n int) {
	b.Helper()
	for i := range n {
		var act replica.Act
		id, err := d.NewAct()
		if err != nil {
			b.Fatal(err)
		}
		act.ID = id
		key := change.Key{Kind: 7, Owner: d.Keys.Library, ID: id.Record(0)}
		event := append([]byte{0xa6, 1, 1, 2, 0x50}, id[:]...)
		event = binary.BigEndian.AppendUint64(event, uint64(i)*0x9e3779b97f4a7c15)
		event = append(event, 3, 0x1a, 0x69, 0x5d, 0x5c, byte(i), 4, 1)
		reader := binary.BigEndian.AppendUint64([]byte{0xa1, 1, 0x50}, uint64(i%400)*0x9e3779b97f4a7c15)
		copyOf := change.Key{Kind: 4, Owner: d.Keys.Library}
		binary.BigEndian.PutUint64(copyOf.ID[:], uint64(i)*0x9e3779b97f4a7c15)
		act.Writes = []replica.Scoped{
			{Scope: d.Own(), Write: change.Write{Key: key, Group: "out", Value: event}},
			{Scope: d.Own(), Write: change.Write{Key: change.Key{Kind: 8, Owner: d.Keys.Library, ID: key.ID}, Group: "reader", Value: reader}},
			{Scope: change.Catalogue, Write: change.Write{Key: copyOf, Group: "circulation", Value: []byte{0xa2, 1, 2, 2, 0x1a, 0x69, 0x70, 0, byte(i)}}},
		}
		if _, err := d.Commit(act); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkExchange sends 10,000 loans (30,000 writes) over loopback TLS to a
// laptop that has none of them, then asks again when there is nothing to do.
func BenchmarkExchange(b *testing.B) {
	const loans = 10_000
	for b.Loop() {
		b.StopTimer()
		gilgit := fixture.Found(b, 1, "PK-GLT")
		second := gilgit.Admit(b, 2, "")
		lend(b, second, loans)
		if err := second.Seal(); err != nil {
			b.Fatal(err)
		}
		client, err := NewClient(second, serve(b, gilgit))
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		r, err := client.Exchange(context.Background(), nil)
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		if r.Sent < 3*loans {
			b.Fatalf("%d writes sent", r.Sent)
		}
		b.ReportMetric(float64(r.BytesSent+r.BytesReceived)/loans, "B/loan")
		b.ReportMetric(float64(r.RoundTrips), "requests")
		b.ReportMetric(float64(r.HandshakeSent+r.HandshakeReceived), "B/handshake")
		if r, err = client.Exchange(context.Background(), nil); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(r.RoundTrips), "idle-requests")
		b.ReportMetric(float64(r.BodySent+r.BodyReceived), "B/idle-bodies")
		b.ReportMetric(float64(r.BytesSent+r.BytesReceived), "B/idle-wire")
		client.Close()
		b.StartTimer()
	}
}
