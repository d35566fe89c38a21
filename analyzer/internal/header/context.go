package header

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
)

// lastError returns the variable that holds the error of the last attempt behind the
// loop, and none where success has left it; or nil.
func (h *heading) lastError() types.Object {
	h.FindResult()
	unsure := func(e pass.Exit) bool { return e.Kind == pass.Leaves && e.Facts.Of(h.Result) == pass.Unknown }
	switch {
	case h.Result != nil && !slices.ContainsFunc(h.Passes(), unsure):
		return h.Result
	case h.leavesWithout(h.OpErr):
		return h.OpErr
	}
	return nil
}

// checkContext writes what is done with the error of a context that has ended.
func (h *heading) checkContext(then string) {
	h.Behind = append(h.Behind, "if err := "+h.UseCtx+".Err(); err != nil {\n"+then+"\n}")
}

// useContext gives the helper the context in scope where what follows the loop
// does not take its end for success.
func (h *heading) useContext() {
	if !h.Helper.Supports(helper.Context) {
		return
	}
	name, behind := h.InScope(h.Scope), h.Loop.After
	if h.moved {
		behind = h.Fail
	}
	if name == "" || !h.endless() && h.StopsIn(behind) { // a clean end would become a crash
		return
	}
	zeros, ok := h.Failed()
	leavesOut := h.Releases(h.Ends) || h.EndsActing()
	ok = ok && !leavesOut && !h.LosesCancel()
	h.UseCtx = name
	last := h.Helper.AtLeastOnce && !h.LoopAsks(name) && !h.TellsEnded() // its error may stand for that of the context
	asks := ok && !h.leaves && !h.CleansUp() && !h.GoesOnBehind(h.Ends) && !h.AsksEnded()
	switch {
	case h.AnswersItself(true), h.SpinsBehind(name, h.Ends), h.endless() && !h.leaves && leavesOut:
		h.UseCtx = ""
	case h.endless() && !h.leaves && ok:
		h.Behind = append(h.Behind, write.Return(zeros, name+".Err()"))
	case h.MayReturn(name), !h.moved && h.AnswersBehind(name): // nothing else is to be done
	case last && h.leaves && len(h.Stops) == 0 && (len(h.Loop.After) == 1 || !h.ReturnsInLast()) && h.FailsBehind(h.Ends):
	case last && h.endless() && ok && !h.OfKind(h.Ends) && !h.ReleasesBehind() && h.leavesWithout(h.OpErr):
		err := h.OpErr.Name()
		h.Behind = append(h.Behind, "if "+err+" != nil {\n"+write.Return(zeros, err)+"\n}")
	case !h.moved && !h.runsInto():
		h.UseCtx = ""
	case last && h.leaves && !h.tells():
		h.UseCtx = ""
	case last && h.returnsLast() && !h.OfKind(h.Ends) && !h.AsksForKinds() && !h.ReadsUnsure(h.Ends) && !h.asksCount() && !(asks && (h.TellsCount(behind) || h.HidesEnd())):
	case asks:
		if !h.moved {
			zeros = h.ValuesBehind(zeros)
		}
		h.checkContext(write.Return(zeros, "err"))
	default:
		h.UseCtx = ""
	}
}

// tells reports whether what stands behind the loop reads something that each failed
// attempt gives a value, or each way there: it may tell failure from success, which has
// left the loop for there, too. What some failures give alone is the same after others and
// after success.
func (h *heading) tells() bool {
	exits := h.Passes()
	always := func(kind pass.Kind, v types.Object) bool {
		return !slices.ContainsFunc(exits, func(e pass.Exit) bool { return e.Kind == kind && !e.Facts.Wrote(v) })
	}
	return h.Loop.Any(func(n ast.Node) bool {
		return slices.ContainsFunc(h.givesOut(n), func(v types.Object) bool { return always(pass.Again, v) || always(pass.Leaves, v) })
	})
}

// leavesWithout reports whether the loop is left, for what stands behind it, with no
// error in v, which can be named there.
func (h *heading) leavesWithout(v types.Object) bool {
	if v == nil || h.Scope.Lookup(v.Name()) != v {
		return false
	}
	for _, e := range h.Passes() {
		if e.Kind == pass.Leaves && e.Facts.Of(v) != pass.IsNil {
			return false
		}
	}
	return h.leaves
}

// returnsLast reports whether the variable that the function returns behind the
// loop as its error, if it is one, is not nil after a failed attempt.
func (h *heading) returnsLast() bool {
	after := h.Loop.After
	if h.moved {
		after = h.Fail
	}
	if len(after) == 0 {
		return h.Loop.Last || h.Loop.Enclosing() == nil || !h.leaves && h.failsAround() // what the next pass makes of it may be anything
	}
	ret, ok := after[len(after)-1].(*ast.ReturnStmt)
	if !ok {
		return true
	}
	if !h.ReturnsError() {
		return !slices.ContainsFunc(ret.Results, h.givenByLoop)
	}
	res := h.Loop.Sig.Results()
	v := res.At(res.Len() - 1)
	if err := code.LastResult(ret); err != nil {
		if code.IsNil(h.Info, err) {
			return false // as after success
		}
		if v = code.Local(h.Info, err); v == nil {
			return h.madeOfErrors(err)
		}
	}
	return !code.IsError(v.Type()) || v == h.OpErr || h.Loop.Assigns(v) && reading.AlwaysError(h.Ends, v)
}

// failsAround reports whether nothing but a return that makes an error stands behind the loop
// around, in which nothing else is done.
//
//	for _, zone := range zones {
//		for range 3 { ... }
//	}
//	return fmt.Errorf("no zone: %w", err)
func (h *heading) failsAround() (fails bool) {
	around := h.Loop.Enclosing()
	if len(h.Loop.List) != 1 {
		return false
	}
	code.EachList(h.Loop.Func.Body, func(list []ast.Stmt) {
		if len(list) < 2 || ast.Node(list[len(list)-2]) != around {
			return
		}
		err := code.LastResult(code.Last(list))
		call, ok := ast.Unparen(err).(*ast.CallExpr)
		fails = err != nil && h.ReturnsError() && (ok && code.MakesError(code.Callee(h.Info, call)) || h.Pkg.IsSentinel(err))
	})
	return fails
}

// madeOfErrors reports whether e, which is no variable, is an error where an attempt has
// failed: each attempt gives a value to all variables that it is made of, or it is one
// whatever they are.
func (h *heading) madeOfErrors(e ast.Expr) bool {
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok && code.MakesError(code.Callee(h.Info, call)) {
		return true
	}
	return !slices.ContainsFunc(code.Named(h.Info, e), func(obj types.Object) bool {
		v, ok := obj.(*types.Var)
		return ok && h.Loop.Assigns(v) && v != h.OpErr && slices.ContainsFunc(h.Ends, func(e pass.Exit) bool {
			return e.Kind == pass.Again && !e.Facts.Wrote(v) || code.IsError(v.Type()) && e.Kind == pass.Again && e.Facts.Of(v) != pass.NotNil
		})
	})
}

// givenByLoop reports whether e reads a variable that the loop gives a value, other than
// where it is left: what the attempts have left in it is not what is there at the start.
//
//	ok = true
//	break
func (h *heading) givenByLoop(e ast.Expr) bool {
	v := code.Local(h.Info, e)
	if v == nil || !h.Loop.Assigns(v) {
		return false
	}
	where := h.Loop.Lists()
	return h.Loop.Any(func(n ast.Node) bool {
		s, ok := n.(ast.Stmt)
		return ok && code.Gives(h.Info, n, v) && !slices.ContainsFunc(where, func(list []ast.Stmt) bool {
			return slices.Contains(list, s) && h.leavesBy(code.Last(list))
		})
	})
}

// leavesBy reports whether s leaves the loop.
func (h *heading) leavesBy(s ast.Stmt) bool {
	return slices.ContainsFunc(h.Ends, func(e pass.Exit) bool { return e.Node == s && e.Kind != pass.Again })
}
