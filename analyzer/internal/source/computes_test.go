package source_test

import (
	"go/ast"
	"go/types"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/source/sourcetest"
)

func TestComputes(t *testing.T) {
	for _, test := range []struct {
		name, src      string
		computes, acts bool
	}{
		{"arithmetic", "func g(n int) int { d := 1; for n > 0 { d *= 2; n-- }; return d }", true, false},
		{"ends what should not be", "func g(n int) int { if n < 0 { panic(n) }; return n }", true, false},
		{"calls what computes", "func g(n int) int { return h(n) }\nfunc h(n int) int { return n + 1 }", true, false},
		{"counts", "var count int\nfunc g(n int) int { count++; return count }", false, true},
		{"logs", "func g(n int) int { log.Print(n); return n }", false, true},
		{"calls a value", "var h func(int) int\nfunc g(n int) int { return h(n) }", false, false},
		{"changes what is around it", "func f(n int) int { g := func(n int) int { n++; return n }; return g(n) }\nfunc g(n int) int { h := func() int { n++; return n }; return n + h() }", false, true},
		{"receives", "var c chan int\nfunc g(n int) int { for x := range c { n += x }; return n }", false, true},
		{"goes over numbers", "func g(n int) int { d := 1; for range n { d *= 2 }; return d }", true, false},
		{"sends", "var c chan int\nfunc g(n int) int { c <- n; return n }", false, true},
	} {
		pkg := sourcetest.Package(t, sourcetest.Head+test.src+"\nvar called = g(1)\n")
		var call *ast.CallExpr
		ast.Inspect(pkg.Files[0], func(n ast.Node) bool {
			if c, ok := n.(*ast.CallExpr); ok {
				if id, ok := c.Fun.(*ast.Ident); ok && id.Name == "g" {
					call = c
				}
			}
			return true
		})
		if computes, acts := pkg.Computes(call), pkg.Acts(call); computes != test.computes || acts != test.acts {
			t.Errorf("%s: computes %v, acts %v", test.name, computes, acts)
		}
	}
}

// What looks calls those that look, and nothing else but what computes.
func TestLooks(t *testing.T) {
	for _, test := range []struct {
		name, src string
		want      bool
	}{
		{"looks", "func g() bool { return runtime.NumGoroutine() > 3 }", true},
		{"computes", "func g() bool { return len(errGaveUp.Error()) > 3 }", false},
		{"looks and logs", "func g() bool { log.Print(runtime.NumGoroutine()); return true }", false},
		{"looks in another function", "func g() bool { return h(1) }\nfunc h(n int) bool { return runtime.NumGoroutine() > n }", true},
		{"looks by a pointer", "func g() bool { n := runtime.NumGoroutine(); p := &n; return *p > 3 }", true},
		{"looks and receives", "var c chan int\nfunc g() bool { return runtime.NumGoroutine() > <-c }", false},
		{"looks and keeps", "var kept int\nfunc g() bool { kept = runtime.NumGoroutine(); return kept > 3 }", false},
		{"looks and attempts", "func g() bool { return runtime.NumGoroutine() > 3 && op() == nil }", true}, // op computes
		{"looks and ends what should not be", "func g() bool { if runtime.NumGoroutine() > 3 { panic(1) }; return true }", true},
	} {
		pkg := sourcetest.Package(t, sourcetest.Head+test.src+"\nvar called = g()\n")
		var call *ast.CallExpr
		ast.Inspect(pkg.Files[0], func(n ast.Node) bool {
			if c, ok := n.(*ast.CallExpr); ok {
				if id, ok := c.Fun.(*ast.Ident); ok && id.Name == "g" {
					call = c
				}
			}
			return true
		})
		got := pkg.Looks(call, func(info *types.Info, call *ast.CallExpr) bool {
			return code.Callee(info, call) == "runtime.NumGoroutine"
		})
		if got != test.want {
			t.Errorf("%s: got %v", test.name, got)
		}
	}
}
