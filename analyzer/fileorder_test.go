package analyzer_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer"
)

// apart is a loop, and in files of their own the functions that tell its delays and wait.
var apart = map[string]string{
	"delay.go": `package p

import "time"

func backoff(attempt int, least, most time.Duration) time.Duration {
	d := time.Duration(attempt*attempt) * least
	if d > most {
		d = most
	}
	return d
}
`,
	"loop.go": `package p

import (
	"context"
	"os"
	"time"
)

const most = 5 * time.Second

func remove(ctx context.Context, name string, attempts int) (err error) {
	for i := 0; i < attempts; i++ {
		if i > 0 {
			if !sleep(ctx, backoff(i, 100*time.Millisecond, most)) {
				return ctx.Err()
			}
		}
		if err = os.Remove(name); err == nil {
			return nil
		}
	}
	return err
}
`,
	"sleep.go": `package p

import (
	"context"
	"time"
)

func sleep(ctx context.Context, d time.Duration) bool {
	if d == 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
`,
}

// The files of a package are parsed at once: each may come first, and get the positions in
// front of the others.
func TestFileOrder(t *testing.T) {
	const want = "reported: the delay at line 14 is taken only after a failure of os.Remove (line 18); at most attempts attempts, a context, " +
		"growing with a power of the attempt, capped; has no jitter (no-jitter); waits 100ms, 400ms, 900ms, 1.6s, 2.5s, 3.6s, 4.9s, 5s, …; " +
		"no fix: it is not known which helper to call: run sharedretry -init, or set helper in .sharedretry.yml"
	for _, order := range [][]string{
		{"delay.go", "loop.go", "sleep.go"}, {"delay.go", "sleep.go", "loop.go"}, {"loop.go", "delay.go", "sleep.go"},
		{"loop.go", "sleep.go", "delay.go"}, {"sleep.go", "delay.go", "loop.go"}, {"sleep.go", "loop.go", "delay.go"},
	} {
		fset := token.NewFileSet()
		var files []*ast.File
		for _, name := range order {
			file, err := parser.ParseFile(fset, name, apart[name], parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, file)
		}
		a := analyzer.New(analyzer.Options{Config: analyzer.NoConfig})
		var diags []analysis.Diagnostic
		result, err := a.Run(newPass(a, fset, files, &diags))
		if err != nil {
			t.Fatal(err)
		}
		checkDiagnostics(t, fset, files, result.(*analyzer.Result), diags)
		for _, s := range result.(*analyzer.Result).Sites {
			if got := s.Explain(); fset.Position(s.Pos).Filename == "loop.go" && got != want {
				t.Errorf("%v: got %s\nwant %s", order, got, want)
			}
		}
		if len(diags) != 1 {
			t.Errorf("%v: %d findings, want 1", order, len(diags))
		}
	}
}
