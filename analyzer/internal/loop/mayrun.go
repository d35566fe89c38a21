package loop

import (
	"go/ast"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// MayRun goes over the code that a pass may run, see [source.Package.MayRun]: the
// loop, what it calls, and the function literals around it. Code may come twice.
func (l *Loop) MayRun(yield func(ast.Node) bool) {
	for _, part := range l.mayRun() {
		for _, n := range part.Code {
			if !yield(n) {
				return
			}
		}
	}
}

func (l *Loop) mayRun() []*source.Part {
	if l.runs != nil {
		return l.runs
	}
	var roots []ast.Node
	l.Inspect(func(n ast.Node) bool {
		roots = append(roots, n)
		return false
	})
	ast.Inspect(l.Decl, func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok && !code.Within(lit, l.Outer) {
			roots = append(roots, lit)
		}
		return true
	})
	l.runs = l.Pkg.MayRun(roots...)
	return l.runs
}
