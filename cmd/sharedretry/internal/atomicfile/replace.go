// Package atomicfile writes files of which nobody sees a part.
package atomicfile

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/gomod"
)

// Reasons why a file is left as it is.
var (
	errChanged  = errors.New("changed since it was analysed: run again")
	errReadOnly = errors.New("read-only")
	errNoFile   = errors.New("not a regular file")
	errDangling = errors.New("a link to nothing")
)

// Replace writes after to the file name, which must still hold before. No one
// sees a part of it: a new file takes the place of the old one, unless that has
// other names, or an owner that a new file cannot have.
func Replace(name string, before, after []byte) error {
	name, err := filepath.EvalSymlinks(name) // a link stays a link
	if err != nil {
		return Reason(err)
	}
	info, err := os.Stat(name)
	if err != nil {
		return Reason(err)
	}
	if !info.Mode().IsRegular() {
		return errNoFile
	}
	if err := writable(name); err != nil {
		return err
	}
	removeTemps(name)
	temp, err := writeTemp(name, info.Mode().Perm(), after)
	if err != nil {
		return fmt.Errorf("cannot write: %w", Reason(err))
	}
	defer discard(temp)
	now, err := os.ReadFile(name)
	if err != nil {
		return Reason(err)
	}
	if !bytes.Equal(now, before) {
		return errChanged
	}
	if linked(info) || !owned(temp, info) {
		return Reason(os.WriteFile(name, after, info.Mode().Perm()))
	}
	return Reason(os.Rename(temp, name))
}

// Inside reports whether the named file, without symbolic links, is below one of
// dirs, and not in a vendor directory there or in a module cache, which is nobody's
// to write to, nor in another module below that of the directory.
func Inside(name string, dirs ...string) bool {
	name, err := filepath.EvalSymlinks(name)
	if err != nil {
		return false
	}
	for _, dir := range dirs {
		dir, err := filepath.EvalSymlinks(dir)
		if err != nil {
			continue
		}
		rel, err := filepath.Rel(dir, name)
		if err == nil && filepath.IsLocal(rel) {
			if mod := gomod.FindUp(dir, "go.mod"); mod != "" && mod != gomod.FindUp(filepath.Dir(name), "go.mod") {
				return false
			}
			parts := strings.Split(filepath.ToSlash(rel), "/")
			return !slices.ContainsFunc(parts, func(part string) bool { return part == "vendor" || strings.Contains(part, "@") })
		}
	}
	return false
}

// newFileMode is the mode of a report that is a new file.
const newFileMode = 0o644

// Write writes a report to the named file. A file that is there is
// replaced as a whole or stays as it is; what is no file, such as a pipe, is
// written to.
func Write(name string, data []byte) error {
	perm := os.FileMode(newFileMode)
	info, err := stat(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err == nil && !info.Mode().IsRegular() {
		return os.WriteFile(name, data, perm)
	}
	if err == nil {
		perm = info.Mode().Perm()
		if err := writable(name); err != nil {
			return err
		}
		if name, err = filepath.EvalSymlinks(name); err != nil { // a link stays a link
			return err
		}
	}
	removeTemps(name)
	temp, err := writeTemp(name, perm, data)
	if err != nil {
		return err
	}
	defer discard(temp)
	return os.Rename(temp, name)
}

// writable asks the system whether the named file may be written: a new file could
// take its place all the same.
func writable(name string) error {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return errReadOnly
	case err != nil:
		return Reason(err)
	}
	return f.Close()
}

// stat is [os.Stat], but for a link to nothing.
func stat(name string) (fs.FileInfo, error) {
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		if _, linked := os.Lstat(name); linked == nil {
			return nil, errDangling
		}
	}
	return info, err
}

// CheckWrite reports that there is no place for the named file, before time
// is spent on what it should hold.
func CheckWrite(name string) error {
	dir := filepath.Dir(name)
	if info, err := os.Stat(dir); err != nil {
		return fmt.Errorf("-o: %w", err)
	} else if !info.IsDir() {
		return fmt.Errorf("-o: %s is not a directory", dir)
	}
	switch info, err := stat(name); {
	case err == nil && info.IsDir():
		return fmt.Errorf("-o: %s is a directory", name)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("-o: cannot write %s: %w", name, Reason(err))
	}
	return nil
}

// Create writes a new file. No one sees a part of it.
func Create(name string, data []byte) error {
	temp, err := writeTemp(name, 0o644, data)
	if err != nil {
		return fmt.Errorf("cannot write: %w", Reason(err))
	}
	defer discard(temp)
	return Reason(os.Rename(temp, name))
}

// maxBase is how much of a file's name is part of that of a new file beside it: it must
// not become too long for the file system.
const maxBase = 200

// tempName returns the name of a new file beside name: no Go file, and nobody
// else's.
func tempName(name, random string) string {
	base := filepath.Base(name)
	return "." + base[:min(len(base), maxBase)] + ".sharedretry-" + random + ".tmp"
}

// removeTemps removes the new files that a run left beside name when it was killed.
func removeTemps(name string) {
	prefix, suffix, _ := strings.Cut(tempName(name, "*"), "*")
	entries, _ := os.ReadDir(filepath.Dir(name)) // what cannot be read holds none
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), prefix) && strings.HasSuffix(e.Name(), suffix) && e.Type().IsRegular() {
			discard(filepath.Join(filepath.Dir(name), e.Name()))
		}
	}
}

// discard removes a new file, unless it has been renamed by now. One that cannot be
// removed is left to the next run.
func discard(temp string) { _ = os.Remove(temp) }

// writeTemp writes data to a new file beside name and returns its name.
func writeTemp(name string, perm fs.FileMode, data []byte) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(name), tempName(name, "*"))
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(perm), f.Close())
	if err != nil {
		discard(f.Name())
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
