package source

import (
	"go/ast"
	"go/token"
	"go/types"
	"time"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// MakesTimer reports whether call makes a timer, a ticker or its channel: by package time,
// or by a function that does so with what it is given, or a moment if that is none, and has
// no other effect. It may return what stops the timer as well.
//
//	func newTimer(d time.Duration) (*time.Timer, func()) {
//		if d <= 0 {
//			d = 1
//		}
//		t := time.NewTimer(d)
//		return t, func() { t.Stop() }
//	}
func (p *Package) MakesTimer(call *ast.CallExpr) bool {
	if code.MakesTimer(p.Info, call) {
		return true
	}
	t := p.Info.TypeOf(call)
	if tuple, ok := t.(*types.Tuple); ok {
		if tuple.Len() != 2 || !isStop(tuple.At(1).Type()) {
			return false
		}
		t = tuple.At(0).Type()
	}
	if len(call.Args) != 1 || !code.IsTimer(t) {
		return false
	}
	fn := p.Reach(call)
	if fn == nil || fn.Type.Params.NumFields() != 1 || len(fn.Type.Params.List[0].Names) != 1 {
		return false
	}
	info := p.Info
	if fn.Home != nil {
		info = fn.Home.Info
	}
	m := &timerMaker{info: info, fn: fn, given: info.Defs[fn.Type.Params.List[0].Names[0]]}
	return !code.Any(fn.Body, m.doesMore) && m.made == 1
}

// A timerMaker looks at a function that makes a timer.
type timerMaker struct {
	info  *types.Info
	fn    *Func
	given types.Object // the parameter that tells how long
	made  int          // how many timers
}

// moment is no delay.
const moment = time.Millisecond

// doesMore reports whether n does more than to make a timer of what the function is given,
// and to stop it.
func (m *timerMaker) doesMore(n ast.Node) bool {
	for _, id := range code.Assigned(n) {
		if obj := m.info.ObjectOf(id); obj == nil || obj.Pos() < m.fn.Node.Pos() || obj.Pos() >= m.fn.Node.End() {
			return true
		}
	}
	switch n := n.(type) {
	case *ast.CallExpr:
		if code.MakesTimer(m.info, n) {
			m.made++
			return code.Local(m.info, n.Args[0]) != m.given
		}
		return code.Callee(m.info, n) != "time.Stop" && !m.info.Types[n.Fun].IsType() && !code.PureCall(m.info, n)
	case *ast.AssignStmt:
		if value := code.ValueGiven(m.info, n, m.given); value != nil {
			d, ok := code.Int(m.info, value)
			return !ok || time.Duration(d) > moment
		}
		return n.Tok != token.DEFINE
	case *ast.IncDecStmt, *ast.SendStmt, *ast.GoStmt, *ast.ForStmt, *ast.RangeStmt:
		return true
	case *ast.UnaryExpr:
		return n.Op == token.ARROW
	}
	return false
}

// isStop reports whether t is a function that is given nothing and returns nothing.
func isStop(t types.Type) bool {
	sig, ok := t.Underlying().(*types.Signature)
	return ok && sig.Params().Len() == 0 && sig.Results().Len() == 0
}

// TimerMade returns the call by which s makes the timer v, and the variable of what stops
// it, if that has one.
//
//	t, stop := newTimer(d)
func (p *Package) TimerMade(s *ast.AssignStmt, v types.Object) (call *ast.CallExpr, stop types.Object) {
	if len(s.Rhs) != 1 || v == nil || code.Local(p.Info, s.Lhs[0]) != v {
		return nil, nil
	}
	call, ok := s.Rhs[0].(*ast.CallExpr)
	if !ok || !p.MakesTimer(call) {
		return nil, nil
	}
	if len(s.Lhs) == 2 {
		if v := code.Local(p.Info, s.Lhs[1]); v != nil {
			stop = v
		}
	}
	return call, stop
}
