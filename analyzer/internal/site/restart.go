package site

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"

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
	if fn != nil && fn.Obj != nil && Refers(f.pkg, call.Args[1], fn.Obj) {
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
		if fn != nil && fn.Obj != nil && Refers(f.pkg, lit, fn.Obj) {
			f.add(fn, fn.Node, &Delay{Node: call, Duration: d.Duration})
		}
		return
	}
}

// Refers reports whether n calls obj or names it as a value.
func Refers(pkg *source.Package, n ast.Node, obj types.Object) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && pkg.Info.Uses[id] == obj {
			found = true
		}
		return !found
	})
	return found
}
