//go:build unix

package bounded

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestRead(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	link := func(to, name string) {
		if err := os.Symlink(to, in(name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(in("file"), []byte("12345678"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(in("fifo"), 0o600); err != nil {
		t.Fatal(err)
	}
	link("file", "link")
	link("/dev/zero", "zero")
	link("loop", "loop")
	link("gone", "dangling")
	link("fifo", "tofifo")
	for _, test := range []struct {
		name  string
		limit int64
		want  string // the text, or what the error says
	}{
		{"file", 8, "12345678"}, {"file", 7, "too large"}, {"link", 8, "12345678"},
		{"zero", 8, "a device"}, {"fifo", 8, "a pipe"}, {"tofifo", 8, "a pipe"}, {"", 8, "a directory"},
		{"loop", 8, "too many"}, {"dangling", 8, "no such file"},
	} {
		for _, read := range []func(string, int64) ([]byte, error){Read, ReadNamed} {
			start := time.Now()
			data, err := read(in(test.name), test.limit)
			got := string(data)
			if err != nil {
				got = err.Error()
			}
			if !strings.Contains(got, test.want) || time.Since(start) > 5*time.Second {
				t.Errorf("%q: got %q, want %q", test.name, got, test.want)
			}
		}
	}
}

// A pipe that the user names is read once, however often it is asked for.
func TestReadNamed(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	go func() {
		_, _ = w.WriteString("rules: ") // what is not written is not read either
		time.Sleep(50 * time.Millisecond)
		_, _ = w.WriteString("[all]\n")
		_ = w.Close()
	}()
	name := filepath.Join("/dev/fd", strconv.Itoa(int(r.Fd())))
	if _, err := os.Stat(name); err != nil {
		t.Skip(err)
	}
	for range 3 {
		if data, err := ReadNamed(name, Config); string(data) != "rules: [all]\n" || err != nil {
			t.Fatalf("got %q, %v", data, err)
		}
	}
}
