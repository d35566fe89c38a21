package reading

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
)

// LimitOf returns the number of attempts that bounds tell.
func LimitOf(bounds growth.Bounds) (loop.Number, bool) {
	switch {
	case bounds.N > 0:
		return loop.Number{Offset: bounds.N}, true
	case bounds.Limit != nil:
		return loop.Number{Expr: bounds.Limit, Offset: bounds.Offset}, true
	}
	return loop.Number{}, false
}

// AtLeastOne reports whether n is known to be 1 or more.
func (r *Reading) AtLeastOne(n loop.Number) bool { return r.atLeast(n, 1) }

// atLeast reports whether n is known to be least or more.
func (r *Reading) atLeast(n loop.Number, least int64) bool {
	if n.Constant() {
		return n.Offset >= least
	}
	if n.Expr == nil || n.Less != nil {
		return false
	}
	low, ok := r.lowest(n.Expr, 0)
	return ok && low+n.Offset >= least
}

// maxDepth is how many values are looked through, one behind the other.
const maxDepth = 3

// lowest returns a number that e is not below.
func (r *Reading) lowest(e ast.Expr, depth int) (int64, bool) {
	if n, ok := code.Int(r.Info, e); ok {
		return n, true
	}
	if depth > maxDepth {
		return 0, false
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		if n, ok := r.lowestCall(e, depth); ok {
			return n, true
		}
	case *ast.Ident:
		if depth == 0 { // what a guard reads of another value, or of this one, ends there
			if n, ok := r.guarded(e); ok {
				return n, true
			}
		}
		if n, ok := r.lowestVar(e, depth); ok {
			return n, true
		}
	case *ast.BinaryExpr:
		x, okX := r.lowest(e.X, depth+1)
		y, okY := r.lowest(e.Y, depth+1)
		if !okX || !okY || x < 0 || y < 0 {
			return 0, false
		}
		switch e.Op {
		case token.ADD:
			return x + y, true
		case token.MUL:
			return x * y, true
		}
	}
	return 0, code.IsUnsigned(r.Info.TypeOf(e))
}

func (r *Reading) lowestCall(call *ast.CallExpr, depth int) (int64, bool) {
	if r.Info.Types[call.Fun].IsType() && len(call.Args) == 1 {
		if !holds(r.Info.TypeOf(call), r.Info.TypeOf(call.Args[0])) {
			return 0, false
		}
		return r.lowest(call.Args[0], depth+1)
	}
	id, ok := ast.Unparen(call.Fun).(*ast.Ident)
	if !ok {
		return 0, false
	}
	if _, ok := r.Info.ObjectOf(id).(*types.Builtin); !ok {
		return 0, false
	}
	switch id.Name {
	case "len", "cap":
		return 0, true
	case "max":
		best, found := int64(0), false
		for _, arg := range call.Args {
			if n, ok := r.lowest(arg, depth+1); ok && (!found || n > best) {
				best, found = n, true
			}
		}
		return best, found
	}
	return 0, false
}

// holds reports whether each number of the type from is the same one of the type to.
func holds(to, from types.Type) bool {
	x, okX := to.Underlying().(*types.Basic)
	y, okY := from.Underlying().(*types.Basic)
	if !okX || !okY {
		return false
	}
	width := types.SizesFor("gc", "amd64").Sizeof
	return x.Info()&y.Info()&types.IsInteger != 0 && x.Info()&types.IsUnsigned == y.Info()&types.IsUnsigned &&
		(y.Info()&types.IsUntyped != 0 || width(x) >= width(y))
}

// lowestVar reads all values that a variable is given in the package.
func (r *Reading) lowestVar(id *ast.Ident, depth int) (int64, bool) {
	v, ok := r.Info.ObjectOf(id).(*types.Var)
	if !ok || v.IsField() || !r.Pkg.Owns(v.Pkg()) || r.Pkg.IsSetElsewhere(v) {
		return 0, false
	}
	lowest, found := int64(0), false
	take := func(e ast.Expr) bool {
		if e == nil {
			return false
		}
		n, ok := r.lowest(e, depth+1)
		if ok && (!found || n < lowest) {
			lowest, found = n, true
		}
		return ok
	}
	known := true
	switch v.Kind() {
	case types.ParamVar:
		args, all := r.Pkg.Arguments(v)
		known = all && !slices.ContainsFunc(args, func(e ast.Expr) bool { return !take(e) })
	case types.RecvVar:
		known = false
	case types.ResultVar:
		found = true // it begins with 0
	}
	for _, w := range r.Pkg.Writes(v) {
		switch n := w.At.Node().(type) {
		case *ast.ValueSpec:
			known = known && len(n.Names) == len(n.Values) && take(n.Values[w.Index])
		case *ast.AssignStmt:
			known = known && take(code.ValueGiven(r.Info, n, v))
		case *ast.IncDecStmt:
			known = known && n.Tok != token.DEC
		default:
			known = known && !code.Gives(r.Info, n, v)
		}
	}
	return lowest, known && found
}
