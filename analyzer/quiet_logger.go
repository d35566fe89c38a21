package analyzer

import (
	"go/ast"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// loggerOf returns the *slog.Logger by which all the lines are written, if it is one
// that can be named before the loop and stays the same; nil if not.
func (x *fixer) loggerOf(f *finding, lines []ast.Stmt) (logger ast.Expr) {
	for _, line := range lines {
		if code.Any(line, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return false
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || !isLogger(x.pass.TypesInfo.TypeOf(sel.X)) {
				return x.writesLine(call)
			}
			if logger == nil {
				logger = sel.X
			}
			return types.ExprString(logger) != types.ExprString(sel.X)
		}) {
			return nil
		}
	}
	if logger == nil || !x.staysBefore(f.site.Cycle, logger) {
		return nil
	}
	return logger
}

func isLogger(t types.Type) bool {
	p, ok := types.Unalias(t).(*types.Pointer)
	return ok && code.IsNamed(p.Elem(), "log/slog", "Logger")
}

// writesLine reports whether a call writes a line by itself.
func (x *fixer) writesLine(call *ast.CallExpr) bool {
	return x.set.loggers.Line(x.pass.TypesInfo, &ast.ExprStmt{X: call})
}

// staysBefore reports whether e is a variable from before the loop, or a field of one,
// that the loop does not assign.
func (x *fixer) staysBefore(loop ast.Node, e ast.Expr) bool {
	root := e
	for {
		sel, ok := root.(*ast.SelectorExpr)
		if !ok {
			break
		}
		root = sel.X
	}
	id, ok := root.(*ast.Ident)
	if !ok {
		return false
	}
	if obj := x.pass.TypesInfo.ObjectOf(id); obj == nil || loop.Pos() <= obj.Pos() && obj.Pos() < loop.End() {
		return false
	}
	return !code.Any(loop, func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if !ok {
			return false
		}
		for _, lhs := range a.Lhs {
			if text := types.ExprString(lhs); text == id.Name || text == types.ExprString(e) {
				return true
			}
		}
		return false
	})
}
