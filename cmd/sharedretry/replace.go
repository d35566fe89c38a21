package main

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

// replace writes after to the file name, which must still hold before. No one
// sees a part of it: a new file takes the place of the old one.
func replace(name string, before, after []byte) error {
	name, err := filepath.EvalSymlinks(name) // a link stays a link
	if err != nil {
		return reason(err)
	}
	info, err := os.Stat(name)
	if err != nil {
		return reason(err)
	}
	if info.Mode()&0o200 == 0 {
		return errReadOnly // a new file could take its place all the same
	}
	temp, err := writeTemp(name, info.Mode().Perm(), after)
	if err != nil {
		return fmt.Errorf("cannot write: %w", reason(err))
	}
	defer os.Remove(temp) // fails once it is renamed
	now, err := os.ReadFile(name)
	if err != nil {
		return reason(err)
	}
	if !bytes.Equal(now, before) {
		return errChanged
	}
	return reason(os.Rename(temp, name))
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

// reason returns err without the name of a file, which its reader knows or, if
// it is a temporary one, should not need to.
func reason(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return e.Err
	}
	return err
}
