package pass

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
)

// A truth is what a condition comes to.
type truth int

const (
	maybe truth = iota
	yes
	no
)

func (t truth) not() truth { return [...]truth{maybe, no, yes}[t] }

// eval returns what cond comes to under f. A predicate that is given an error
// that is nil is taken as false: what it asks is a property of a failure.
func (p *Pass) eval(cond ast.Expr, f Facts) truth {
	switch e := ast.Unparen(cond).(type) {
	case *ast.Ident:
		if x := p.Loop.Meant(e); x != nil {
			return p.eval(x, f)
		}
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			return p.eval(e.X, f).not()
		}
	case *ast.BinaryExpr:
		switch e.Op {
		case token.LAND:
			x, y := p.eval(e.X, f), p.eval(e.Y, f)
			if x == no || y == no {
				return no
			}
			if x == yes && y == yes {
				return yes
			}
		case token.LOR:
			return p.eval(&ast.BinaryExpr{X: &ast.UnaryExpr{Op: token.NOT, X: e.X}, Op: token.LAND, Y: &ast.UnaryExpr{Op: token.NOT, X: e.Y}}, f).not()
		case token.EQL, token.NEQ:
			if t := p.compare(e, f); e.Op == token.EQL {
				return t
			} else {
				return t.not()
			}
		}
	case *ast.CallExpr:
		if obj := p.errorArg(e); obj != nil && f.errs[obj] == IsNil && code.IsBool(p.Loop.Info.TypeOf(e)) {
			return no
		}
	}
	return maybe
}

// compare returns whether the operands of e are equal.
func (p *Pass) compare(e *ast.BinaryExpr, f Facts) truth {
	obj, other := p.errorIn(e)
	if obj == nil || f.errs[obj] == Unknown {
		return maybe
	}
	if code.IsNil(p.Loop.Info, other) {
		return map[Nilness]truth{IsNil: yes, NotNil: no}[f.errs[obj]]
	}
	if f.errs[obj] == IsNil && p.Loop.Pkg.IsSentinel(other) {
		return no
	}
	return maybe
}

// errorIn returns the error variable that e compares, and what with; or nil.
func (p *Pass) errorIn(e *ast.BinaryExpr) (obj types.Object, other ast.Expr) {
	if obj := p.Loop.ErrorVar(e.X); obj != nil {
		return obj, e.Y
	}
	return p.Loop.ErrorVar(e.Y), e.X
}

// Refine returns what is known where cond is when.
func (p *Pass) Refine(cond ast.Expr, when bool, f Facts) Facts {
	holds, fails := p.sides(cond, f)
	if when {
		return holds
	}
	return fails
}

// sides returns what is known where cond holds, and where it does not. Both at once:
// each operand is looked at once, however conditions are nested.
func (p *Pass) sides(cond ast.Expr, f Facts) (holds, fails Facts) {
	e := ast.Unparen(cond)
	if id, ok := e.(*ast.Ident); ok {
		if x := p.Loop.Meant(id); x != nil {
			return p.sides(x, f)
		}
	}
	if x, ok := e.(*ast.UnaryExpr); ok && x.Op == token.NOT {
		fails, holds = p.sides(x.X, f)
		return holds, fails
	}
	if x, ok := e.(*ast.BinaryExpr); ok && (x.Op == token.LAND || x.Op == token.LOR) {
		leftHolds, leftFails := p.sides(x.X, f)
		if x.Op == token.LAND {
			holds, fails = p.sides(x.Y, leftHolds)
			return holds, f.either(leftFails, fails)
		}
		holds, fails = p.sides(x.Y, leftFails)
		return f.either(leftHolds, holds), fails
	}
	holds, fails = f.clone(), f.clone()
	p.refine(e, true, holds)
	p.refine(e, false, fails)
	return holds, fails
}

// either returns f with what is known on both of two ways.
func (f Facts) either(x, y Facts) Facts {
	f, both := f.clone(), x.Or(y)
	maps.Copy(f.errs, both.errs)
	maps.Copy(f.pass, both.pass)
	maps.Copy(f.kind, both.kind)
	return f
}

// refine adds what is known where a test without && and || comes to holds.
func (p *Pass) refine(test ast.Expr, holds bool, f Facts) {
	p.textOf(test, f)
	switch e := test.(type) {
	case *ast.BinaryExpr:
		if e.Op == token.EQL || e.Op == token.NEQ {
			p.refineEqual(e, holds == (e.Op == token.EQL), f)
		}
		p.refineCount(e, holds, f)
	case *ast.CallExpr:
		if obj := p.errorArg(e); obj != nil && holds && p.tellsError(e) {
			f.learn(obj, NotNil)
			f.kind[obj] = f.kind[obj] || !strings.HasPrefix(code.LastName(e.Fun), "As") // which asks for a type
		}
	}
}

// refineCount notes that a test of the counter has found that this is the last pass, or
// is not.
func (p *Pass) refineCount(cmp *ast.BinaryExpr, holds bool, f Facts) {
	if p.Count == nil || !code.IsComparison(cmp.Op) {
		return
	}
	switch c := p.Count(cmp); {
	case c != loop.LastOnly && c != loop.ExceptLast:
	case holds == (c == loop.LastOnly):
		f.pass[loop.LastOnly] = true
	default:
		f.pass[loop.ExceptLast] = true
	}
}

// refineEqual notes what is known where the operands of e are equal, or not.
func (p *Pass) refineEqual(e *ast.BinaryExpr, equal bool, f Facts) {
	obj, other := p.errorIn(e)
	switch {
	case obj == nil:
	case code.IsNil(p.Loop.Info, other) && equal:
		f.learn(obj, IsNil)
	case code.IsNil(p.Loop.Info, other):
		f.learn(obj, NotNil)
	case equal && p.Loop.Pkg.IsSentinel(other):
		f.learn(obj, NotNil)
		f.kind[obj] = true
	}
}

// textOf notes that an error whose method a test calls is not nil.
func (p *Pass) textOf(test ast.Expr, f Facts) {
	ast.Inspect(test, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Error" && len(n.Args) == 0 {
				if obj := p.Loop.ErrorVar(sel.X); obj != nil {
					f.learn(obj, NotNil)
				}
			}
		}
		return true
	})
}

// tellsError reports whether call returns true only for an error that is not
// nil.
func (p *Pass) tellsError(call *ast.CallExpr) bool {
	switch code.Callee(p.Loop.Info, call) {
	case "errors.As", "os.IsNotExist", "os.IsExist", "os.IsPermission", "os.IsTimeout", "errors.AsType":
		return true
	case "errors.Is":
		return p.Loop.Pkg.IsSentinel(call.Args[1])
	}
	return false
}

// errorArg returns the error variable that call is given, or nil.
func (p *Pass) errorArg(call *ast.CallExpr) types.Object {
	for _, arg := range call.Args {
		if obj := p.Loop.ErrorVar(arg); obj != nil {
			return obj
		}
	}
	return nil
}
