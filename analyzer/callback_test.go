package analyzer_test

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// avast is what fixes use of github.com/avast/retry-go/v5.
const avast = `package retry

import (
	"context"
	"time"
)

type (
	Option    func()
	Retrier   struct{}
	DelayFunc func()
	Data[T any] struct{}
)

func New(...Option) *Retrier                 { return nil }
func (*Retrier) Do(func() error) error       { return nil }
func NewWithData[T any](...Option) *Data[T]  { return nil }
func (*Data[T]) Do(func() (T, error)) (_ T, _ error) { return }
func Context(context.Context) Option         { return nil }
func Attempts(uint) Option                   { return nil }
func UntilSucceeded() Option                 { return nil }
func Delay(time.Duration) Option             { return nil }
func MaxDelay(time.Duration) Option          { return nil }
func DelayType(DelayFunc) Option             { return nil }
func LastErrorOnly(bool) Option              { return nil }
func Unrecoverable(error) error              { return nil }
func BackOffDelay()                          {}
`

// isFixed ends the name of the fixed source that stands behind a source.
const isFixed = ", fixed"

// The sources in testdata/callback become, by a helper that takes the operation
// as a function, what stands behind each of them.
func TestCallback(t *testing.T) {
	names, err := filepath.Glob(filepath.Join("testdata", "callback", "*.txtar"))
	if err != nil || len(names) == 0 {
		t.Fatal("no sources", err)
	}
	dir := t.TempDir()
	writeShapes(t, dir)
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { testCallbacks(t, dir, name) })
	}
}

func testCallbacks(t *testing.T, dir, name string) {
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	want := make(map[string]string)
	for _, f := range archive.Files {
		want[f.Name] = string(f.Data)
	}
	var files []txtar.File
	for _, f := range archive.Files {
		if strings.HasSuffix(f.Name, isFixed) {
			continue
		}
		files = append(files, f)
		t.Run(f.Name, func(t *testing.T) {
			m := &shapeModule{t: t, dir: dir, helper: "avast/retry-go/v5"}
			got := strings.TrimSuffix(m.outcome(string(f.Data)), "\n") + "\n"
			files = append(files, txtar.File{Name: f.Name + isFixed, Data: []byte(got)})
			if got != want[f.Name+isFixed] && !*update {
				t.Errorf("got\n%s\nwant\n%s", got, want[f.Name+isFixed])
			}
		})
	}
	if *update {
		archive.Files = files
		writeFile(t, name, string(txtar.Format(archive)))
	}
}
