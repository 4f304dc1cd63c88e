package library

import (
	"context"

	"ishtirak/model"
	"ishtirak/sync/change"
	"ishtirak/sync/peer"
)

// Delete deletes a record, as a form would that displays all of it as it is now.
func (l *Library) Delete(ctx context.Context, key model.Key) error {
	if err := l.wait(ctx); err != nil {
		return err
	}
	rec, err := l.raw(changeKey(key))
	if err != nil {
		return err
	}
	value, err := change.Life{Deleted: true, Saw: rec.Saw()}.Encode()
	if err != nil {
		return err
	}
	return l.Write(key, model.GroupLife, value)
}

// Write writes one group as it comes.
func (l *Library) Write(key model.Key, group string, value []byte) error {
	a := l.newAct()
	a.add(key, model.Group{Name: group, Value: value})
	_, err := a.commit()
	return err
}

// StaffNow is who is named for what is done now.
func (l *Library) StaffNow() model.ID { return l.staffNow() }

// NoteNear is what looking for neighbours calls.
func (l *Library) NoteNear(n peer.Neighbour) { l.noteNear(n) }

// FreeBytes is what the disk of a folder still takes.
func FreeBytes(dir string) (uint64, error) { return freeBytes(dir) }
