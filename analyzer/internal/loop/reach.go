package loop

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// Reach returns the code that a pass may run: the loop, the functions of the
// package that it calls, and the function literals around it. A call by a func
// value may reach the literals of its type, one by an interface the methods of
// its name.
func (l *Loop) Reach() []ast.Node {
	if l.reached != nil {
		return l.reached
	}
	r := &reacher{l: l, seen: make(map[ast.Node]bool), names: make(map[string]bool)}
	l.Inspect(func(n ast.Node) bool {
		r.add(n)
		return false
	})
	ast.Inspect(l.Decl, func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok && !code.Within(lit, l.Outer) {
			r.add(lit)
		}
		return true
	})
	l.reached = r.list
	return r.list
}

// A reacher collects code.
type reacher struct {
	l     *Loop
	seen  map[ast.Node]bool
	types typeutil.Map    // of func values that are called
	names map[string]bool // of methods of interfaces that are called
	list  []ast.Node
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
	info := r.l.Info
	if fn := r.l.Pkg.Callee(call); fn != nil {
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
	if r.names[name] {
		return
	}
	r.names[name] = true
	for _, fn := range r.l.Pkg.Methods(name) {
		r.add(fn.Body)
	}
}

// literals adds the function literals of the package that have the type t.
func (r *reacher) literals(t types.Type) {
	if t == nil {
		return
	}
	sig, ok := t.Underlying().(*types.Signature)
	if !ok || r.types.Set(sig, true) != nil {
		return
	}
	for _, lit := range r.l.Pkg.Literals(sig) {
		r.add(lit)
	}
}
