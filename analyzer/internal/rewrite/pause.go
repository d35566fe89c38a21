package rewrite

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
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
func pauses(pkg *source.Package, l *loop, s *site.Site) (map[ast.Stmt]*pause, Refusal) {
	found := make(map[ast.Stmt]*pause)
	for _, d := range s.Delays {
		if pos := doesMore(pkg, d); pos.IsValid() {
			return nil, delayDoesMore.At(pos)
		}
		stmt := l.around(d.Node)
		if stmt == nil && l.post != nil && code.Within(l.post, d.Node) {
			stmt = l.post
		}
		if stmt == nil || found[stmt] != nil {
			return nil, delayIsInside.At(d.Node.Pos())
		}
		p, refusal := newPause(pkg, d, stmt)
		if refusal != nil {
			return nil, refusal
		}
		switch {
		case p.done != nil:
			return nil, stopChannel.At(p.done.Pos())
		case p.told && !p.setTest(pkg, l):
			return nil, delayIsInside.At(stmt.Pos())
		case p.ctx != nil && !l.visibleBefore(pkg, p.ctx):
			return nil, cancelBranch.At(p.ctx.Pos())
		}
		found[stmt] = p
	}
	return found, nil
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
			only = d.Inner != nil && code.Within(n, d.Inner.Node) || d.Inner != nil && code.Within(d.Inner.Node, n) || harmless(pkg, n)
		case *ast.GoStmt, *ast.SendStmt:
			only = false
		}
		for _, id := range code.Assigned(n) {
			obj := pkg.Info.ObjectOf(id)
			only = only && (id.Name == "_" || obj != nil && code.Within(d.Waiter.Node, id) && d.Waiter.Node.Pos() <= obj.Pos() && obj.Pos() < d.Waiter.Node.End())
		}
		if a, ok := n.(*ast.AssignStmt); ok {
			for _, lhs := range a.Lhs {
				_, name := ast.Unparen(lhs).(*ast.Ident)
				only = only && name
			}
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

// harmless reports whether call only computes, or asks a context or a timer.
func harmless(pkg *source.Package, call *ast.CallExpr) bool {
	if pkg.Info.Types[call.Fun].IsType() || code.PureCall(pkg.Info, call) {
		return true
	}
	fn := code.Callee(pkg.Info, call)
	return strings.HasPrefix(fn, "time.") || strings.HasPrefix(fn, "context.")
}

// around returns the innermost statement of the body that holds n, or nil if n
// is in an inner loop or outside.
func (l *loop) around(n ast.Node) ast.Stmt {
	var found ast.Stmt
	look := func(list []ast.Stmt) {
		for _, s := range list {
			if code.Within(s, n) {
				found = s
			}
		}
	}
	look(l.body)
	if found == nil {
		return nil
	}
	for _, s := range l.body {
		if !code.Within(s, n) {
			continue
		}
		inner := false
		ast.Inspect(s, func(x ast.Node) bool {
			switch x := x.(type) {
			case *ast.ForStmt, *ast.RangeStmt, *ast.FuncLit:
				inner = inner || code.Within(x, n)
			}
			return true
		})
		if inner {
			return nil
		}
		code.EachList(s, look)
	}
	return found
}

func newPause(pkg *source.Package, d *site.Delay, stmt ast.Stmt) (*pause, Refusal) {
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
				return nil, delayIsInside.At(stmt.Pos())
			}
			return p, nil
		}
	case *ast.IfStmt:
		if call, ok := d.Node.(*ast.CallExpr); ok && s.Else == nil && cutShort(s, call) {
			p.exit = s.Body.List
			p.setArg(pkg, call)
			if p.ctx == nil && p.done == nil || !trueIfWaited(pkg, d) {
				return nil, stopChannel.At(stmt.Pos())
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
	return nil, delayIsInside.At(d.Node.Pos())
}

// setTest finds the statement behind a pause that looks at whether it ended
// early; false if something else looks at it as well.
//
//	ok := sleep(ctx, d)
//	if !ok { ... }
func (p *pause) setTest(pkg *source.Package, l *loop) bool {
	told := pkg.Info.ObjectOf(p.stmt.(*ast.AssignStmt).Lhs[0].(*ast.Ident))
	next := func(list []ast.Stmt) {
		if i := slices.Index(list, p.stmt); i >= 0 && i+1 < len(list) {
			p.test, _ = list[i+1].(*ast.IfStmt)
		}
	}
	next(l.body)
	for _, s := range l.body {
		code.EachList(s, next)
	}
	if p.test == nil || p.test.Init != nil || p.test.Else != nil || !saysEnded(pkg.Info, p.test.Cond, told) {
		return false
	}
	uses := 0
	ast.Inspect(l.decl, func(n ast.Node) bool {
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

// trueIfWaited reports whether a function of the package that returns a bool
// returns true where it waited to the end; true for what returns no bool, or is
// not of the package.
func trueIfWaited(pkg *source.Package, d *site.Delay) bool {
	if d.Waiter == nil || d.Inner == nil {
		return true
	}
	res := pkg.Signature(d.Waiter).Results()
	if res.Len() != 1 || !code.IsBool(res.At(0).Type()) {
		return true
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
	return v != nil && v.Kind() == constant.Bool && constant.BoolVal(v)
}

// setSelect reads a select that waits for the delay or for a context.
func (p *pause) setSelect(pkg *source.Package, s *ast.SelectStmt) Refusal {
	for _, c := range s.Body.List {
		c := c.(*ast.CommClause)
		switch {
		case c.Comm == nil:
			return delayIsInside.At(c.Pos())
		case code.Within(c.Comm, p.delay.Node):
			if _, ok := c.Comm.(*ast.ExprStmt); !ok {
				return delayIsInside.At(c.Pos())
			}
			p.then = c.Body
		default:
			if p.exit != nil || p.ctx != nil || p.done != nil {
				return stopChannel.At(c.Comm.Pos())
			}
			p.exit = c.Body
			if p.ctx = code.DoneOf(pkg.Info, c.Comm); p.ctx != nil {
				continue
			}
			if p.done = code.Received(c.Comm); p.done == nil || !code.IsStopChan(pkg.Info.TypeOf(p.done)) {
				return stopChannel.At(c.Comm.Pos())
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

// visibleBefore reports whether e means the same before the loop: none of its
// variables is declared or assigned in the loop, and it calls nothing that
// might tell something else.
func (l *loop) visibleBefore(pkg *source.Package, e ast.Expr) bool {
	ok := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			ok = false
		case *ast.UnaryExpr:
			ok = ok && n.Op != token.ARROW
		case *ast.CallExpr:
			ok = ok && (pkg.Info.Types[n.Fun].IsType() || code.PureCall(pkg.Info, n) || len(n.Args) == 0)
		case *ast.Ident:
			if v, isVar := pkg.Info.ObjectOf(n).(*types.Var); isVar && !v.IsField() {
				ok = ok && !l.has(v.Pos()) && (v.Parent() == pkg.Types.Scope() || !l.assigns(pkg, v))
			}
		}
		return ok
	})
	return ok
}

// assigns reports whether the loop gives v a new value.
func (l *loop) assigns(pkg *source.Package, v types.Object) bool {
	found := false
	l.inspect(func(n ast.Node) bool {
		for _, id := range code.Assigned(n) {
			if pkg.Info.ObjectOf(id) == v {
				found = true
			}
		}
		return !found
	})
	return found
}

// inspect walks all of the loop.
func (l *loop) inspect(f func(ast.Node) bool) {
	if !l.isGoto() {
		ast.Inspect(l.cycle, f)
		return
	}
	for _, s := range l.body {
		ast.Inspect(s, f)
	}
}
