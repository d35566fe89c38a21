package source_test

import (
	"go/ast"
	"go/types"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/source"
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
		call := callOf(pkg, "g")
		if computes, acts := pkg.Computes(call), pkg.Acts(call); computes != test.computes || acts != test.acts {
			t.Errorf("%s: computes %v, acts %v", test.name, computes, acts)
		}
	}
}

// callOf returns the last call in pkg of the function of that name.
func callOf(pkg *source.Package, name string) (call *ast.CallExpr) {
	ast.Inspect(pkg.Files[0], func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok {
			if id, ok := c.Fun.(*ast.Ident); ok && id.Name == name {
				call = c
			}
		}
		return true
	})
	return call
}

func TestOnlyTells(t *testing.T) {
	logs := func(fn *types.Func) bool { return fn.Pkg().Path() == "log" }
	for _, test := range []struct {
		name, src string
		want      bool
	}{
		{"logs", "func g(n int) { if n > 0 { log.Print(n) } }", true},
		{"logs by another", "func g(n int) { text := fmt.Sprint(n); h(text) }\nfunc h(s string) { log.Print(s) }", true},
		{"returns what it has logged", "func g(n int) int { log.Print(n); return n }", true},
		{"does nothing, here", "func g(n int) {}", false},
		{"ends the program", "func g(n int) { log.Print(n); os.Exit(n) }", false},
		{"may end the program", "func g(n int) { log.Print(n); if n > 0 { panic(n) } }", false},
		{"may end the program by another", "func g(n int) { log.Print(n); h(n) }\nfunc h(n int) { if n > 0 { log.Fatal(n) } }", false},
		{"counts", "var count int\nfunc g(n int) { log.Print(n); count++ }", false},
		{"closes", "var c chan int\nfunc g(n int) { log.Print(n); close(c) }", false},
		{"calls a value", "var h func(int)\nfunc g(n int) { log.Print(n); h(n) }", false},
		{"logs that something fails", "func g(n int) { if err := os.Remove(\"x\"); err != nil { log.Print(n, err) } }", false},
		{"calls itself", "func g(n int) { log.Print(n); g(n - 1) }", false},
		{"tells another package of an error", "func g(n int) { signal.Ignore(); log.Print(n) }", false},
	} {
		pkg := sourcetest.Package(t, strings.Replace(sourcetest.Head, "import (", "import (\n\"fmt\"\n\"os\"\n\"os/signal\"\n", 1)+"var _, _, _ = fmt.Sprint, os.Exit, signal.Ignore\n"+test.src+"\nfunc calls() { g(1) }\n")
		if got := pkg.OnlyTells(callOf(pkg, "g"), logs); got != test.want {
			t.Errorf("%s: got %v", test.name, got)
		}
	}
}
