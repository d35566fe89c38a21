// Package bounded reads files that others name: regular ones, of bounded size. A
// device, a pipe that nobody writes to and a directory are errors, and not what is
// read until memory or patience ends.
package bounded

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"
	"time"
)

// What files may hold, in bytes.
const (
	Config   = 1 << 20  // a configuration
	Baseline = 64 << 20 // a baseline
	Other    = 16 << 20 // go.mod, CODEOWNERS, a source file of a package that is looked at only
)

// Read returns what the named regular file holds, or the one that it links to.
func Read(name string, limit int64) ([]byte, error) {
	info, err := os.Stat(name)
	if err == nil && !info.Mode().IsRegular() {
		return nil, notRegular(name, info)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err = f.Stat(); err == nil && !info.Mode().IsRegular() {
		err = notRegular(name, info)
	}
	var data []byte
	if err == nil {
		data, err = readAll(f, name, info.Size(), limit)
	}
	return data, cmp.Or(err, f.Close())
}

// kinds are the files that are not regular.
var kinds = []struct {
	mode fs.FileMode
	name string
}{{fs.ModeDir, "a directory"}, {fs.ModeNamedPipe, "a pipe"}, {fs.ModeDevice, "a device"}, {fs.ModeSocket, "a socket"}}

func notRegular(name string, info fs.FileInfo) error {
	kind := "not a regular file"
	for _, k := range kinds {
		if info.Mode()&k.mode != 0 {
			kind = k.name
			break
		}
	}
	return &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("%s: name a regular file", kind)}
}

// readAll reads a file that has size bytes, as far as that is known.
func readAll(r io.Reader, name string, size, limit int64) ([]byte, error) {
	var data bytes.Buffer
	data.Grow(int(min(size, limit)) + bytes.MinRead) // with room for the read that finds the end
	_, err := data.ReadFrom(io.LimitReader(r, limit+1))
	if err == nil && int64(data.Len()) > limit {
		err = &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("too large: more than %d bytes", limit)}
	}
	if err != nil {
		return nil, err
	}
	return data.Bytes(), nil
}

// A pipe is what was read from one, which can be read once.
type pipe struct {
	data []byte
	err  error
}

// pipes are those that were read, by name.
var (
	pipes   = make(map[string]pipe)
	pipesMu sync.Mutex
)

// pipeTimeout is how long a pipe may give nothing.
const pipeTimeout = 10 * time.Second

// ReadNamed is [Read] for a file that the user names on the command line, which may
// be a pipe, as the shell makes of <(...). It is read once and remembered.
func ReadNamed(name string, limit int64) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil || info.Mode()&fs.ModeNamedPipe == 0 {
		return Read(name, limit)
	}
	pipesMu.Lock()
	defer pipesMu.Unlock()
	known, ok := pipes[name]
	if !ok {
		known.data, known.err = readPipe(name, limit)
		pipes[name] = known
	}
	return known.data, known.err
}

func readPipe(name string, limit int64) ([]byte, error) {
	f, err := os.OpenFile(name, os.O_RDONLY|nonBlocking, 0) // nobody may write to it
	if err != nil {
		return nil, err
	}
	_ = f.SetReadDeadline(time.Now().Add(pipeTimeout)) // where the system can
	data, err := readAll(f, name, 0, limit)
	if err == nil && len(data) == 0 || errors.Is(err, os.ErrDeadlineExceeded) {
		err = &fs.PathError{Op: "read", Path: name, Err: errors.New("a pipe that nothing is written to: name a regular file")}
	}
	return data, cmp.Or(err, f.Close())
}
