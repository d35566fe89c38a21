package site

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// A function can also begin its next pass without waiting for it:
//
//	time.AfterFunc(d, c.connect)
//	go func() { time.Sleep(d); c.connect() }()
//
// Both are recursion with a delay where they stand in connect.

// later is the name of functions that call another one after a while.
const later = "AfterFunc"

// placeLater makes a site of the function around cur if cur is a call that has
// that function called after a while.
func (f *finder) placeLater(cur inspector.Cursor, call *ast.CallExpr) {
	if calleeName(call) != later || len(call.Args) != 2 || !IsDuration(f.pkg.Info.TypeOf(call.Args[0])) {
		return
	}
	fn, _ := f.around(cur)
	if fn != nil && Refers(f.pkg, call.Args[1], f.pkg.Selves(fn)) {
		f.add(fn, fn.Node, &Delay{Node: call, Duration: call.Args[0]})
	}
}

// placeStarted makes a site of the function that starts the goroutine lit, which
// waits at d, if lit calls that function.
func (f *finder) placeStarted(cur inspector.Cursor, lit *ast.FuncLit, d *Delay) {
	for c := range cur.Enclosing((*ast.GoStmt)(nil)) {
		call := c.Node().(*ast.GoStmt).Call
		if ast.Unparen(call.Fun) != lit {
			return
		}
		fn, _ := f.around(c)
		if fn != nil && Refers(f.pkg, lit, f.pkg.Selves(fn)) {
			f.add(fn, fn.Node, &Delay{Node: call, Duration: d.Duration})
		}
		return
	}
}

// Refers reports whether n calls one of some functions or names it as a value.
func Refers(pkg *source.Package, n ast.Node, names []types.Object) bool {
	return code.AnyName(n, func(id *ast.Ident) bool {
		obj := pkg.Info.Uses[id]
		return obj != nil && slices.Contains(names, obj)
	})
}
