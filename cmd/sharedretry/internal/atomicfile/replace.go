// Package atomicfile writes files of which nobody sees a part.
package atomicfile

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Reasons why a file is left as it is.
var (
	errChanged  = errors.New("changed since it was analysed: run again")
	errReadOnly = errors.New("read-only")
)

// Replace writes after to the file name, which must still hold before. No one
// sees a part of it: a new file takes the place of the old one.
func Replace(name string, before, after []byte) error {
	name, err := filepath.EvalSymlinks(name) // a link stays a link
	if err != nil {
		return Reason(err)
	}
	info, err := os.Stat(name)
	if err != nil {
		return Reason(err)
	}
	if info.Mode()&0o200 == 0 {
		return errReadOnly // a new file could take its place all the same
	}
	temp, err := writeTemp(name, info.Mode().Perm(), after)
	if err != nil {
		return fmt.Errorf("cannot write: %w", Reason(err))
	}
	defer os.Remove(temp) // fails once it is renamed
	now, err := os.ReadFile(name)
	if err != nil {
		return Reason(err)
	}
	if !bytes.Equal(now, before) {
		return errChanged
	}
	return Reason(os.Rename(temp, name))
}

// newFileMode is the mode of a report that is a new file.
const newFileMode = 0o644

// Write writes a report to the named file. A file that is there is
// replaced as a whole or stays as it is; what is no file, such as a pipe, is
// written to.
func Write(name string, data []byte) error {
	perm := os.FileMode(newFileMode)
	info, err := os.Stat(name)
	if err == nil && !info.Mode().IsRegular() {
		return os.WriteFile(name, data, perm)
	}
	if err == nil {
		if perm = info.Mode().Perm(); perm&0o200 == 0 {
			return errReadOnly // a new file could take its place all the same
		}
		if name, err = filepath.EvalSymlinks(name); err != nil { // a link stays a link
			return err
		}
	}
	temp, err := writeTemp(name, perm, data)
	if err != nil {
		return err
	}
	defer os.Remove(temp) // fails once it is renamed
	return os.Rename(temp, name)
}

// CheckWrite reports that there is no place for the named file, before time
// is spent on what it should hold.
func CheckWrite(name string) error {
	dir := filepath.Dir(name)
	if info, err := os.Stat(dir); err != nil {
		return fmt.Errorf("-o: %w", err)
	} else if !info.IsDir() {
		return fmt.Errorf("-o: %s is no directory", dir)
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return fmt.Errorf("-o: %s is a directory", name)
	}
	return nil
}

// Create writes a new file. No one sees a part of it.
func Create(name string, data []byte) error {
	temp, err := writeTemp(name, 0o644, data)
	if err != nil {
		return fmt.Errorf("cannot write: %w", Reason(err))
	}
	defer os.Remove(temp) // fails once it is renamed
	return Reason(os.Rename(temp, name))
}

// writeTemp writes data to a new file beside name and returns its name.
func writeTemp(name string, perm fs.FileMode, data []byte) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*.tmp") // no name of a Go file
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(perm), f.Close())
	if err != nil {
		os.Remove(f.Name())
	}
	return f.Name(), err
}

// Reason returns err without the name of a file, which its reader knows or, if
// it is a temporary one, should not need to.
func Reason(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return e.Err
	}
	return err
}
