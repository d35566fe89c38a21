package loop

import (
	"go/ast"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// Reach returns the code that a pass may run: the loop, the functions of the
// package that it calls, and the function literals around it. A call by a func
// value may reach the literals of its type, one by an interface the methods of
// its name.
func (l *Loop) Reach() []ast.Node {
	if l.reached != nil {
		return l.reached
	}
	r := &reacher{l: l, seen: make(map[ast.Node]bool), types: make(map[*source.Literals]bool), names: make(map[string]bool)}
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
	types map[*source.Literals]bool // whose literals are in the list
	names map[string]bool           // of methods, likewise
	list  []ast.Node
}

// add adds n and what it may run.
func (r *reacher) add(n ast.Node) {
	if r.seen[n] {
		return
	}
	r.seen[n] = true
	r.list = append(r.list, n)
	runs := r.l.Pkg.Runs(n)
	for _, body := range runs.Bodies {
		r.add(body)
	}
	for _, value := range runs.Values {
		if !r.types[value] {
			r.types[value] = true
			for _, lit := range value.List {
				r.add(lit)
			}
		}
	}
	for _, name := range runs.Methods {
		if !r.names[name] {
			r.names[name] = true
			for _, fn := range r.l.Pkg.Methods(name) {
				r.add(fn.Body)
			}
		}
	}
}
