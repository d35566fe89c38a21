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
	callee := p.actAbroad(call)
	if callee == nil || p.asWritten(callee, atItsEnd) == returns {
		return false
	}
	fn := p.Reach(call)
	return fn != nil && fn.Home.ends(fn)
}

// MayEndAbroad reports whether call is of a function of another package that may end
// the goroutine or the process: one that only tells something, and is no logger's, in a
// package whose source is not read, or by what it calls.
func (p *Package) MayEndAbroad(call *ast.CallExpr) bool {
	callee := p.actAbroad(call)
	if callee == nil {
		return false
	}
	if told := p.asWritten(callee, anywhere); told != mayEnd {
		return told == ends
	}
	fn := p.Reach(call)
	if fn == nil {
		return !isStandard(callee.Pkg().Path())
	}
	return code.Any(fn.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		return ok && !fn.Home.MayReturn(call)
	})
}

// actAbroad returns the function of another package that call is of, nil if there is
// none, or it returns anything.
func (p *Package) actAbroad(call *ast.CallExpr) *types.Func {
	callee, ok := typeutil.Callee(p.Info, call).(*types.Func)
	if !ok || callee.Pkg() == nil || p.Owns(callee.Pkg()) || callee.Signature().Results().Len() > 0 {
		return nil
	}
	return callee
}

// isStandard reports whether path is one of the standard library.
func isStandard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

// An ending is what a file tells of a call: whether it ends the goroutine or the process.
type ending int

const (
	returns ending = iota
	mayEnd         // the package has to be read
	ends
)

// asWritten returns the most that holds of the calls in a function of another package
// that are told, as far as the file tells that the function is in.
func (p *Package) asWritten(fn *types.Func, calls func(*ast.BlockStmt) []*ast.CallExpr) ending {
	if p.Declared == nil || fn.Signature().Recv() != nil {
		return mayEnd
	}
	decl, near := p.Declared(fn)
	if decl == nil || decl.Body == nil {
		return mayEnd
	}
	w := &written{near, make(map[*ast.FuncDecl]bool)}
	return w.most(calls(decl.Body))
}

// A written is a file of another package as it is written.
type written struct {
	near map[string]*ast.FuncDecl // its functions
	seen map[*ast.FuncDecl]bool
}

func (w *written) most(calls []*ast.CallExpr) (most ending) {
	for _, call := range calls {
		most = max(most, w.of(call))
	}
	return most
}

func (w *written) of(call *ast.CallExpr) ending {
	id := calledIdent(call.Fun)
	alone := id != nil && ast.Unparen(call.Fun) == ast.Expr(id)
	switch {
	case id == nil:
		return mayEnd
	case noReturn().MatchString(id.Name), alone && id.Name == "panic":
		return ends
	case exitNames[id.Name]:
		return mayEnd
	case !alone:
		return returns // of another package, or a method
	}
	decl := w.near[id.Name]
	if decl == nil || decl.Body == nil {
		return mayEnd
	}
	if w.seen[decl] {
		return returns
	}
	w.seen[decl] = true
	return min(mayEnd, w.most(atItsEnd(decl.Body)))
}

// anywhere returns all calls in body.
func anywhere(body *ast.BlockStmt) (calls []*ast.CallExpr) {
	for n := range ast.Preorder(body) {
		if call, ok := n.(*ast.CallExpr); ok {
			calls = append(calls, call)
		}
	}
	return calls
}

// atItsEnd returns the call that body ends with, if it does.
func atItsEnd(body *ast.BlockStmt) []*ast.CallExpr {
	if s, ok := code.Last(body.List).(*ast.ExprStmt); ok {
		if call, ok := ast.Unparen(s.X).(*ast.CallExpr); ok {
			return []*ast.CallExpr{call}
		}
	}
	return nil
}

// exits are functions that do not return although their names do not tell.
var exits = map[string]bool{"os.Exit": true, "testing.Skip": true, "testing.Skipf": true, "testing.SkipNow": true}

// exitNames are the names of these.
var exitNames = map[string]bool{"Exit": true, "Skip": true, "Skipf": true, "SkipNow": true}

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
	for _, call := range atItsEnd(fn.Body) {
		p.enders[fn.Node] = !p.MayReturn(call) && cfg.New(fn.Body, p.MayReturn).NoReturn()
	}
	return p.enders[fn.Node]
}
