package write

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// What is done to something may have to be undone: a lock is released, a flag is taken back,
// a file is removed. Two acts on one thing are taken for such a pair, unless they are calls
// of one method that say the same.

// An Act is what a simple statement does to something: it gives it a value, counts in it,
// sends to it or receives from it, or calls a method of it, or a function with it.
type Act struct {
	At    ast.Stmt
	On    any  // a variable or a field; the package, for what its functions may do; or heldFuncs
	Asks  bool // the outcome is looked at
	Tries bool // it is done by the attempt

	call *ast.CallExpr // or nil
}

// heldFuncs is what functions that variables hold may do, if they are given nothing and tell
// nothing:
//
//	unlock()
//	time.Sleep(d)
//	lock()
const heldFuncs = "what variables hold"

// undoes reports whether a may undo b, which is done before.
func (w *Writer) undoes(a, b Act) bool {
	if a.On != b.On || a.Tries || b.Tries {
		return false
	}
	differ := a.call == nil || b.call == nil || types.ExprString(a.call.Fun) != types.ExprString(b.call.Fun) || w.opposite(a.call, b.call)
	return differ && w.Does(a) && w.Does(b)
}

// Does reports whether a does something, which a function of a package need not.
func (w *Writer) Does(a Act) bool {
	_, ofPackage := a.On.(*types.Package)
	return !ofPackage || w.Pkg.Acts(a.call)
}

// opposite reports whether two calls of a function are given constants that say the
// opposite.
//
//	inFlight.Add(1)
//	inFlight.Add(-1)
func (w *Writer) opposite(a, b *ast.CallExpr) bool {
	for i := range min(len(a.Args), len(b.Args)) {
		x, y := w.Info.Types[a.Args[i]].Value, w.Info.Types[b.Args[i]].Value
		switch {
		case x == nil || y == nil || x.Kind() != y.Kind():
		case x.Kind() == constant.Bool && x != y, x.Kind() == constant.Int && constant.Sign(x) != constant.Sign(y):
			return true
		}
	}
	return false
}

// UndoneIn returns the first of list that may undo something that one of before does, or nil;
// asked is whether that includes what is done for its outcome, such as to fill a variable.
func (w *Writer) UndoneIn(before, list []ast.Stmt, asked bool) ast.Stmt {
	var done []Act
	for _, s := range before {
		done = append(done, w.ActsOf(s)...)
	}
	if !asked {
		done = slices.DeleteFunc(done, func(a Act) bool { return a.Asks || a.fills() })
	}
	if len(done) == 0 {
		return nil
	}
	i := slices.IndexFunc(list, func(s ast.Stmt) bool {
		return slices.ContainsFunc(w.ActsOf(s), func(a Act) bool {
			return slices.ContainsFunc(done, func(b Act) bool { return w.undoes(a, b) })
		})
	})
	if i < 0 {
		return nil
	}
	return list[i]
}

// fills reports whether a gives a variable of the function a value, other than a function
// that undoes something:
//
//	stop := start()
func (a Act) fills() bool {
	v, isVar := a.On.(*types.Var)
	_, assigns := a.At.(*ast.AssignStmt)
	return isVar && assigns && a.call == nil && !v.IsField() && !isFunc(v)
}

func isFunc(v *types.Var) bool {
	_, ok := v.Type().Underlying().(*types.Signature)
	return ok
}

// ActsOf returns what the simple statements in s do, but for what they only compute or log.
func (w *Writer) ActsOf(s ast.Stmt) (acts []Act) {
	ast.Inspect(s, func(n ast.Node) bool {
		at, ok := n.(ast.Stmt)
		if !ok || w.Gone[at] || w.Pauses[at] != nil || w.Loop.OnlyLogs(at) {
			_, isExpr := n.(ast.Expr)
			return !ok && !isExpr
		}
		computes := w.Loop.OnlyComputes(at)
		for _, a := range w.actsAt(at) {
			if v, isVar := a.On.(*types.Var); !isVar || !(computes && w.isOwn(v)) && !code.IsError(v.Type()) && !code.IsContext(v.Type()) {
				acts = append(acts, a)
			}
		}
		return true
	})
	return acts
}

// isOwn reports whether v is a variable of the function that nothing else looks at, and that
// does nothing, or a count of the loop's header.
func (w *Writer) isOwn(v *types.Var) bool {
	return !v.IsField() && !isFunc(v) && (!w.Loop.Observed(v) || w.Loop.Has(v.Pos()) && !w.Loop.InBody(v.Pos()))
}

// actsAt returns what the statement s does itself.
func (w *Writer) actsAt(s ast.Stmt) (acts []Act) {
	tries := w.Verdict.Operation != nil && code.Within(s, w.Verdict.Operation)
	add := func(call *ast.CallExpr, asks bool, on ...ast.Expr) {
		for _, e := range on {
			if v, ok := w.Pkg.Variable(whole(e)).(*types.Var); ok {
				acts = append(acts, Act{s, v, asks, tries, call})
			}
		}
	}
	switch s := s.(type) {
	case *ast.IncDecStmt:
		add(nil, false, s.X)
	case *ast.SendStmt:
		add(nil, false, s.Chan)
	case *ast.AssignStmt:
		add(nil, false, s.Lhs...)
		switch x := ast.Unparen(s.Rhs[0]).(type) {
		case *ast.UnaryExpr: // x := <-ch
			add(nil, false, x.X)
		case *ast.CallExpr:
			add(x, true, Receiver(x))
		}
	case *ast.IfStmt:
		ast.Inspect(s.Cond, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				add(call, true, Receiver(call))
			}
			return true
		})
	case *ast.GoStmt:
		return w.actsAt(&ast.ExprStmt{X: s.Call})
	case *ast.ExprStmt:
		call := code.CallOf(s)
		if call == nil {
			add(nil, false, code.Received(s))
			break
		}
		if lit, ok := call.Fun.(*ast.FuncLit); ok {
			return w.ActsOf(lit.Body)
		}
		add(call, false, call.Fun, Receiver(call))
		for _, e := range call.Args {
			if t, basic := w.Info.TypeOf(e).Underlying().(*types.Basic); !basic || t.Info()&types.IsString != 0 {
				add(call, false, e)
			}
		}
		add(call, false, w.made(call)...)
		switch fn := typeutil.Callee(w.Info, call).(type) {
		case *types.Func:
			if fn.Signature().Recv() == nil {
				acts = append(acts, Act{s, fn.Pkg(), false, tries, call})
			}
		case *types.Var:
			sig, ok := fn.Type().Underlying().(*types.Signature)
			if ok && sig.Params().Len()+sig.Results().Len() == 0 && !code.IsNamed(fn.Type(), "context", "CancelFunc") {
				acts = append(acts, Act{s, heldFuncs, false, tries, call})
			}
		}
	}
	return acts
}

// made returns what call names of what the pass has made, and is more than a number.
func (w *Writer) made(call *ast.CallExpr) (list []ast.Expr) {
	for n := range ast.Preorder(call) {
		id, ok := n.(*ast.Ident)
		if !ok {
			continue
		}
		if v := code.Local(w.Info, id); v != nil && w.Loop.InBody(v.Pos()) && !code.IsNumeric(v.Type()) {
			list = append(list, id)
		}
	}
	return list
}

// Receiver returns x of the call x.f(), or nil.
func Receiver(call *ast.CallExpr) ast.Expr {
	if call == nil {
		return nil
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	return sel.X
}

// whole returns x of x[i], &x and *x, or e.
func whole(e ast.Expr) ast.Expr {
	for {
		switch x := e.(type) {
		case *ast.IndexExpr:
			e = x.X
		case *ast.UnaryExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		default:
			return e
		}
	}
}
