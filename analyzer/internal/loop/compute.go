package loop

import (
	"go/ast"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// compute returns e where obj has a value.
func (l *Loop) compute(e ast.Expr, obj types.Object, value Number) (Number, bool) {
	if n, ok := code.Int(l.Info, e); ok {
		return Number{Offset: n}, true
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if l.Info.ObjectOf(e) == obj {
			return value, true
		}
		if n, ok := l.constantOf(e); ok {
			return Number{Offset: n}, true
		}
	case *ast.BinaryExpr:
		x, okX := l.compute(e.X, obj, value)
		y, okY := l.compute(e.Y, obj, value)
		if !okX || !okY {
			return Number{}, false
		}
		return x.Combined(e.Op, y)
	}
	if code.Mentions(l.Info, e, obj) || !l.VisibleBefore(e) {
		return Number{}, false
	}
	return Number{Expr: ast.Unparen(e)}, true
}

// constantOf returns what a variable of the function holds that is given one
// constant and nothing else.
func (l *Loop) constantOf(id *ast.Ident) (n int64, ok bool) {
	v := code.Local(l.Info, id)
	if v == nil || l.Observed(v) {
		return 0, false
	}
	given := 0
	ast.Inspect(l.Decl, func(x ast.Node) bool {
		for _, lhs := range code.Assigned(x) {
			if l.Info.ObjectOf(lhs) == v {
				given++
			}
		}
		var value ast.Expr
		switch x := x.(type) {
		case *ast.AssignStmt:
			value = code.ValueGiven(l.Info, x, v)
		case *ast.DeclStmt:
			if value = code.Declared(l.Info, x, v); value != nil {
				given++
			}
		}
		if c, isConst := code.Int(l.Info, value); isConst {
			n, ok = c, true
		}
		return true
	})
	return n, ok && given == 1
}
