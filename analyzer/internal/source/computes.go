package source

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
)

// maxCalls is how deep calls are followed for what they do.
const maxCalls = 4

// Computes reports whether a call does nothing but compute a number, as of a delay:
// the functions that it reaches are at hand, and do nothing else.
func (p *Package) Computes(call *ast.CallExpr) bool {
	if !code.IsNumeric(p.Info.TypeOf(call)) {
		return false
	}
	fn := p.Reach(call)
	return fn != nil && p.does(fn, doing{}, 0)
}

// Acts reports whether a call does something that can be seen from outside, as far as
// functions are at hand.
func (p *Package) Acts(call *ast.CallExpr) bool {
	fn := p.Reach(call)
	return fn != nil && !p.does(fn, doing{trusting: true}, 0)
}

// OnlyTells reports whether call, a statement, writes for people to read and does nothing else:
// it is of a function for which logs holds; or of one of the package that calls such functions
// alone and goes on; or of another package's, as far as the types of its parameters tell.
//
//	func logIf(ctx context.Context, err error) {
//		if err != nil {
//			log.Print(err)
//		}
//	}
func (p *Package) OnlyTells(call *ast.CallExpr, logs func(*types.Func) bool) bool {
	return p.onlyTells(call, logs, 0)
}

func (p *Package) onlyTells(call *ast.CallExpr, logs func(*types.Func) bool, depth int) bool {
	callee, ok := typeutil.Callee(p.Info, call).(*types.Func)
	switch {
	case !ok || !p.MayReturn(call):
		return false
	case logs(callee):
		return true
	}
	if fn := p.Callee(call); fn != nil {
		return depth < maxCalls && fn.Body != nil && code.Any(fn.Body, isCall) && p.does(fn, doing{logs: logs}, depth+1)
	}
	return reports(callee) && !p.Owns(callee.Pkg()) && !p.MayEndAbroad(call)
}

// isCall reports whether n is a call that stands alone.
func isCall(n ast.Node) bool {
	s, ok := n.(*ast.ExprStmt)
	return ok && code.CallOf(s) != nil
}

// tells matches the names of functions that write what they are told.
var tells = pattern.New(`(?i)log|print|warn|report`)

// reports reports whether fn has such a name, is told of an error, and given nothing that it may
// change, or answer by.
func reports(fn *types.Func) bool {
	sig, told := fn.Signature(), false
	for v := range sig.Params().Variables() {
		t := v.Type()
		if list, ok := t.(*types.Slice); ok && sig.Variadic() {
			t = list.Elem()
		}
		_, basic := t.Underlying().(*types.Basic)
		anything, ok := t.Underlying().(*types.Interface)
		if !basic && !code.IsError(t) && !code.IsContext(t) && !(ok && anything.Empty()) {
			return false
		}
		told = told || code.IsError(t)
	}
	return told && sig.Recv() == nil && sig.Results().Len() == 0 && tells().MatchString(fn.Name())
}

// A doing says what a function may do.
type doing struct {
	trusting bool                   // what is not at hand, which counts as computing
	logs     func(*types.Func) bool // to write by one for which logs holds, if that is not nil
}

// does reports whether fn does nothing but compute, and what d allows.
func (p *Package) does(fn *Func, d doing, depth int) bool {
	if fn.Body == nil || depth > maxCalls {
		return d.trusting
	}
	if fn.Home != nil {
		p = fn.Home
	}
	own := func(e ast.Expr) bool {
		v := code.Local(p.Info, e)
		return v != nil && fn.Node.Pos() <= v.Pos() && v.Pos() < fn.Node.End()
	}
	only := true
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ExprStmt:
			call, ok := n.X.(*ast.CallExpr)
			only = only && ok && p.mayCall(call, d, depth)
			return false
		case *ast.GoStmt, *ast.DeferStmt, *ast.SendStmt, *ast.FuncLit:
			only = false
		case *ast.UnaryExpr:
			only = only && (d.trusting || code.Pure(p.Info, n))
		case *ast.IncDecStmt:
			only = only && own(n.X)
		case *ast.RangeStmt:
			only = only && n.Tok != token.ASSIGN && ranges(p.Info.TypeOf(n.X))
		case *ast.AssignStmt:
			for _, lhs := range n.Lhs {
				only = only && own(lhs)
			}
		case *ast.CallExpr:
			only = only && p.callDoes(n, d, depth)
		}
		return only
	})
	return only
}

// ranges reports whether to go over what has the type t does nothing: nothing is
// received or called.
func ranges(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Chan, *types.Signature:
		return false
	}
	return true
}

// mayCall reports whether d allows the statement call: what ends the program is not called.
func (p *Package) mayCall(call *ast.CallExpr, d doing, depth int) bool {
	if d.logs != nil {
		return p.onlyTells(call, d.logs, depth)
	}
	return !p.MayReturn(call)
}

func (p *Package) callDoes(call *ast.CallExpr, d doing, depth int) bool {
	if p.Info.Types[call.Fun].IsType() || code.PureCall(p.Info, call) || d.logs != nil && formats(code.Callee(p.Info, call)) {
		return true
	}
	if fn := p.Reach(call); fn != nil {
		return p.does(fn, d, depth+1)
	}
	return d.trusting
}

// formats reports whether the function called path.Name makes a text, or an error, of what it is
// given.
func formats(name string) bool { return strings.HasPrefix(name, "fmt.Sprint") || code.MakesError(name) }
