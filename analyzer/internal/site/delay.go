package site

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// primitive returns the delay that n is by itself, or nil.
func primitive(pkg *source.Package, n ast.Node) *Delay {
	switch n := n.(type) {
	case *ast.CallExpr:
		if d, ok := sleepCall(pkg, n); ok {
			return &Delay{Node: n, Duration: d}
		}
	case *ast.UnaryExpr:
		if n.Op == token.ARROW && code.IsTimeChan(pkg.Info.TypeOf(n.X)) {
			return &Delay{Node: n, Duration: afterArg(pkg, n.X)}
		}
	case *ast.RangeStmt:
		if code.IsTimeChan(pkg.Info.TypeOf(n.X)) {
			return &Delay{Node: n, Duration: afterArg(pkg, n.X)}
		}
	}
	return nil
}

// sleepCall returns the duration of a call that sleeps: time.Sleep, and what
// other packages, clocks and values of a function type offer under that name
// and with its signature: one duration, perhaps a context, and at most an error
// or a bool that tells whether the sleep was cut short.
func sleepCall(pkg *source.Package, call *ast.CallExpr) (ast.Expr, bool) {
	name := calleeName(call)
	if !sleeps(name) {
		return nil, false
	}
	sig, ok := pkg.Info.TypeOf(call.Fun).(*types.Signature)
	if !ok || len(call.Args) != sig.Params().Len() || !tellsAtMost(sig) {
		return nil, false
	}
	if pkg.Callee(call) != nil {
		return nil, false // its body says more than its name
	}
	var duration ast.Expr
	for i := range sig.Params().Len() {
		switch t := sig.Params().At(i).Type(); {
		case IsDuration(t) && duration == nil:
			duration = call.Args[i]
		case !code.IsContext(t):
			return nil, false
		}
	}
	return duration, duration != nil
}

// sleeps reports whether a function of that name may sleep, as far as names tell.
func sleeps(name string) bool { return strings.Contains(name, "leep") }

// mayDelay reports whether a call of a function of that name may be a delay by itself.
func mayDelay(name string) bool { return sleeps(name) || name == later }

// tellsAtMost reports whether a function returns nothing, or only what a wait
// has to tell: errors, bools and durations.
func tellsAtMost(sig *types.Signature) bool {
	for v := range sig.Results().Variables() {
		b, ok := v.Type().Underlying().(*types.Basic)
		if !(ok && b.Kind() == types.Bool) && !IsDuration(v.Type()) && !code.IsError(v.Type()) {
			return false
		}
	}
	return true
}

func calleeName(call *ast.CallExpr) string {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return fun.Sel.Name
	}
	return ""
}

// afterArg returns d of a channel made in place by a call such as
// time.After(d), clock.After(d) or time.Tick(d).
func afterArg(pkg *source.Package, ch ast.Expr) ast.Expr {
	ch = ast.Unparen(ch)
	if sel, ok := ch.(*ast.SelectorExpr); ok { // time.NewTimer(d).C
		ch = ast.Unparen(sel.X)
	}
	call, ok := ch.(*ast.CallExpr)
	if !ok {
		return nil
	}
	for _, arg := range call.Args {
		if IsDuration(pkg.Info.TypeOf(arg)) {
			return arg
		}
	}
	return nil
}

// IsDuration reports whether t is time.Duration.
func IsDuration(t types.Type) bool { return code.IsNamed(t, "time", "Duration") }

// untilEnd returns the delay that a receive at cur is, if it waits for nothing but the
// end of a context that was made to end after a while, or nil:
//
//	ctx, cancel := context.WithTimeout(ctx, d)
//	<-ctx.Done()
func untilEnd(pkg *source.Package, cur inspector.Cursor) *Delay {
	recv, ok := cur.Node().(*ast.UnaryExpr)
	if !ok || recv.Op != token.ARROW {
		return nil
	}
	ctx, ok := code.ContextOf(pkg.Info, recv.X, "Done").(*ast.Ident)
	if !ok {
		return nil
	}
	if _, ok := cur.Parent().Node().(*ast.ExprStmt); !ok {
		return nil
	}
	list, ok := cur.Parent().Parent().Node().(*ast.BlockStmt)
	if !ok {
		return nil
	}
	for _, s := range list.List {
		a, ok := s.(*ast.AssignStmt)
		if !ok || len(a.Rhs) != 1 || s.Pos() > recv.Pos() || pkg.Info.ObjectOf(ctx) != pkg.Info.Defs[identOf(a.Lhs[0])] {
			continue
		}
		call, ok := a.Rhs[0].(*ast.CallExpr)
		if ok && code.Callee(pkg.Info, call) == "context.WithTimeout" {
			return &Delay{Node: recv, Duration: call.Args[1]}
		}
	}
	return nil
}

func identOf(e ast.Expr) *ast.Ident {
	id, _ := e.(*ast.Ident)
	return id
}
