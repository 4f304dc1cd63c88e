package present

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// WriteWhole writes a file beside the one at path, which takes its name when it is whole and on the disk: what stood there
// before is not lost to a power cut or a full disk. An error of write with a method Whole that says true leaves the file good,
// and is given back.
func WriteWhole(path string, perm fs.FileMode, write func(io.Writer) error) error {
	temp, err := os.CreateTemp(filepath.Dir(path), ".ishtirak-*")
	if err != nil {
		return unwritten(path, err)
	}
	told := write(temp)
	var whole interface{ Whole() bool }
	if err = told; errors.As(told, &whole) && whole.Whole() {
		err = nil
	}
	if err == nil {
		err = temp.Chmod(perm)
	}
	if err = errors.Join(err, temp.Sync(), temp.Close()); err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		return errors.Join(unwritten(path, err), os.Remove(temp.Name()))
	}
	return told
}

// unwritten says of an error of the disk which file it is about, and that it cost nothing: the one beside it is nobody's
// business.
func unwritten(path string, err error) error {
	var one *os.PathError
	var two *os.LinkError
	switch {
	case errors.As(err, &one):
		err = one.Err
	case errors.As(err, &two):
		err = two.Err
	default:
		return err
	}
	return fmt.Errorf("%s could not be written: %w; nothing there was changed", path, err)
}
