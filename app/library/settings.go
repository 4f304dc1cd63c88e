package library

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"ishtirak/model"
)

const settingsFile = "settings.json"

func (l *Library) loadSettings() error {
	var s model.Settings
	text, err := os.ReadFile(l.path(settingsFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return fmt.Errorf("reading this laptop's settings: %w", err)
	default:
		if json.Unmarshal(text, &s) != nil {
			s = model.Settings{} // settings are no reason not to open
		}
	}
	l.settings.Store(&s)
	return nil
}

// Settings are this laptop's.
func (l *Library) Settings() model.Settings { return *l.settings.Load() }

// SaveSettings keeps them: the old file or the new one, whenever the power goes.
func (l *Library) SaveSettings(s model.Settings) error {
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return fmt.Errorf("writing this laptop's settings: %w", err)
	}
	if err := writeFile(l.path(settingsFile), append(text, '\n')); err != nil {
		return fmt.Errorf("writing this laptop's settings: %w", err)
	}
	l.settings.Store(&s)
	return nil
}

// writeFile writes beside, syncs and renames.
func writeFile(path string, contents []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	_, err = f.Write(contents)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// staffNow is who works at this laptop: as set, else whoever works here alone. Of several nobody is said to have done what
// another may have done.
func (l *Library) staffNow() (who model.ID) {
	if id := l.Settings().Staff; !id.IsZero() {
		return id
	}
	for _, s := range l.set.View().Staff() {
		if s.Left {
			continue
		}
		if !who.IsZero() {
			return model.ID{}
		}
		who = s.ID
	}
	return who
}
