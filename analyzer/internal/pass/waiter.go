package pass

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// OnlyWaits refuses a delay by a function of the package that has another effect, or
// that does not always wait, and one that something else may take the place of.
func OnlyWaits(pkg *source.Package, d *site.Delay) reason.Refusal {
	if pos := replaced(pkg, d); pos.IsValid() {
		return reason.SleepReplaced.At(pos)
	}
	if pos := doesMore(pkg, d); pos.IsValid() {
		return reason.DelayDoesMore.At(pos)
	}
	if pos := d.Skips(pkg); pos.IsValid() {
		return reason.DelayVaries.At(pos)
	}
	return nil
}

// replaced returns where d calls a variable or a method of an interface, such as that of
// a clock, if it does: a helper would wait where a test does not.
func replaced(pkg *source.Package, d *site.Delay) token.Pos {
	switch {
	case d.Waiter != nil && pkg.IsSetElsewhere(d.Waiter.Obj):
		return d.Node.Pos()
	case d.Waiter != nil && d.Inner == nil:
		return token.NoPos
	case d.Waiter != nil:
		return replaced(pkg, d.Inner)
	}
	n := d.Node
	if receive, ok := n.(*ast.UnaryExpr); ok {
		n = ast.Unparen(receive.X)
	}
	call, ok := n.(*ast.CallExpr)
	if !ok || typeutil.StaticCallee(pkg.Info, call) != nil {
		return token.NoPos
	}
	if method, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && code.IsContext(pkg.Info.TypeOf(method.X)) {
		return token.NoPos
	}
	return call.Pos()
}

// doesMore returns where a function of the package that d calls has another
// effect, if it has: it calls more than what waits and what only computes, or
// changes something outside.
func doesMore(pkg *source.Package, d *site.Delay) (pos token.Pos) {
	if d.Waiter == nil {
		return token.NoPos
	}
	ast.Inspect(d.Waiter.Body, func(n ast.Node) bool {
		if pos.IsValid() || n == nil {
			return false
		}
		only := true
		switch n := n.(type) {
		case *ast.CallExpr:
			only = d.Inner != nil && code.Within(d.Inner.Node, n) || harmless(pkg, n)
		case *ast.ForStmt, *ast.RangeStmt:
			only = d.Inner == nil || !code.Within(n, d.Inner.Node)
		case *ast.GoStmt, *ast.SendStmt:
			only = false
		case *ast.IncDecStmt:
			only = isName(n.X)
		case *ast.AssignStmt:
			only = !slices.ContainsFunc(n.Lhs, func(lhs ast.Expr) bool { return !isName(lhs) })
		}
		for _, id := range code.Assigned(n) {
			obj := pkg.Info.ObjectOf(id)
			only = only && (id.Name == "_" || obj != nil && code.Within(d.Waiter.Node, id) && d.Waiter.Node.Pos() <= obj.Pos() && obj.Pos() < d.Waiter.Node.End())
		}
		if !only {
			pos = n.Pos()
		}
		return only
	})
	if pos.IsValid() || d.Inner == nil {
		return pos
	}
	return doesMore(pkg, d.Inner)
}

func isName(e ast.Expr) bool {
	_, ok := ast.Unparen(e).(*ast.Ident)
	return ok
}

// harmless reports whether call only computes, or asks a context or a timer.
func harmless(pkg *source.Package, call *ast.CallExpr) bool {
	if pkg.Info.Types[call.Fun].IsType() || code.PureCall(pkg.Info, call) {
		return true
	}
	fn := code.Callee(pkg.Info, call)
	return strings.HasPrefix(fn, "time.") && fn != "time.Sleep" || strings.HasPrefix(fn, "context.")
}

// tellsWait reports whether what a function of the package returns is waited, where that
// is a bool and it waited to the end. Others are taken to return true then.
func tellsWait(pkg *source.Package, d *site.Delay, waited bool) bool {
	if d.Waiter == nil || d.Inner == nil {
		return waited
	}
	res := pkg.Signature(d.Waiter).Results()
	if res.Len() != 1 || !code.IsBool(res.At(0).Type()) {
		return waited
	}
	list := d.Waiter.Body.List
	ast.Inspect(d.Waiter.Body, func(n ast.Node) bool {
		if c, ok := n.(*ast.CommClause); ok && c.Comm != nil && code.Within(c.Comm, d.Inner.Node) && len(c.Body) > 0 {
			list = c.Body
		}
		return true
	})
	ret, ok := list[len(list)-1].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return false
	}
	v := pkg.Info.Types[ret.Results[0]].Value
	return v != nil && code.IsTrue(v) == waited
}

// innerEnd returns the channel that ends the wait of the function of d early, as the code
// around call writes it; nil if there is none, or more than one.
//
//	func (c *client) sleep() bool {
//		select {
//		case <-c.stop:
//			return false
func innerEnd(pkg *source.Package, d *site.Delay, call *ast.CallExpr) ast.Expr {
	s := innerSelect(d)
	if s == nil || len(s.Body.List) != 2 || d.Waiter.Home != nil {
		return nil
	}
	inner := &Pause{Delay: d.Inner}
	if inner.setSelect(pkg, s) != nil {
		return nil
	}
	for _, c := range s.Body.List {
		if comm := c.(*ast.CommClause).Comm; !code.Within(comm, d.Inner.Node) {
			return calledOn(pkg, d.Waiter, call, code.Received(comm))
		}
	}
	return nil
}

// innerSelect returns the select by which the function of d waits, or nil.
func innerSelect(d *site.Delay) (found *ast.SelectStmt) {
	if d.Waiter == nil || d.Inner == nil {
		return nil
	}
	ast.Inspect(d.Waiter.Body, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectStmt); ok && code.Within(s, d.Inner.Node) && len(s.Body.List) > 1 {
			found = s
		}
		return true
	})
	return found
}

// calledOn returns e, of the method or literal fn, as it is where call calls that; nil if
// it is made of anything but the receiver, what is declared around, and what they hold.
func calledOn(pkg *source.Package, fn *source.Func, call *ast.CallExpr, e ast.Expr) ast.Expr {
	switch e := ast.Unparen(e).(type) {
	case *ast.SelectorExpr:
		if x := calledOn(pkg, fn, call, e.X); x != nil {
			return &ast.SelectorExpr{X: x, Sel: e.Sel}
		}
	case *ast.CallExpr: // c.ctx.Done()
		if ctx := code.ContextOf(pkg.Info, e, "Done"); ctx != nil {
			if done := calledOn(pkg, fn, call, e.Fun); done != nil {
				return &ast.CallExpr{Fun: done}
			}
		}
	case *ast.Ident:
		obj := pkg.Info.Uses[e]
		_, isLit := fn.Node.(*ast.FuncLit)
		if obj != nil && (obj.Parent() == pkg.Types.Scope() || isLit && pkg.LookupAt(e.Name, call.Pos()) == obj) {
			return e
		}
		decl, ok := fn.Node.(*ast.FuncDecl)
		sel, isMethod := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if ok && isMethod && obj != nil && decl.Recv != nil && len(decl.Recv.List[0].Names) == 1 && pkg.Info.Defs[decl.Recv.List[0].Names[0]] == obj && code.Repeatable(pkg.Info, sel.X) {
			return sel.X
		}
	}
	return nil
}
