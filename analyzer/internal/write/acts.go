package write

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
)

// CleansUp reports whether something is done behind the loop that an early return would
// leave out. Where success alone comes there, that is its work, but for what lets go of
// something.
func (k *Keeper) CleansUp() bool {
	return k.Acts(k.Loop.After) && (!k.onlySuccessLeaves(k.Passes()) || k.ReleasesBehind() || k.handsBack())
}

// handsBack reports whether a call behind the loop that tells nothing may let go of something: it
// is one of what a call before the loop has given, or given that, or closes a channel.
//
//	buf := pool.Get()
//	for { ... }
//	pool.Put(buf)
func (k *Keeper) handsBack() bool {
	before := k.before()
	taken := func(e ast.Expr) bool {
		v := code.Local(k.Info, e)
		return v != nil && slices.ContainsFunc(before, func(s ast.Stmt) bool { return k.takes(s, v) })
	}
	return slices.ContainsFunc(k.Loop.After, func(s ast.Stmt) bool {
		call := code.CallOf(s)
		if call == nil || k.Loop.OnlyLogs(s) {
			return false
		}
		_, builtin := typeutil.Callee(k.Info, call).(*types.Builtin)
		return builtin || taken(call.Fun) || slices.ContainsFunc(used(call), taken)
	})
}

// EndsActing reports whether a pass does something before it returns, whether its attempt has
// failed or not: where a context ends the attempts, that would be left out. What it does on
// success alone is none of that, whatever comes of it.
//
//	if err == nil || n == attempts {
//		f.Close()
//		return err
//	}
func (k *Keeper) EndsActing() bool {
	vars, either := k.outcomes(), make(map[ast.Node]bool)
	for _, e := range k.Passes() {
		if e.Kind == pass.Returns && outcome(vars, e.Facts) == pass.Unknown {
			either[e.Node] = true
		}
	}
	if len(either) == 0 || k.Verdict.Operation == nil {
		return false
	}
	unsure := make(map[ast.Stmt]bool)
	k.Pass().Walk(pass.Watch{At: func(s ast.Stmt, f pass.Facts) {
		unsure[s] = unsure[s] || outcome(vars, f) != pass.IsNil && !code.Within(s, k.Verdict.Operation)
	}})
	acts := func(s ast.Stmt) bool { return unsure[s] && k.Acts([]ast.Stmt{s}) }
	return slices.ContainsFunc(k.Loop.Lists(), func(list []ast.Stmt) bool {
		i := len(list) - 1
		return i > 0 && either[list[i]] && slices.ContainsFunc(list[:i], acts)
	})
}

// Acts reports whether list does something, other than to log, to compute or to return, or
// may do so where an error is not nil.
func (k *Keeper) Acts(list []ast.Stmt) bool {
	return slices.ContainsFunc(list, func(s ast.Stmt) bool {
		switch s := s.(type) {
		case *ast.ExprStmt:
			return !code.EndsInReturn([]ast.Stmt{s}) && k.Pauses[s] == nil && (!k.Loop.OnlyLogs(s) || slices.ContainsFunc(code.CallOf(s).Args, k.exprMayAct))
		case *ast.SendStmt, *ast.GoStmt, *ast.DeferStmt:
			return true
		case *ast.AssignStmt, *ast.IncDecStmt:
			return !k.Gone[s] && k.Pauses[s] == nil && !k.Loop.OnlyComputes(s)
		case *ast.ReturnStmt, *ast.DeclStmt:
			return k.mayAct(s)
		case *ast.IfStmt:
			return k.Acts([]ast.Stmt{s.Init, s.Else}) || k.mayAct(s.Cond) || !k.worked(s.Cond) && k.Acts(s.Body.List)
		case *ast.LabeledStmt:
			return k.Acts([]ast.Stmt{s.Stmt})
		case *ast.BlockStmt:
			return k.Acts(s.List)
		case *ast.ForStmt:
			return k.Acts([]ast.Stmt{s.Init, s.Post}) || s.Cond != nil && k.mayAct(s.Cond) || k.Acts(s.Body.List)
		case *ast.RangeStmt:
			return k.mayAct(s.X) || k.Acts(s.Body.List)
		case *ast.SwitchStmt:
			return k.Acts([]ast.Stmt{s.Init}) || s.Tag != nil && k.mayAct(s.Tag) || k.Acts(s.Body.List)
		case *ast.TypeSwitchStmt:
			return k.Acts(s.Body.List)
		case *ast.SelectStmt:
			return k.Acts(s.Body.List)
		case *ast.CaseClause:
			worked := len(s.List) == 1 && k.worked(s.List[0])
			return slices.ContainsFunc(s.List, k.exprMayAct) || !worked && k.Acts(s.Body)
		case *ast.CommClause:
			return k.Acts([]ast.Stmt{s.Comm}) || k.Acts(s.Body)
		}
		return false
	})
}

// mayAct reports whether n calls a function of the package that does something, or what a
// variable or a field holds, which may do anything.
func (k *Keeper) mayAct(n ast.Node) bool {
	return code.Any(n, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return false
		}
		_, value := typeutil.Callee(k.Info, call).(*types.Var)
		return value || k.Pkg.Acts(call) || k.Pkg.Reach(call) == nil && k.mayFail(call)
	})
}

// parsers are packages whose functions return errors of what they are given, and do nothing.
var parsers = []string{"strconv", "encoding/json", "net/url", "net/netip", "time", "path/filepath"}

// mayFail reports whether call returns an error that it is not handed, which is what work
// does. What is given a context does nothing once that has ended; what is given a text of
// several words makes an error of it.
//
//	return file.Close()
func (k *Keeper) mayFail(call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(k.Info, call).(*types.Func)
	callee := code.Callee(k.Info, call)
	parses := slices.ContainsFunc(parsers, func(pkg string) bool { return strings.HasPrefix(callee, pkg+".") })
	if !ok || parses || code.PureCall(k.Info, call) || code.MakesError(callee) || code.ContextOf(k.Info, call, "Err") != nil {
		return false
	}
	res := fn.Signature().Results()
	return res.Len() > 0 && code.IsError(res.At(res.Len()-1).Type()) && !slices.ContainsFunc(call.Args, func(e ast.Expr) bool {
		t := k.Info.TypeOf(e)
		list, isList := t.Underlying().(*types.Slice)
		return code.IsError(t) || code.IsContext(t) || isList && code.IsError(list.Elem()) || k.saysSomething(e)
	})
}

// exprMayAct is mayAct for lists of expressions.
func (k *Keeper) exprMayAct(e ast.Expr) bool { return k.mayAct(e) }

// worked reports whether e holds only where an error of the loop is nil.
func (k *Keeper) worked(e ast.Expr) bool {
	x := code.EqualsNil(k.Info, e)
	return x != nil && k.Loop.ErrorVar(x) != nil && k.Loop.Assigns(k.Loop.ErrorVar(x))
}

// HasEffect reports whether s, which stays, calls something for its effect, other than to
// write a text, or counts in a field.
func (w *Writer) HasEffect(s ast.Stmt) bool {
	if n, ok := s.(*ast.IncDecStmt); ok {
		return code.Local(w.Info, n.X) == nil && !w.Gone[s]
	}
	call := code.CallOf(s)
	return call != nil && !w.Gone[s] && w.Pauses[s] == nil && !w.Loop.OnlyLogs(s) && !slices.ContainsFunc(call.Args, w.saysSomething)
}

// saysSomething reports whether e is a text of several words, or a format.
func (w *Writer) saysSomething(e ast.Expr) bool {
	v := w.Info.Types[e].Value
	return v != nil && v.Kind() == constant.String && strings.ContainsAny(constant.StringVal(v), " %")
}
