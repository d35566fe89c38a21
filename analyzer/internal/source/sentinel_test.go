package source_test

import (
	"go/ast"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/source/sourcetest"
)

// A variable of the package that is set later is no sentinel.
func TestIsSentinel(t *testing.T) {
	pkg := sourcetest.Package(t, sourcetest.Head+"var last, errOver = op(), errors.New(\"over\")\n\nfunc f() []error {\n\tlast = op()\n\town := op()\n\tlog.Print(errOver.Error())\n\treturn []error{last, own, errOver, errGaveUp, context.Canceled}\n}\n")
	var got []bool
	ast.Inspect(pkg.Files[0], func(n ast.Node) bool {
		if list, ok := n.(*ast.CompositeLit); ok {
			for _, e := range list.Elts {
				got = append(got, pkg.IsSentinel(e))
			}
		}
		return true
	})
	for i, want := range []bool{false, false, true, true, true} {
		if i >= len(got) || got[i] != want {
			t.Errorf("%d: got %v", i, got)
		}
	}
}
