package fault

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/flow"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// A reader reads one loop.
type reader struct {
	pkg     *source.Package
	site    *site.Site
	verdict flow.Verdict
	bounds  growth.Bounds
	body    ast.Node // what a pass may run, and for a goto more than that
}

// Read describes the loop of s, which was judged and grows as told.
func Read(pkg *source.Package, s *site.Site, v flow.Verdict, waits *growth.Analysis, g growth.Growth) Loop {
	b := waits.Bounds(s)
	r := &reader{pkg, s, v, b, s.Cycle}
	if _, ok := s.Cycle.(*ast.LabeledStmt); ok {
		r.body = s.Func.Body
	}
	l := Loop{Bounds: b, Growth: g, WaitsFirst: v.Operation == nil || v.Delay.Node.Pos() < v.Operation.Pos()}
	if course, ok := waits.Course(s, b); ok {
		l.Course = course
	}
	if !r.written(v.Delay) {
		l.Course.Waits, l.Course.Overflow = nil, 0
	}
	if op, ok := v.Operation.(*ast.CallExpr); ok {
		again := code.CallsAgain(pkg.Info, r.behind(), op)
		l.Again = again != nil && types.ExprString(again) == types.ExprString(op)
	}
	l.WaitEnds = r.waitEnds(v.Delay)
	l.Context = r.contextInScope()
	counted := r.countedTexts()
	asks, classifies, given := r.asksCancelled(), r.classifies(), r.operationContext()
	if !l.Bounds.Context && !l.WaitEnds && !r.mayEnd(nil) && !asks && !classifies && r.tellsByError() {
		l.Cancelled = given
	}
	l.MayEnd = r.mayEnd(counted) || r.endsItself() || classifies && (given != "" || r.closable())
	l.Lost = r.losesError()
	l.Bounds.Context = l.Bounds.Context || asks
	return l
}

// written reports whether how long d waits is written where it waits: a timer may be
// set in several places.
func (r *reader) written(d *site.Delay) bool {
	return d.Duration != nil || d.Inner != nil && r.written(d.Inner)
}

// waitEnds reports whether d ends with a context or when something else is received.
func (r *reader) waitEnds(d *site.Delay) bool {
	if d.Waiter != nil && d.Inner != nil && r.endsIn(d.Waiter.Body, d.Inner.Node) {
		return true
	}
	if call, ok := d.Node.(*ast.CallExpr); ok {
		return slices.ContainsFunc(call.Args, func(e ast.Expr) bool {
			t := r.pkg.Info.TypeOf(e)
			return t != nil && (code.IsContext(t) || isSignal(t))
		}) || r.endsIn(r.site.Func.Body, call)
	}
	return r.endsIn(r.site.Func.Body, d.Node)
}

func isSignal(t types.Type) bool {
	_, ok := t.Underlying().(*types.Chan)
	return ok && code.IsStopChan(t)
}

// endsIn reports whether n is received in a case of a select in body that has
// another case, or stands in a loop that such a case ends.
func (r *reader) endsIn(body *ast.BlockStmt, n ast.Node) bool {
	ends := false
	ast.Inspect(body, func(x ast.Node) bool {
		sel, ok := x.(*ast.SelectStmt)
		if !ok {
			return !ends
		}
		holds, others := false, 0
		for _, c := range sel.Body.List {
			clause, ok := c.(*ast.CommClause)
			switch {
			case !ok || clause.Comm == nil:
			case code.Within(clause.Comm, n):
				holds = true
			default:
				others++
			}
		}
		ends = ends || holds && others > 0
		return !ends
	})
	return ends
}

// contextInScope returns the name of a context that the wait could end with, or "": one that
// the cycle names, or else the nearest.
func (r *reader) contextInScope() (nearest string) {
	pos := r.verdict.Delay.Node.Pos()
	for _, s := range r.pkg.ScopesAt(pos) {
		for _, name := range s.Names() {
			v, ok := s.Lookup(name).(*types.Var)
			if !ok || name == "_" || v.Pos() >= pos || !code.IsContext(v.Type()) || !r.ends(v) {
				continue
			}
			if code.Mentions(r.pkg.Info, r.site.Cycle, v) {
				return name
			}
			if nearest == "" {
				nearest = name
			}
		}
	}
	return nearest
}

// ends reports whether the context v can end, and is none of a single pass.
func (r *reader) ends(v *types.Var) bool {
	if body := cycleBody(r.site.Cycle); body != nil && (body.Pos() <= v.Pos() && v.Pos() < body.End() || r.givesAnew(body, v)) {
		return false
	}
	made := r.made(v)
	if made == nil {
		return true
	}
	switch code.Callee(r.pkg.Info, made) {
	case "context.Background", "context.TODO", "context.WithoutCancel":
		return false
	case "context.WithValue":
		parent, ok := ast.Unparen(made.Args[0]).(*ast.Ident)
		if !ok {
			return false
		}
		v, ok := r.pkg.Info.ObjectOf(parent).(*types.Var)
		return ok && r.ends(v)
	}
	return true
}

// givesAnew reports whether n gives v something that is not made of it.
func (r *reader) givesAnew(n ast.Node, v *types.Var) bool {
	return code.Any(n, func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		return ok && code.Gives(r.pkg.Info, a, v) && !slices.ContainsFunc(a.Rhs, func(e ast.Expr) bool { return code.Mentions(r.pkg.Info, e, v) })
	})
}

// made returns the call that v is made by where it is declared, or nil.
func (r *reader) made(v *types.Var) (call *ast.CallExpr) {
	decl := r.pkg.DeclAt(v.Pos())
	if decl == nil {
		return nil
	}
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE && len(n.Rhs) == 1 && slices.ContainsFunc(n.Lhs, func(e ast.Expr) bool { return e.Pos() == v.Pos() }) {
				call, _ = ast.Unparen(n.Rhs[0]).(*ast.CallExpr)
			}
		case *ast.ValueSpec:
			if len(n.Values) == 1 && n.Names[0].Pos() == v.Pos() {
				call, _ = ast.Unparen(n.Values[0]).(*ast.CallExpr)
			}
		}
		return n == nil || n.Pos() <= v.Pos() && v.Pos() < n.End()
	})
	return call
}

func cycleBody(cycle ast.Node) *ast.BlockStmt {
	switch c := cycle.(type) {
	case *ast.ForStmt:
		return c.Body
	case *ast.RangeStmt:
		return c.Body
	}
	return nil
}

// operationContext returns the context that can end and that the operation is given, as an
// argument or by a function literal that holds it, or "".
func (r *reader) operationContext() string {
	call, ok := r.verdict.Operation.(*ast.CallExpr)
	if !ok {
		return ""
	}
	if name := r.contextIn(call); name != "" {
		return name
	}
	if lit := r.pkg.LitOf(call); lit != nil {
		return r.contextIn(lit)
	}
	return ""
}

// contextIn returns the context that can end and that n has from around it, or "". What
// gives nothing back does not fail for it: log.InfoContext(ctx, "again").
func (r *reader) contextIn(n ast.Node) (name string) {
	ast.Inspect(n, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.ExprStmt:
			isLit := func(n ast.Node) bool { _, ok := n.(*ast.FuncLit); return ok }
			return name == "" && (!r.pkg.Info.Types[x.X].IsVoid() || code.Any(x, isLit))
		case *ast.Ident:
			v, ok := r.pkg.Info.Uses[x].(*types.Var)
			if ok && code.IsContext(v.Type()) && r.ends(v) && !(n.Pos() <= v.Pos() && v.Pos() < n.End()) {
				name = x.Name
			}
		}
		return name == ""
	})
	return name
}

// asksCancelled reports whether the cycle asks whether a context has ended.
func (r *reader) asksCancelled() bool {
	asks := false
	ast.Inspect(r.body, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			switch sel.Sel.Name {
			case "Canceled", "DeadlineExceeded":
				asks = true
			case "Err", "Done":
				asks = asks || code.IsContext(r.pkg.Info.TypeOf(sel.X))
			}
		}
		return !asks
	})
	return asks
}

// classifies reports whether the cycle tells some failures from others, which may
// tell a cancelled context as well.
func (r *reader) classifies() bool {
	found := false
	ast.Inspect(r.body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			found = found || code.IsBool(r.pkg.Info.TypeOf(n)) && n != r.verdict.Operation && r.aboutFailure(n)
		case *ast.BinaryExpr:
			if code.IsComparison(n.Op) && !code.IsNil(r.pkg.Info, n.X) && !code.IsNil(r.pkg.Info, n.Y) {
				found = found || r.isError(n.X) || r.isError(n.Y)
			}
		case *ast.SwitchStmt:
			found = found || n.Tag != nil && r.isError(n.Tag)
		case *ast.TypeAssertExpr:
			found = found || r.isError(n.X)
		}
		return !found
	})
	return found
}

// isError reports whether e is an error, or a part or the text of one.
func (r *reader) isError(e ast.Expr) bool {
	is := false
	ast.Inspect(e, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok {
			t := r.pkg.Info.TypeOf(e)
			is = is || t != nil && code.ImplementsError(t)
		}
		return !is
	})
	return is
}
