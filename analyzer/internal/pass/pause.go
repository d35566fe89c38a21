package pass

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// A Pause is a statement of the loop that waits and is left out of a call of the
// helper.
type Pause struct {
	Delay *site.Delay
	Stmt  ast.Stmt
	Ctx   ast.Expr    // what ends it early, or nil
	Done  ast.Expr    // the same as a channel that is no context's, or nil
	Told  bool        // stmt keeps whether it ended early
	Test  *ast.IfStmt // the next statement, if it does what is done then: if !ok { ... }
	Exit  []ast.Stmt  // what is done then
	Then  []ast.Stmt  // what follows it in a case of a select
}

// Channel returns what p receives from, or ranges over; nil for a call.
func (p *Pause) Channel() ast.Expr {
	switch n := p.Delay.Node.(type) {
	case *ast.UnaryExpr:
		return n.X
	case *ast.RangeStmt:
		return n.X
	}
	return nil
}

// Pauses returns the pauses of a site by statement, or a refusal.
func Pauses(pkg *source.Package, l *loop.Loop, s *site.Site) (map[ast.Stmt]*Pause, reason.Refusal) {
	found := make(map[ast.Stmt]*Pause)
	for _, d := range s.Delays {
		if refusal := OnlyWaits(pkg, d); refusal != nil {
			return nil, refusal
		}
		stmt := l.Around(d.Node)
		if stmt == nil && l.Post != nil && code.Within(l.Post, d.Node) {
			stmt = l.Post
		}
		if stmt == nil || found[stmt] != nil {
			return nil, reason.DelayIsInside.At(d.Node.Pos())
		}
		p, refusal := NewPause(pkg, d, stmt)
		if refusal != nil {
			return nil, refusal
		}
		switch {
		case p.Done != nil:
			return nil, reason.StopChannel.At(p.Done.Pos())
		case p.Told && !p.setTest(pkg, l):
			return nil, reason.DelayIsInside.At(stmt.Pos())
		case p.Ctx != nil && !l.VisibleBefore(p.Ctx):
			return nil, reason.CancelBranch.At(p.Ctx.Pos())
		}
		found[stmt] = p
	}
	return found, nil
}

// NewPause reads stmt, which holds the delay d.
func NewPause(pkg *source.Package, d *site.Delay, stmt ast.Stmt) (*Pause, reason.Refusal) {
	p := &Pause{Delay: d, Stmt: stmt}
	switch s := stmt.(type) {
	case *ast.ExprStmt:
		if ast.Unparen(s.X) == d.Node {
			return p, p.setStop(pkg)
		}
	case *ast.AssignStmt:
		if len(s.Rhs) == 1 && ast.Unparen(s.Rhs[0]) == d.Node && len(s.Lhs) == 1 {
			p.Told = !code.AllBlank(s.Lhs)
			if call, ok := d.Node.(*ast.CallExpr); ok && p.Told {
				p.setEnd(pkg, call)
			}
			if p.Told && (p.Ctx == nil && p.Done == nil || !tellsWait(pkg, d, true)) {
				return nil, reason.DelayIsInside.At(stmt.Pos())
			}
			return p, nil
		}
	case *ast.IfStmt:
		call, ok := d.Node.(*ast.CallExpr)
		if ended := ok && ast.Unparen(s.Cond) == call; ok && s.Else == nil && (ended || cutShort(pkg.Info, s, call)) {
			if a, ok := s.Init.(*ast.AssignStmt); ok && a.Tok != token.DEFINE {
				return nil, reason.CancelBranch.At(a.Pos()) // the variable holds something else without it
			}
			p.Exit = s.Body.List
			p.setEnd(pkg, call)
			if p.Ctx == nil && p.Done == nil || !tellsWait(pkg, d, !ended) {
				return nil, reason.StopChannel.At(stmt.Pos())
			}
			return p, nil
		}
	case *ast.SelectStmt:
		return p, p.setSelect(pkg, s)
	case *ast.RangeStmt:
		if s.Key == nil {
			return p, nil
		}
	}
	return nil, reason.DelayIsInside.At(d.Node.Pos())
}

// setTest finds the statement behind a pause that looks at whether it ended
// early; false if something else looks at it as well.
//
//	ok := sleep(ctx, d)
//	if !ok { ... }
func (p *Pause) setTest(pkg *source.Package, l *loop.Loop) bool {
	told := pkg.Info.ObjectOf(p.Stmt.(*ast.AssignStmt).Lhs[0].(*ast.Ident))
	next := func(list []ast.Stmt) {
		if i := slices.Index(list, p.Stmt); i >= 0 && i+1 < len(list) {
			p.Test, _ = list[i+1].(*ast.IfStmt)
		}
	}
	next(l.Body)
	for _, s := range l.Body {
		code.EachList(s, next)
	}
	if p.Test == nil || p.Test.Init != nil || p.Test.Else != nil || !saysEnded(pkg.Info, p.Test.Cond, told) {
		return false
	}
	p.Exit = p.Test.Body.List
	return code.Count(pkg.Info, l.Decl, told) == 2
}

// saysEnded reports whether cond is !told, or told != nil.
func saysEnded(info *types.Info, cond ast.Expr, told types.Object) bool {
	switch e := ast.Unparen(cond).(type) {
	case *ast.UnaryExpr:
		return e.Op == token.NOT && code.Local(info, e.X) == told
	case *ast.BinaryExpr:
		return e.Op == token.NEQ && code.Local(info, e.X) == told && code.IsNil(info, e.Y)
	}
	return false
}

// setEnd notes what ends a call that waits: an argument, or what the function that it
// calls receives from.
func (p *Pause) setEnd(pkg *source.Package, call *ast.CallExpr) {
	for _, arg := range call.Args {
		switch t := pkg.Info.TypeOf(arg); {
		case code.IsContext(t):
			p.Ctx = arg
		case code.IsStopChan(t):
			p.Done = arg
		}
	}
	if p.Ctx != nil || p.Done != nil {
		return
	}
	p.Done = innerEnd(pkg, p.Delay, call)
	if done, ok := p.Done.(*ast.CallExpr); ok { // ctx.Done() of what is in scope
		if ctx, ok := done.Fun.(*ast.SelectorExpr).X.(*ast.Ident); ok {
			p.Ctx, p.Done = ctx, nil
		}
	}
}

// setStop notes the channel that ends a call that waits and does not say so. A context
// that does is asked by the next attempt.
func (p *Pause) setStop(pkg *source.Package) reason.Refusal {
	call, ok := p.Delay.Node.(*ast.CallExpr)
	if !ok || p.Delay.Waiter == nil {
		return nil
	}
	p.setEnd(pkg, call)
	if p.Ctx == nil && p.Done == nil && innerSelect(p.Delay) != nil {
		return reason.StopChannel.At(call.Pos())
	}
	p.Ctx = nil
	return nil
}

// setSelect reads a select that waits for the delay or for a context.
func (p *Pause) setSelect(pkg *source.Package, s *ast.SelectStmt) reason.Refusal {
	for _, c := range s.Body.List {
		c := c.(*ast.CommClause)
		switch {
		case c.Comm == nil:
			return reason.DelayIsInside.At(c.Pos())
		case code.Within(c.Comm, p.Delay.Node):
			if _, ok := c.Comm.(*ast.ExprStmt); !ok {
				return reason.DelayIsInside.At(c.Pos())
			}
			p.Then = c.Body
		default:
			if p.Exit != nil || p.Ctx != nil || p.Done != nil {
				return reason.SeveralEnds.At(c.Comm.Pos())
			}
			p.Exit = c.Body
			p.Done = code.Received(c.Comm)
			if p.Ctx = doneOf(pkg, p.Done); p.Ctx != nil {
				p.Done = nil
				continue
			}
			switch {
			case p.Done != nil && code.IsTimeChan(pkg.Info.TypeOf(p.Done)):
				return reason.DeadlineEnds.At(c.Comm.Pos())
			case p.Done == nil || !code.IsStopChan(pkg.Info.TypeOf(p.Done)):
				return reason.StopChannel.At(c.Comm.Pos())
			}
		}
	}
	return nil
}

// doneOf returns ctx of the channel ctx.Done(), also where that has a name of its own, and
// neither is another one later; or nil.
//
//	done := ctx.Done()
func doneOf(pkg *source.Package, ch ast.Expr) ast.Expr {
	done := code.Local(pkg.Info, ch)
	if done == nil {
		return code.ContextOf(pkg.Info, ch, "Done")
	}
	writes := pkg.Writes(done)
	if len(writes) != 1 {
		return nil
	}
	given, ok := writes[0].At.Node().(*ast.AssignStmt)
	if !ok || given.Tok != token.DEFINE || len(given.Rhs) != 1 {
		return nil
	}
	ctx, ok := code.ContextOf(pkg.Info, given.Rhs[0], "Done").(*ast.Ident)
	if !ok {
		return nil
	}
	v := code.Local(pkg.Info, ctx)
	anew := func(w source.Write) bool {
		_, asks := w.At.Node().(*ast.CallExpr) // a method
		return !asks && w.At.Node().Pos() > v.Pos()
	}
	if v == nil || pkg.LookupAt(ctx.Name, ch.Pos()) != v || slices.ContainsFunc(pkg.Writes(v), anew) {
		return nil
	}
	return ctx
}

// cutShort reports whether s is `if err := call; err != nil {`, or `if call != nil {`, or
// `if !call {`.
func cutShort(info *types.Info, s *ast.IfStmt, call *ast.CallExpr) bool {
	if not, ok := ast.Unparen(s.Cond).(*ast.UnaryExpr); ok {
		return s.Init == nil && not.Op == token.NOT && ast.Unparen(not.X) == call
	}
	if !code.ComparesToNil(info, s.Cond) {
		return false
	}
	x := ast.Unparen(s.Cond).(*ast.BinaryExpr).X
	if s.Init == nil {
		return ast.Unparen(x) == call
	}
	a, ok := s.Init.(*ast.AssignStmt)
	return ok && len(a.Lhs) == 1 && len(a.Rhs) == 1 && ast.Unparen(a.Rhs[0]) == call && code.SameName(x, a.Lhs[0])
}
