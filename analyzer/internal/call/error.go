package call

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
)

// errorOf returns what is known of the error that a return hands on.
func (r *retry) errorOf(e *pass.Exit) pass.Nilness {
	x := code.LastResult(e.Node)
	if !r.ReturnsError() || x == nil {
		return pass.IsNil
	}
	in := r.Pass()
	if is := in.Is(x, e.Facts); is != pass.Unknown {
		return is
	}
	if obj := r.Loop.ErrorVar(x); obj != nil && r.madeFrom(obj, e) {
		r.unsure = true
		return pass.NotNil
	}
	if call, ok := ast.Unparen(x).(*ast.CallExpr); ok {
		if sel, ok := call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Err" && code.IsContext(r.Info.TypeOf(sel.X)) {
			return pass.NotNil
		}
		for _, arg := range call.Args {
			if obj := r.Loop.ErrorVar(arg); obj != nil && e.Facts.Of(obj) == pass.NotNil || code.IsError(r.Info.TypeOf(arg)) && in.Is(arg, e.Facts) == pass.NotNil {
				r.unsure = r.unsure || !write.WrapsError(code.Callee(r.Info, call))
				return pass.NotNil
			}
		}
	}
	return pass.Unknown
}

// madeFrom reports whether a function has made the error obj, in the loop and
// once, of another error that is not nil where the pass ends.
func (r *retry) madeFrom(obj types.Object, e *pass.Exit) bool {
	if !r.Loop.Has(obj.Pos()) {
		return false
	}
	made, times := false, 0
	r.Loop.Inspect(func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if !ok || !code.Gives(r.Info, a, obj) {
			return true
		}
		times++
		if call, ok := ast.Unparen(a.Rhs[0]).(*ast.CallExpr); ok && len(a.Lhs) == 1 {
			for _, arg := range call.Args {
				from := r.Loop.ErrorVar(arg)
				made = made || from != nil && e.Facts.Of(from) == pass.NotNil && e.Facts.Since(from) < e.Facts.Since(obj)
			}
		}
		return true
	})
	return made && times == 1
}

// hidesFailure reports whether what is done where the attempts have run out does
// not tell a caller of an error for certain: it may return none, or something
// else, or it is a panic.
func (r *retry) hidesFailure(list []ast.Stmt) bool {
	x, returns := r.errorReturned(list)
	if !returns {
		return code.Panics(list) || r.Loop.Sig.Results().Len() > 0 && !r.ReturnsError()
	}
	return x == nil || !r.surelyError(x)
}

// surelyError reports whether x is an error where the attempts have run out, or
// have not begun: the helper's, or one that is made or named there.
func (r *retry) surelyError(x ast.Expr) bool {
	switch e := ast.Unparen(x).(type) {
	case *ast.Ident:
		if obj := r.Loop.ErrorVar(e); obj != nil {
			return !r.mayBeNil(e)
		}
		return r.Pkg.IsSentinel(e)
	case *ast.SelectorExpr:
		return r.Pkg.IsSentinel(e)
	case *ast.UnaryExpr:
		return e.Op == token.AND
	case *ast.CompositeLit:
		return true
	case *ast.CallExpr:
		if r.Info.Types[e.Fun].IsType() || code.MakesError(code.Callee(r.Info, e)) {
			return true
		}
		return slices.ContainsFunc(e.Args, func(arg ast.Expr) bool {
			return code.IsError(r.Info.TypeOf(arg)) && !code.IsNil(r.Info, arg) && r.surelyError(arg)
		})
	}
	return false
}

// errorReturned returns the error that the last of list returns: nil for the
// named result that is none of the loop's.
func (r *retry) errorReturned(list []ast.Stmt) (x ast.Expr, returns bool) {
	if !r.ReturnsError() || len(list) == 0 {
		return nil, false
	}
	last := list[len(list)-1]
	if x := code.LastResult(last); x != nil {
		return x, true
	}
	_, returns = last.(*ast.ReturnStmt)
	res := r.Loop.Sig.Results()
	return nil, returns && res.At(res.Len()-1) != r.Result
}

// mayBeNil reports whether x is a variable for errors that the loop writes, and
// that need not hold one where it goes round, or one that is made behind it.
func (r *retry) mayBeNil(x ast.Expr) bool {
	v := code.Local(r.Info, x)
	if v == nil || r.inDelay(v) || v == r.Result || v == r.OpErr || !code.IsError(v.Type()) {
		return false
	}
	return r.Loop.Assigns(v) && !reading.AlwaysError(r.Ends, v) || v.Pos() >= r.Loop.End()
}

// inDelay reports whether a statement that waits declares obj, such as its error.
func (r *retry) inDelay(obj types.Object) bool {
	return slices.ContainsFunc(code.InOrder(r.Pauses), func(s ast.Stmt) bool { return s.Pos() <= obj.Pos() && obj.Pos() < s.End() })
}

// othersOf returns the results of ret but for the error.
func (r *retry) othersOf(ret *ast.ReturnStmt) string {
	var parts []string
	for _, x := range code.OtherResults(ret) {
		parts = append(parts, r.Text(x))
	}
	return strings.Join(parts, ", ")
}

func (r *retry) outsideOthers(ret *ast.ReturnStmt) bool {
	return !slices.ContainsFunc(code.OtherResults(ret), func(x ast.Expr) bool { return !r.Outside(x) })
}

// errorAt returns the variable with the error of a failed attempt where a pass ends
// at pos, or nil.
func (o *operation) errorAt(e *pass.Exit, pos token.Pos) types.Object {
	known := e.Facts.Errors()
	slices.SortStableFunc(known, func(a, b types.Object) int { return e.Facts.Since(b) - e.Facts.Since(a) })
	if o.OpErr != nil && e.Facts.Of(o.OpErr) != pass.IsNil {
		known = append([]types.Object{o.OpErr}, known...)
	}
	if r := o.Result; r != nil && e.Facts.CopyOf(r) == nil && e.Facts.Of(r) != pass.IsNil {
		known = append([]types.Object{r}, known...)
	}
	for _, obj := range known {
		if v, ok := obj.(*types.Var); ok && (o.Loop.Has(v.Pos()) || slices.Contains(o.own, v)) && o.visible(obj, pos) {
			return obj
		}
	}
	return nil
}

// visible reports whether obj can be named at pos, perhaps after the statement
// that declares it has been moved out of an if.
func (o *operation) visible(obj types.Object, pos token.Pos) bool {
	found := o.Pkg.LookupAt(obj.Name(), pos)
	if found == obj {
		return true
	}
	for _, s := range o.Loop.Body {
		x, ok := s.(*ast.IfStmt)
		if !ok || x.Init == nil || pos < x.End() || x.Init.Pos() > obj.Pos() || obj.Pos() >= x.Init.End() {
			continue
		}
		if found != nil && o.Loop.Uses(found) {
			return false
		}
		o.before[x] = true
		return true
	}
	return false
}
