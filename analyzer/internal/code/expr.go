package code

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/types/typeutil"
)

// Comparisons lists the operands of && and || in cond that compare.
func Comparisons(cond ast.Expr) []*ast.BinaryExpr {
	e, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	switch {
	case !ok:
		return nil
	case e.Op == token.LAND || e.Op == token.LOR:
		return append(Comparisons(e.X), Comparisons(e.Y)...)
	case IsComparison(e.Op):
		return []*ast.BinaryExpr{e}
	}
	return nil
}

// Local returns the local variable that e names, or nil.
func Local(info *types.Info, e ast.Expr) *types.Var {
	if e == nil {
		return nil
	}
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	v, ok := info.ObjectOf(id).(*types.Var)
	if !ok || v.IsField() || v.Pkg() == nil || v.Parent() == v.Pkg().Scope() {
		return nil
	}
	return v
}

// Int returns what e is, if that is a constant whole number.
func Int(info *types.Info, e ast.Expr) (n int64, ok bool) {
	if v := info.Types[e].Value; v != nil && v.Kind() == constant.Int {
		return constant.Int64Val(v)
	}
	return 0, false
}

// Step returns what n counts, and by how much: 1 for x++ and x += 1, -1 for x-- and x -= 1;
// nil and 0 if it does something else.
func Step(info *types.Info, n ast.Node) (x ast.Expr, by int64) {
	switch n := n.(type) {
	case *ast.IncDecStmt:
		return n.X, map[token.Token]int64{token.INC: 1, token.DEC: -1}[n.Tok]
	case *ast.AssignStmt:
		by = map[token.Token]int64{token.ADD_ASSIGN: 1, token.SUB_ASSIGN: -1}[n.Tok]
		if k, ok := Int(info, n.Rhs[0]); ok && k == 1 && by != 0 {
			return n.Lhs[0], by
		}
	}
	return nil, 0
}

// IsLocal reports whether obj is a variable that a function has for itself.
func IsLocal(obj types.Object) bool {
	v, ok := obj.(*types.Var)
	return ok && v.Kind() != types.FieldVar && v.Kind() != types.PackageVar
}

// IsTrue reports whether v is the constant true.
func IsTrue(v constant.Value) bool {
	return v != nil && v.Kind() == constant.Bool && constant.BoolVal(v)
}

// IsFalse reports whether v is the constant false.
func IsFalse(v constant.Value) bool {
	return v != nil && v.Kind() == constant.Bool && !constant.BoolVal(v)
}

// IsNil reports whether e is nil.
func IsNil(info *types.Info, e ast.Expr) bool { return info.Types[e].IsNil() }

// IsSentinel reports whether e is a package-level variable, or a constant, which hardly
// ever is nil: for what is judged, not for what is rewritten.
func IsSentinel(info *types.Info, e ast.Expr) bool {
	var id *ast.Ident
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		id = e
	case *ast.SelectorExpr:
		id = e.Sel
	default:
		return false
	}
	switch obj := info.ObjectOf(id).(type) {
	case *types.Var:
		return obj.Pkg() != nil && obj.Parent() == obj.Pkg().Scope()
	case *types.Const:
		return true
	}
	return false
}

// MakesError reports whether the function called path.Name always returns an
// error: errors.New, fmt.Errorf and their look-alikes.
func MakesError(name string) bool {
	return strings.HasSuffix(name, "errors.New") || strings.HasSuffix(name, ".Errorf")
}

// Callee returns the function that call reaches as "path.Name", or "".
func Callee(info *types.Info, call *ast.CallExpr) string {
	fn, ok := typeutil.Callee(info, call).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return ""
	}
	return fn.Pkg().Path() + "." + fn.Name()
}

// Mirror has, for each comparison, the one with its operands exchanged.
var Mirror = map[token.Token]token.Token{
	token.LSS: token.GTR, token.GTR: token.LSS, token.LEQ: token.GEQ, token.GEQ: token.LEQ,
	token.EQL: token.EQL, token.NEQ: token.NEQ,
}

// Opposite has, for each comparison, the one that holds where it does not.
var Opposite = map[token.Token]token.Token{
	token.EQL: token.NEQ, token.NEQ: token.EQL, token.LSS: token.GEQ, token.GEQ: token.LSS, token.GTR: token.LEQ, token.LEQ: token.GTR,
}

// IsComparison reports whether op compares its operands.
func IsComparison(op token.Token) bool { return Mirror[op] != token.ILLEGAL }

// SameName reports whether x and y are the same identifier.
func SameName(x, y ast.Expr) bool {
	a, ok := x.(*ast.Ident)
	b, ok2 := y.(*ast.Ident)
	return ok && ok2 && a.Name == b.Name
}

// AllBlank reports whether all of exprs are _.
func AllBlank(exprs []ast.Expr) bool {
	return !slices.ContainsFunc(exprs, func(e ast.Expr) bool {
		id, ok := e.(*ast.Ident)
		return !ok || id.Name != "_"
	})
}

// IsIdent reports whether e is a name.
func IsIdent(e ast.Expr) bool { _, ok := ast.Unparen(e).(*ast.Ident); return ok }

// SameText reports whether each of a is written as each of b.
func SameText(a, b []ast.Expr) bool {
	for _, x := range a {
		for _, y := range b {
			if types.ExprString(x) != types.ExprString(y) {
				return false
			}
		}
	}
	return true
}

// ComparesToNil reports whether cond is x != nil.
func ComparesToNil(info *types.Info, cond ast.Expr) bool {
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	return ok && cmp.Op == token.NEQ && IsNil(info, cmp.Y)
}

// EqualsNil returns x of cond if that is x == nil, or nil.
func EqualsNil(info *types.Info, cond ast.Expr) ast.Expr {
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || cmp.Op != token.EQL || !IsNil(info, cmp.Y) {
		return nil
	}
	return cmp.X
}

// Unconverted returns e, which may be nil, without conversions and parentheses.
func Unconverted(info *types.Info, e ast.Expr) ast.Expr {
	e = ast.Unparen(e)
	call, ok := e.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 || !info.Types[call.Fun].IsType() {
		return e
	}
	return Unconverted(info, call.Args[0])
}

// LastName returns the name that e ends with.
func LastName(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// MethodOf returns the name of the method of obj that call, which may be nil, calls;
// or "".
func MethodOf(info *types.Info, call *ast.CallExpr, obj types.Object) string {
	if call == nil {
		return ""
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || Local(info, sel.X) != obj {
		return ""
	}
	return sel.Sel.Name
}

// Operands lists what op, && or ||, connects in cond, which may be nil.
func Operands(cond ast.Expr, op token.Token) []ast.Expr {
	if cond == nil {
		return nil
	}
	if e, ok := ast.Unparen(cond).(*ast.BinaryExpr); ok && e.Op == op {
		return append(Operands(e.X, op), Operands(e.Y, op)...)
	}
	return []ast.Expr{cond}
}
