package flow

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/cfg"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// armed is the part of a timer's path that tells whether it will fire: a timer
// fires once, and then not before it is reset.
const armed = "#armed"

// blocked reports whether a select's case is known not to be ready: its channel
// is nil, or that of a timer that has fired.
func (w *walker) blocked(b *cfg.Block, f facts) bool {
	clause, ok := b.Stmt.(*ast.CommClause)
	if !ok || clause.Comm == nil {
		return false
	}
	ch := channel(clause.Comm)
	if ch == nil {
		return false
	}
	if p, ok := w.timer(ch); ok && f.get(w.paths.number(p)) == isZero {
		return true
	}
	n := w.paths.operand(ch).path
	return n != none && f.get(n) == isZero
}

// contextErr is the part of a context's path that tells whether it has ended.
const contextErr = ".Err()"

// drain records that the timer that a case received from has fired, or that the
// context has ended.
func (w *walker) drain(comm ast.Stmt, f facts) facts {
	if ch := channel(comm); ch != nil {
		if p, ok := pathOf(w.info, ch); ok && strings.HasSuffix(p.rest, ".Done()") {
			p.rest = strings.TrimSuffix(p.rest, ".Done()") + contextErr
			return w.paths.set(f, w.paths.number(p), isNonZero)
		}
		if p, ok := w.timer(ch); ok {
			return w.paths.set(f, w.paths.number(p), isZero)
		}
	}
	return f
}

// arm records that a node resets a timer.
func (w *walker) arm(call *ast.CallExpr, f facts) facts {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "Reset" {
		return f
	}
	if p, ok := w.localTimer(sel.X); ok {
		return w.paths.set(f, w.paths.number(p), isNonZero)
	}
	return f
}

// timer returns the path that tells whether the timer whose channel ch is will
// fire.
func (w *walker) timer(ch ast.Expr) (path, bool) {
	if sel, ok := ast.Unparen(ch).(*ast.SelectorExpr); ok && sel.Sel.Name == "C" {
		return w.localTimer(sel.X)
	}
	return path{}, false
}

// localTimer returns the path that tells whether e will fire, if e is a variable
// of a function that holds a *time.Timer: others could be reset elsewhere.
func (w *walker) localTimer(e ast.Expr) (path, bool) {
	t := w.info.TypeOf(e)
	if t == nil || types.Unalias(t).String() != "*time.Timer" {
		return path{}, false
	}
	p, ok := pathOf(w.info, e)
	if !ok || p.rest != "" || code.IsSentinel(w.info, e) {
		return path{}, false
	}
	p.rest = armed
	return p, true
}

// channel returns the channel of a select's communication.
func channel(comm ast.Stmt) ast.Expr {
	var e ast.Expr
	switch comm := comm.(type) {
	case *ast.ExprStmt:
		e = comm.X
	case *ast.AssignStmt:
		e = comm.Rhs[0]
	case *ast.SendStmt:
		return comm.Chan
	}
	if u, ok := ast.Unparen(e).(*ast.UnaryExpr); ok && u.Op == token.ARROW {
		return u.X
	}
	return nil
}
