package rewrite

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// reach returns the code that a pass may run: the loop, the functions of the
// package that it calls, and the function literals around it. A call by a func
// value may reach the literals of its type, one by an interface the methods of
// its name.
func (b *binder) reach() []ast.Node {
	if b.reached != nil {
		return b.reached
	}
	r := &reacher{b: b, seen: make(map[ast.Node]bool)}
	b.loop.Inspect(func(n ast.Node) bool {
		r.add(n)
		return false
	})
	ast.Inspect(b.loop.Decl, func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok && !code.Within(lit, b.loop.Outer) {
			r.add(lit)
		}
		return true
	})
	b.reached = r.list
	return r.list
}

// A reacher collects code.
type reacher struct {
	b    *binder
	seen map[ast.Node]bool
	list []ast.Node
}

func (r *reacher) add(n ast.Node) {
	if n == nil || r.seen[n] {
		return
	}
	r.seen[n] = true
	r.list = append(r.list, n)
	ast.Inspect(n, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			r.call(call)
		}
		return true
	})
}

// call adds what call may reach.
func (r *reacher) call(call *ast.CallExpr) {
	info := r.b.info
	if fn := r.b.pkg.Callee(call); fn != nil {
		if fn.Body != nil {
			r.add(fn.Body)
		}
		return
	}
	switch fn := typeutil.Callee(info, call).(type) {
	case *types.Func:
		if recv := fn.Signature().Recv(); recv != nil && types.IsInterface(recv.Type()) {
			r.methods(fn.Name())
		}
		for _, arg := range call.Args { // what it may call back
			r.literals(info.TypeOf(arg))
		}
	case *types.Builtin:
	default:
		if !info.Types[call.Fun].IsType() {
			r.literals(info.TypeOf(call.Fun))
		}
	}
}

// methods adds the methods of the package that are called name.
func (r *reacher) methods(name string) {
	for _, file := range r.b.pkg.Files {
		for _, d := range file.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv != nil && fn.Name.Name == name && fn.Body != nil {
				r.add(fn.Body)
			}
		}
	}
}

// literals adds the function literals of the package that have the type t.
func (r *reacher) literals(t types.Type) {
	if t == nil {
		return
	}
	sig, ok := t.Underlying().(*types.Signature)
	if !ok {
		return
	}
	for _, file := range r.b.pkg.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			lit, ok := n.(*ast.FuncLit)
			if ok && types.Identical(r.b.info.TypeOf(lit), sig) {
				r.add(lit)
			}
			return true
		})
	}
}
