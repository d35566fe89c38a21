package source_test

import (
	"go/ast"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/source/sourcetest"
)

// A function makes a timer if it does nothing else.
func TestMakesTimer(t *testing.T) {
	for _, test := range []struct {
		name, src string
		want      bool
	}{
		{"of package time", "func f(d time.Duration) { t := time.NewTimer(d); t.Stop() }", true},
		{"a function", "func f(d time.Duration) { t := made(d); t.Stop() }\nfunc made(d time.Duration) *time.Timer { if d <= 0 { d = 1 }; return time.NewTimer(d) }", true},
		{"of another length", "func f(d time.Duration) { t := made(d); t.Stop() }\nfunc made(d time.Duration) *time.Timer { return time.NewTimer(d + time.Second) }", false},
		{"at least as long", "func f(d time.Duration) { t := made(d); t.Stop() }\nfunc made(d time.Duration) *time.Timer { if d < time.Second { d = time.Second }; return time.NewTimer(d) }", false},
		{"counts", "func f(d time.Duration) { t := made(d); t.Stop() }\nvar n int\nfunc made(d time.Duration) *time.Timer { n++; return time.NewTimer(d) }", false},
		{"keeps it", "func f(d time.Duration) { t := made(d); t.Stop() }\nvar kept *time.Timer\nfunc made(d time.Duration) *time.Timer { kept = time.NewTimer(d); return kept }", false},
		{"counts where it stops", "func f(d time.Duration) { t, stop := made(d); stop(); <-t.C }\nvar n int\nfunc made(d time.Duration) (*time.Timer, func()) { t := time.NewTimer(d); return t, func() { n++; t.Stop() } }", false},
		{"with what stops it", "func f(d time.Duration) { t, stop := made(d); stop(); <-t.C }\nfunc made(d time.Duration) (*time.Timer, func()) { t := time.NewTimer(d); return t, func() { t.Stop() } }", true},
		{"does more", "func f(d time.Duration) { t := made(d); t.Stop() }\nfunc made(d time.Duration) *time.Timer { log.Print(d); return time.NewTimer(d) }", false},
		{"makes two", "func f(d time.Duration) { t := made(d); t.Stop() }\nfunc made(d time.Duration) *time.Timer { time.NewTimer(d); return time.NewTimer(d) }", false},
		{"has one", "func f(d time.Duration) { t := made(d); t.Stop() }\nvar one = time.NewTimer(1)\nfunc made(d time.Duration) *time.Timer { return one }", false},
		{"starts something", "func f(d time.Duration) { t := made(d); t.Stop() }\nfunc made(d time.Duration) *time.Timer { go op(); return time.NewTimer(d) }", false},
		{"with an error", "func f(d time.Duration) { t, err := made(d); log.Print(err, t) }\nfunc made(d time.Duration) (*time.Timer, error) { return time.NewTimer(d), nil }", false},
	} {
		pkg := sourcetest.Package(t, sourcetest.Head+test.src)
		fn := pkg.Lookup(pkg.Types.Scope().Lookup("f"))
		made := fn.Body.List[0].(*ast.AssignStmt)
		timer := code.Local(pkg.Info, made.Lhs[0])
		call, stop := pkg.TimerMade(made, timer)
		if (call != nil) != test.want || (stop != nil) != (test.want && len(made.Lhs) == 2) {
			t.Errorf("%s: got %v, %v", test.name, call, stop)
		}
	}
}
