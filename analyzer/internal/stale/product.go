package stale

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/delays"
	"github.com/sharedretry/sharedretry/analyzer/internal/loggers"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// A product is an expression as what is multiplied in it, so that a delay is known again
// where it is computed anew as a number of a unit of time:
//
//	log.Printf("again in %ds", 20*n)
//	time.Sleep(time.Second * time.Duration(n) * 20)
type product struct {
	by      constant.Value // the constants
	factors []string       // the others, sorted
	bare    bool           // it is only a number that counts the passes
}

// units are those of time, in nanoseconds; methods has those of time.Duration that tell it
// in one.
var (
	units   = []int64{1, 1e3, 1e6, 1e9, 60e9, 3600e9}
	methods = map[string]int64{"Nanoseconds": 1, "Microseconds": 1e3, "Milliseconds": 1e6, "Seconds": 1e9, "Minutes": 60e9, "Hours": 3600e9}
)

// productOf returns e as a product.
func (f *finder) productOf(e ast.Expr) product {
	p := product{by: constant.MakeInt64(1)}
	f.multiply(e, token.MUL, &p)
	slices.Sort(p.factors)
	p.bare = len(p.factors) == 1 && constant.Compare(p.by, token.EQL, constant.MakeInt64(1)) && f.countsPasses(code.Unconverted(f.Pkg.Info, e))
	return p
}

// multiply multiplies p with e, or divides it by a constant.
func (f *finder) multiply(e ast.Expr, op token.Token, p *product) {
	info := f.Pkg.Info
	e = code.Unconverted(info, e)
	if v := number(info.Types[e].Value); v != nil {
		p.by = constant.BinaryOp(p.by, op, v)
		return
	}
	switch x := e.(type) {
	case *ast.BinaryExpr:
		if x.Op == token.MUL || x.Op == token.QUO && number(info.Types[x.Y].Value) != nil {
			f.multiply(x.X, token.MUL, p)
			f.multiply(x.Y, x.Op, p)
			return
		}
	case *ast.CallExpr:
		if sel, ok := x.Fun.(*ast.SelectorExpr); ok && methods[sel.Sel.Name] != 0 && site.IsDuration(info.TypeOf(sel.X)) {
			p.by = constant.BinaryOp(p.by, token.QUO, constant.MakeInt64(methods[sel.Sel.Name]))
			f.multiply(sel.X, token.MUL, p)
			return
		}
	}
	p.factors = append(p.factors, types.ExprString(e))
}

// number returns v if it is a number other than 0, or nil.
func number(v constant.Value) constant.Value {
	if v == nil || v.Kind() != constant.Int && v.Kind() != constant.Float || constant.Sign(v) == 0 {
		return nil
	}
	return v
}

// countsPasses reports whether e is a number of the passes, which may begin elsewhere:
// it may be told as that.
func (f *finder) countsPasses(e ast.Expr) bool {
	if x, ok := e.(*ast.BinaryExpr); ok && (x.Op == token.ADD || x.Op == token.SUB) && f.Pkg.Info.Types[x.Y].Value != nil {
		e = code.Unconverted(f.Pkg.Info, x.X)
	}
	v := code.Local(f.Pkg.Info, e)
	return v != nil && f.Counts(v)
}

// recomputed reports whether e is how many units of time one of the delays is.
func (f *finder) recomputed(e ast.Expr) bool {
	if len(f.products) == 0 || !code.IsNumeric(f.Pkg.Info.TypeOf(e)) {
		return false
	}
	p, units := f.productOf(e), units
	if p.bare {
		units = f.unitsOf(e)
	}
	return slices.ContainsFunc(f.products, func(d product) bool {
		return slices.Equal(p.factors, d.factors) && slices.ContainsFunc(units, func(unit int64) bool {
			return constant.Compare(constant.BinaryOp(p.by, token.MUL, constant.MakeInt64(unit)), token.EQL, d.by)
		})
	})
}

// unitsOf returns the unit of time, in nanoseconds, that a format has behind the verb for e;
// none if it has no unit there, or no format is given e.
//
//	log.Printf("wait for %d seconds", n+1)
func (f *finder) unitsOf(e ast.Expr) []int64 {
	if f.timed == nil {
		f.timed = make(map[ast.Expr][]int64)
		for n := range ast.Preorder(f.Decl) {
			if call, ok := n.(*ast.CallExpr); ok {
				f.noteUnits(call)
			}
		}
	}
	return f.timed[e]
}

// noteUnits notes the units of what call gives a format.
func (f *finder) noteUnits(call *ast.CallExpr) {
	for i, format := range call.Args {
		text, _ := f.text(format)
		args := call.Args[i+1:]
		verbs, plain := loggers.Verbs(text)
		if !plain || len(verbs) != len(args) {
			continue
		}
		for j, at := range verbs {
			if unit := delays.UnitFirst(text[at[1]:]); unit > 0 {
				f.timed[args[j]] = []int64{int64(unit)}
			}
		}
	}
}

// Counted returns where a sum, or a call that is given no text, such as of a metric,
// counts how long the delays are; not valid if nothing does.
func (l Loop) Counted() (at token.Pos) {
	f := l.finder()
	f.staying(func(n ast.Node) {
		if e := f.counted(n); !at.IsValid() && e != nil && f.Has(e.Pos()) {
			at = e.Pos()
		}
	})
	return at
}

// counted returns how long a delay is where n counts that, or nil.
func (f *finder) counted(n ast.Node) ast.Expr {
	switch n := n.(type) {
	case *ast.AssignStmt:
		if n.Tok == token.ADD_ASSIGN && !f.tells(n.Lhs[0]) && f.tells(n.Rhs[0]) {
			return n.Rhs[0]
		}
	case *ast.ExprStmt:
		call, ok := n.X.(*ast.CallExpr)
		if ok && !slices.ContainsFunc(call.Args, func(e ast.Expr) bool { _, isText := f.text(e); return isText }) {
			if i := slices.IndexFunc(call.Args, f.tells); i >= 0 {
				return call.Args[i]
			}
		}
	}
	return nil
}

// Bounds returns where a comparison in the loop goes by how long the delays take in all: by
// what the passes add them to, or by one as many times as they count; or by how long one
// is that they compute. It is not valid if none does.
//
//	if time.Duration(n)*delay > timeout {
func (l Loop) Bounds() (at token.Pos) {
	f := l.finder()
	sums, products := make(map[types.Object]bool), make(map[string]bool)
	for _, d := range l.Delays {
		products[f.productOf(d).key()] = true
	}
	f.staying(func(n ast.Node) {
		if a, ok := n.(*ast.AssignStmt); ok && a.Tok == token.ADD_ASSIGN && (f.tells(a.Rhs[0]) || f.isDelay(a.Rhs[0])) {
			sums[f.Pkg.Variable(a.Lhs[0])] = true
		}
	})
	f.staying(func(n ast.Node) {
		cmp, ok := n.(*ast.BinaryExpr)
		if !ok || !code.IsComparison(cmp.Op) || at.IsValid() || !f.Has(cmp.Pos()) {
			return
		}
		for _, e := range []ast.Expr{cmp.X, cmp.Y} {
			v := f.Pkg.Variable(e)
			if v != nil && (sums[v] || f.Computes(v) && f.isDelay(e)) || f.isMultiple(e, products) {
				at = e.Pos()
			}
		}
	})
	return at
}

// staying calls do for what stays of the declaration.
func (f *finder) staying(do func(ast.Node)) {
	ast.Inspect(f.Decl, func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok && !f.Stays(s) {
			return false
		}
		do(n)
		return true
	})
}

// isMultiple reports whether e is one of products as many times as a number that the passes
// compute.
func (f *finder) isMultiple(e ast.Expr, products map[string]bool) bool {
	if !site.IsDuration(f.Pkg.Info.TypeOf(e)) {
		return false
	}
	p := f.productOf(e)
	return code.AnyLocal(f.Pkg.Info, e, func(v *types.Var) bool {
		i := slices.Index(p.factors, v.Name())
		return i >= 0 && f.Computes(v) && products[product{by: p.by, factors: slices.Delete(slices.Clone(p.factors), i, i+1)}.key()]
	})
}

// key returns p as text.
func (p product) key() string { return p.by.ExactString() + "*" + strings.Join(p.factors, "*") }

// tells reports whether e is what tells a delay, or the number of units that it is.
func (f *finder) tells(e ast.Expr) bool { return (f.is(e) || f.recomputed(e)) && !f.rounds(e) }

// rounds reports whether e is what a time is rounded to:
//
//	time.Since(start).Round(time.Second)
func (f *finder) rounds(e ast.Expr) bool {
	if f.rounded == nil {
		f.rounded = make(map[ast.Expr]bool)
		for n := range ast.Preorder(f.Decl) {
			if call, ok := n.(*ast.CallExpr); ok && len(call.Args) == 1 {
				switch code.Callee(f.Pkg.Info, call) {
				case "time.Round", "time.Truncate":
					f.rounded[call.Args[0]] = true
				}
			}
		}
	}
	return f.rounded[e]
}
