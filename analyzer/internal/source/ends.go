package source

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/cfg"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
)

// noReturn matches the names of functions that end the goroutine or the process,
// in the standard library and by the convention that loggers and tests follow.
var noReturn = pattern.New(`^(Fatal([a-z]*|Depth|Context)|FailNow|Panic(f|ln|w)?|Goexit)$`)

// MayReturn reports whether the code behind call may be reached.
func (p *Package) MayReturn(call *ast.CallExpr) bool {
	callee := typeutil.Callee(p.Info, call)
	switch fn := callee.(type) {
	case *types.Builtin:
		return fn.Name() != "panic"
	case *types.Var:
		if fn.IsField() && noReturn().MatchString(fn.Name()) {
			return false
		}
	case *types.Func:
		if noReturn().MatchString(fn.Name()) || fn.Pkg() != nil && exits[fn.Pkg().Path()+"."+fn.Name()] {
			return false
		}
	}
	fn := p.Callee(call)
	return fn == nil || !p.ends(fn)
}

// EndsAbroad reports whether call is of a function of another package that ends the
// goroutine or the process on all ways, as far as its source is read.
func (p *Package) EndsAbroad(call *ast.CallExpr) bool {
	fn, _ := p.reachAct(call)
	return fn != nil && fn.Home.ends(fn)
}

// MayEndAbroad reports whether call is of a function of another package that may end
// the goroutine or the process: one that only tells something, and is no logger's, in a
// package whose source is not read, or by what it calls.
func (p *Package) MayEndAbroad(call *ast.CallExpr) bool {
	fn, path := p.reachAct(call)
	if fn == nil {
		return path != "" && !isStandard(path)
	}
	return code.Any(fn.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		return ok && !fn.Home.MayReturn(call)
	})
}

// reachAct returns the function of another package that call reaches, nil if its source
// is not read, and the path of that package; "" if there is none, or it returns anything.
func (p *Package) reachAct(call *ast.CallExpr) (*Func, string) {
	callee, ok := typeutil.Callee(p.Info, call).(*types.Func)
	if !ok || callee.Pkg() == nil || p.Owns(callee.Pkg()) || callee.Signature().Results().Len() > 0 {
		return nil, ""
	}
	fn := p.Reach(call)
	if fn == nil || fn.Body == nil || fn.Home == nil {
		return nil, callee.Pkg().Path()
	}
	return fn, callee.Pkg().Path()
}

// isStandard reports whether path is one of the standard library.
func isStandard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

// exits are functions that do not return although their names do not tell.
var exits = map[string]bool{"os.Exit": true, "testing.Skip": true, "testing.Skipf": true, "testing.SkipNow": true}

// ends reports whether fn ends the goroutine or the process on all ways, by what
// it calls at its end.
func (p *Package) ends(fn *Func) bool {
	if ends, ok := p.enders[fn.Node]; ok {
		return ends
	}
	if p.enders == nil {
		p.enders = make(map[ast.Node]bool)
	}
	p.enders[fn.Node] = false // as long as it is being asked
	if n := len(fn.Body.List); n > 0 {
		if s, ok := fn.Body.List[n-1].(*ast.ExprStmt); ok {
			call, isCall := ast.Unparen(s.X).(*ast.CallExpr)
			p.enders[fn.Node] = isCall && !p.MayReturn(call) && cfg.New(fn.Body, p.MayReturn).NoReturn()
		}
	}
	return p.enders[fn.Node]
}
