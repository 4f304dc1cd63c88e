package replica

import (
	"context"
	"iter"

	"ishtirak/sync/change"
	"ishtirak/sync/clock"
)

type Replica struct{}
type Memory struct{}
type View struct{}

func Open(ctx context.Context, o Options) (*Replica, error)                        { return &Replica{}, nil }
func NewMemory() *Memory                                                           { return &Memory{} }
func (m *Memory) Crash()                                                           {}
func (r *Replica) Close() error                                                    { return nil }
func (r *Replica) Author() change.Author                                           { return change.Author{} }
func (r *Replica) NewAct() (change.ActID, error)                                   { return change.ActID{}, nil }
func (r *Replica) SetRules(Rules) error                                            { return nil }
func (r *Replica) Hold(scopes ...change.Scope) error                               { return nil }
func (r *Replica) Commit(a Act) (Receipt, error)                                   { return Receipt{}, nil }
func (r *Replica) View(f func(*View) error) error                                  { return nil }
func (v *View) Record(k change.Key) (Record, bool, error)                          { return Record{}, false, nil }
func (v *View) Records(kind change.Kind, owner *[16]byte) iter.Seq2[Record, error] { return nil }
func (v *View) Position() uint64                                                   { return 0 }
func (r Record) Gone() bool                                                        { return false }
func (r Record) Shown(group string) (s Sibling, ok bool)                           { return }
func (r *Replica) Conflicts() iter.Seq2[Conflict, error]                           { return nil }
func (r *Replica) Held() iter.Seq2[Held, error]                                    { return nil }
func (r *Replica) Waiting() []Waiting                                              { return nil }
func (r *Replica) Changes(after uint64) iter.Seq2[uint64, []change.Key]            { return nil }
func (r *Replica) Position() uint64                                                { return 0 }
func (r *Replica) Trim(upto uint64) error                                          { return nil }
func (r *Replica) Check(ctx context.Context, progress func(done, total int)) (Report, error) {
	return Report{}, nil
}
func (r *Replica) Digest(scope change.Scope) ([16]byte, error)  { return [16]byte{}, nil }
func (r *Replica) Scopes() []change.Scope                       { return nil }
func (r *Replica) Seal(scopes ...change.Scope) error            { return nil }
func (r *Replica) Summary(change.Scope) (change.Summary, error) { return change.Summary{}, nil }
func (r *Replica) Unknown(change.Scope, clock.Vector) (clock.Vector, error) {
	return clock.Vector{}, nil
}
func (r *Replica) OwnLogs(change.Scope) (clock.Vector, error)                { return clock.Vector{}, nil }
func (r *Replica) Renew() error                                              { return nil }
func (r *Replica) Since(change.Scope, clock.Vector) iter.Seq2[[]byte, error] { return nil }
func (r *Replica) Accept(context.Context, change.Scope, []byte) (change.Accepted, error) {
	return change.Accepted{}, nil
}
