package rewrite

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

// A pause is a statement of the loop that waits and is left out of a call of the
// helper.
type pause struct {
	delay *site.Delay
	stmt  ast.Stmt
	ctx   ast.Expr    // what ends it early, or nil
	done  ast.Expr    // the same as a channel that is no context's, or nil
	told  bool        // stmt keeps whether it ended early
	test  *ast.IfStmt // the next statement, if it does what is done then: if !ok { ... }
	exit  []ast.Stmt  // what is done then
	then  []ast.Stmt  // what follows it in a case of a select
}

// channel returns what p receives from, or ranges over; nil for a call.
func (p *pause) channel() ast.Expr {
	switch n := p.delay.Node.(type) {
	case *ast.UnaryExpr:
		return n.X
	case *ast.RangeStmt:
		return n.X
	}
	return nil
}

// pauses returns the pauses of a site by statement, or a refusal.
func pauses(pkg *source.Package, l *loop.Loop, s *site.Site) (map[ast.Stmt]*pause, reason.Refusal) {
	found := make(map[ast.Stmt]*pause)
	for _, d := range s.Delays {
		if pos := doesMore(pkg, d); pos.IsValid() {
			return nil, reason.DelayDoesMore.At(pos)
		}
		stmt := l.Around(d.Node)
		if stmt == nil && l.Post != nil && code.Within(l.Post, d.Node) {
			stmt = l.Post
		}
		if stmt == nil || found[stmt] != nil {
			return nil, reason.DelayIsInside.At(d.Node.Pos())
		}
		p, refusal := newPause(pkg, d, stmt)
		if refusal != nil {
			return nil, refusal
		}
		switch {
		case p.done != nil:
			return nil, reason.StopChannel.At(p.done.Pos())
		case p.told && !p.setTest(pkg, l):
			return nil, reason.DelayIsInside.At(stmt.Pos())
		case p.ctx != nil && !l.VisibleBefore(p.ctx):
			return nil, reason.CancelBranch.At(p.ctx.Pos())
		}
		found[stmt] = p
	}
	return found, nil
}

func newPause(pkg *source.Package, d *site.Delay, stmt ast.Stmt) (*pause, reason.Refusal) {
	p := &pause{delay: d, stmt: stmt}
	switch s := stmt.(type) {
	case *ast.ExprStmt:
		if ast.Unparen(s.X) == d.Node {
			return p, nil
		}
	case *ast.AssignStmt:
		if len(s.Rhs) == 1 && ast.Unparen(s.Rhs[0]) == d.Node && len(s.Lhs) == 1 {
			p.told = !code.AllBlank(s.Lhs)
			if call, ok := d.Node.(*ast.CallExpr); ok && p.told {
				p.setArg(pkg, call)
			}
			if p.told && (p.ctx == nil && p.done == nil || !trueIfWaited(pkg, d)) {
				return nil, reason.DelayIsInside.At(stmt.Pos())
			}
			return p, nil
		}
	case *ast.IfStmt:
		if call, ok := d.Node.(*ast.CallExpr); ok && s.Else == nil && cutShort(s, call) {
			p.exit = s.Body.List
			p.setArg(pkg, call)
			if p.ctx == nil && p.done == nil || !trueIfWaited(pkg, d) {
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
func (p *pause) setTest(pkg *source.Package, l *loop.Loop) bool {
	told := pkg.Info.ObjectOf(p.stmt.(*ast.AssignStmt).Lhs[0].(*ast.Ident))
	next := func(list []ast.Stmt) {
		if i := slices.Index(list, p.stmt); i >= 0 && i+1 < len(list) {
			p.test, _ = list[i+1].(*ast.IfStmt)
		}
	}
	next(l.Body)
	for _, s := range l.Body {
		code.EachList(s, next)
	}
	if p.test == nil || p.test.Init != nil || p.test.Else != nil || !saysEnded(pkg.Info, p.test.Cond, told) {
		return false
	}
	uses := 0
	ast.Inspect(l.Decl, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && pkg.Info.ObjectOf(id) == told {
			uses++
		}
		return true
	})
	p.exit = p.test.Body.List
	return uses == 2
}

// saysEnded reports whether cond is !told, or told != nil.
func saysEnded(info *types.Info, cond ast.Expr, told types.Object) bool {
	switch e := ast.Unparen(cond).(type) {
	case *ast.UnaryExpr:
		return e.Op == token.NOT && code.Local(info, e.X) == told
	case *ast.BinaryExpr:
		return e.Op == token.NEQ && code.Local(info, e.X) == told && info.Types[e.Y].IsNil()
	}
	return false
}

// setArg notes what ends a call that waits.
func (p *pause) setArg(pkg *source.Package, call *ast.CallExpr) {
	for _, arg := range call.Args {
		switch t := pkg.Info.TypeOf(arg); {
		case code.IsContext(t):
			p.ctx = arg
		case code.IsStopChan(t):
			p.done = arg
		}
	}
}

// setSelect reads a select that waits for the delay or for a context.
func (p *pause) setSelect(pkg *source.Package, s *ast.SelectStmt) reason.Refusal {
	for _, c := range s.Body.List {
		c := c.(*ast.CommClause)
		switch {
		case c.Comm == nil:
			return reason.DelayIsInside.At(c.Pos())
		case code.Within(c.Comm, p.delay.Node):
			if _, ok := c.Comm.(*ast.ExprStmt); !ok {
				return reason.DelayIsInside.At(c.Pos())
			}
			p.then = c.Body
		default:
			if p.exit != nil || p.ctx != nil || p.done != nil {
				return reason.StopChannel.At(c.Comm.Pos())
			}
			p.exit = c.Body
			if p.ctx = code.DoneOf(pkg.Info, c.Comm); p.ctx != nil {
				continue
			}
			if p.done = code.Received(c.Comm); p.done == nil || !code.IsStopChan(pkg.Info.TypeOf(p.done)) {
				return reason.StopChannel.At(c.Comm.Pos())
			}
		}
	}
	return nil
}

// cutShort reports whether s is `if err := call; err != nil {` or `if !call {`.
func cutShort(s *ast.IfStmt, call *ast.CallExpr) bool {
	if s.Init == nil {
		not, ok := ast.Unparen(s.Cond).(*ast.UnaryExpr)
		return ok && not.Op == token.NOT && ast.Unparen(not.X) == call
	}
	a, ok := s.Init.(*ast.AssignStmt)
	if !ok || len(a.Lhs) != 1 || len(a.Rhs) != 1 || ast.Unparen(a.Rhs[0]) != call {
		return false
	}
	cmp, ok := ast.Unparen(s.Cond).(*ast.BinaryExpr)
	return ok && cmp.Op == token.NEQ && code.SameName(cmp.X, a.Lhs[0])
}
