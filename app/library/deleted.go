package library

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"ishtirak/model"
	"ishtirak/model/workset"
	"ishtirak/sync/change"
	"ishtirak/sync/replica"
)

// The picks of a record that one deleted while another, unseen, kept it.
const (
	pickKeep   = 1
	pickDelete = 2
)

// deletedVersions are the two sides of it: the record with what those who deleted it
// had not seen, which stays to be seen until somebody decides, and its deletion, which
// has no text.
func (l *Library) deletedVersions(v *workset.View, c replica.Conflict) ([]model.Version, error) {
	rec, err := l.raw(c.Key)
	if err != nil {
		return nil, err
	}
	saw := map[change.WriteID]bool{}
	var kept, gone []replica.Sibling
	for _, s := range c.Siblings {
		life, err := change.DecodeLife(s.Value)
		if err != nil || !life.Deleted {
			kept = append(kept, s)
			continue
		}
		gone = append(gone, s)
		for _, id := range life.Saw {
			saw[id] = true
		}
	}
	var unseen, all []model.Part
	for _, name := range slices.Sorted(maps.Keys(rec.Groups)) {
		for _, s := range rec.Groups[name] {
			if name == model.GroupLife {
				continue
			}
			text := model.PartsOf(model.Kind(c.Kind), name, s.Value)
			all = append(all, text...)
			if !saw[s.ID] {
				kept, unseen = append(kept, s), append(unseen, text...)
			}
		}
	}
	if len(unseen) == 0 {
		unseen = all
	}
	if len(kept) == 0 || len(gone) == 0 {
		return nil, nil // settled between the listing and now
	}
	return []model.Version{l.version(v, newest(kept), unseen, !rec.Gone()), l.version(v, newest(gone), nil, rec.Gone())}, nil
}

func newest(list []replica.Sibling) replica.Sibling {
	return slices.MaxFunc(list, func(a, b replica.Sibling) int {
		return cmp.Or(cmp.Compare(a.Stamp, b.Stamp), slices.Compare(a.ID[:], b.ID[:]))
	})
}

// resolveDeleted keeps the record, or deletes it with all that it holds now.
func (l *Library) resolveDeleted(c replica.Conflict, pick int) ([]byte, error) {
	life := change.Life{}
	switch pick {
	case pickKeep:
	case pickDelete:
		rec, err := l.raw(c.Key)
		if err != nil {
			return nil, err
		}
		life = change.Life{Deleted: true, Saw: rec.Saw()}
	default:
		return nil, fmt.Errorf("%d is no answer: 1 keeps the record, 2 deletes it", pick)
	}
	return life.Encode()
}

// raw is a record as the replica has it, deleted or not.
func (l *Library) raw(key change.Key) (rec replica.Record, err error) {
	err = l.rep.View(func(v *replica.View) error {
		rec, _, err = v.Record(key)
		return err
	})
	if err != nil {
		return rec, fmt.Errorf("reading what is to be sorted out: %w", err)
	}
	return rec, nil
}
