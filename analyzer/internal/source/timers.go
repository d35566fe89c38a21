package source

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// MakesTimer reports whether call makes a timer, a ticker or its channel: by package time,
// or by a function that does that and nothing else, and may return what stops it as well.
//
//	func newTimer(d time.Duration) (*time.Timer, func()) {
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
	if fn == nil {
		return false
	}
	home := p
	if fn.Home != nil {
		home = fn.Home
	}
	made := 0
	only := !code.Any(fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if code.MakesTimer(home.Info, n) {
				made++
				return false
			}
			return code.Callee(home.Info, n) != "time.Stop" && !home.Info.Types[n.Fun].IsType() && !code.PureCall(home.Info, n)
		case *ast.SendStmt, *ast.GoStmt, *ast.ForStmt, *ast.RangeStmt:
			return true
		case *ast.UnaryExpr:
			return n.Op == token.ARROW
		}
		return false
	})
	return only && made == 1
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
