package source_test

import (
	"go/ast"
	"testing"

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
