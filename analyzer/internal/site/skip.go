package site

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// Skips returns where a function of the package that d calls may go on without a wait,
// or with none of what it is given, although nothing has ended the wait:
//
//	func pause(d time.Duration) {
//		if d > time.Minute {
//			return
//		}
//		time.Sleep(d)
//	}
//
// It is not valid if there is no such place.
func (d *Delay) Skips(pkg *source.Package) (pos token.Pos) {
	if d.Waiter == nil || d.Inner == nil {
		return token.NoPos
	}
	skip := skipper{pkg: pkg, body: d.Waiter.Body, wait: d.Inner.Node, asks: make(map[types.Object]bool)}
	ast.Inspect(d.Waiter.Body, func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok || n == nil || pos.IsValid() || n.Pos() > d.Inner.Node.End() {
			return false
		}
		pos = skip.at(n)
		return !pos.IsValid()
	})
	if pos.IsValid() {
		return pos
	}
	return d.Inner.Skips(pkg)
}

// A skipper looks for what lets a function go on without its wait.
type skipper struct {
	pkg  *source.Package
	body *ast.BlockStmt
	wait ast.Node
	asks map[types.Object]bool // variables that tell whether a context has ended
}

// at returns where n decides whether there is a wait, by more than whether that is
// over already.
func (s *skipper) at(n ast.Node) token.Pos {
	switch n := n.(type) {
	case *ast.AssignStmt:
		s.note(n)
	case *ast.IfStmt:
		if a, ok := n.Init.(*ast.AssignStmt); ok {
			s.note(a)
		}
		waits := code.Within(n.Body, s.wait)
		if (waits || n.Else != nil && code.Within(n.Else, s.wait) || s.leaves(n)) && !s.over(n.Cond, !waits) {
			return n.Cond.Pos()
		}
	case *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.ForStmt, *ast.RangeStmt:
		if code.Within(n, s.wait) || s.leaves(n) {
			return n.Pos()
		}
	case *ast.SelectStmt:
		if !code.Within(n, s.wait) && s.leaves(n) && !s.polls(n) {
			return n.Pos()
		}
	}
	return token.NoPos
}

// note notes a variable that is given whether a context has ended.
func (s *skipper) note(a *ast.AssignStmt) {
	if len(a.Lhs) != 1 || len(a.Rhs) != 1 || !s.ends(code.ContextOf(s.pkg.Info, a.Rhs[0], "Err")) {
		return
	}
	if v := code.Local(s.pkg.Info, a.Lhs[0]); v != nil {
		s.asks[v] = true
	}
}

// ends reports whether e, a context or a channel, ends the wait as well, as far as the
// function says so: it is given e, or receives from it while it waits.
func (s *skipper) ends(e ast.Expr) bool {
	if e == nil {
		return false
	}
	if v := code.Local(s.pkg.Info, e); v != nil && v.Kind() == types.ParamVar {
		return true
	}
	text := types.ExprString(e)
	return code.Any(s.body, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectStmt)
		return ok && code.Within(sel, s.wait) && slices.ContainsFunc(sel.Body.List, func(c ast.Stmt) bool {
			comm := c.(*ast.CommClause).Comm
			ch, ctx := code.Received(comm), code.DoneOf(s.pkg.Info, comm)
			return ch != nil && types.ExprString(ch) == text || ctx != nil && types.ExprString(ctx) == text
		})
	})
}

// leaves reports whether n, which is not around the wait, leaves the function or
// jumps.
func (s *skipper) leaves(n ast.Node) bool {
	return !code.Within(n, s.wait) && code.Any(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ReturnStmt:
			return true
		case *ast.BranchStmt:
			return n.Tok == token.GOTO
		case *ast.CallExpr:
			return !s.pkg.MayReturn(n)
		}
		return false
	})
}

// over reports whether cond, or its opposite, says that a context has ended or that
// there is no time to wait for.
func (s *skipper) over(cond ast.Expr, holds bool) bool {
	switch e := ast.Unparen(cond).(type) {
	case *ast.UnaryExpr:
		return e.Op == token.NOT && s.over(e.X, !holds)
	case *ast.BinaryExpr:
		switch {
		case e.Op == token.LOR && holds, e.Op == token.LAND && !holds:
			return s.over(e.X, holds) && s.over(e.Y, holds)
		case code.IsNil(s.pkg.Info, e.Y):
			return e.Op == map[bool]token.Token{true: token.NEQ, false: token.EQL}[holds] && s.asksEnd(e.X)
		case IsDuration(s.pkg.Info.TypeOf(e.X)) && isZero(s.pkg.Info, e.Y):
			return holds && (e.Op == token.LEQ || e.Op == token.LSS || e.Op == token.EQL) || !holds && (e.Op == token.GTR || e.Op == token.NEQ)
		}
	}
	return false
}

// asksEnd reports whether e tells whether a context has ended.
func (s *skipper) asksEnd(e ast.Expr) bool {
	v := code.Local(s.pkg.Info, e)
	return s.ends(code.ContextOf(s.pkg.Info, e, "Err")) || v != nil && s.asks[v]
}

func isZero(info *types.Info, e ast.Expr) bool {
	v := info.Types[e].Value
	return v != nil && v.Kind() == constant.Int && constant.Sign(v) == 0
}

// polls reports whether sel asks nothing but whether the wait has ended.
func (s *skipper) polls(sel *ast.SelectStmt) bool {
	for _, c := range sel.Body.List {
		comm := c.(*ast.CommClause).Comm
		if comm == nil {
			continue
		}
		if !s.ends(code.DoneOf(s.pkg.Info, comm)) && !s.ends(code.Received(comm)) {
			return false
		}
	}
	return hasDefault(sel)
}
