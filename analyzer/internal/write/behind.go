package write

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
)

// What stands behind a loop sees a wait that ended early as it sees attempts that
// have run out, if it looks at an error that is there after each failed attempt.

// FailsBehind reports whether what stands behind the loop begins by telling of
// failure then: it returns an error that is made there, or asks for one that each
// pass has where another one follows. It may call something before, such as a log, if
// it does so behind the last attempt. Where that one returns in the loop, what stands
// behind is for something else, and tells of the failure only by returning its error. Where
// nothing but success comes there, a call is its work, and what is returned beside the error
// must not look into what no attempt has given.
//
//	if err != nil { return err }
//	return err
func (k *Keeper) FailsBehind(exits []pass.Exit) bool {
	list, works := k.Loop.After, k.onlySuccessLeaves(exits)
	for len(list) > 0 && isCall(list[0]) && !k.ReturnsInLast() && !works {
		list = list[1:]
	}
	if len(list) == 0 || !k.ReturnsError() || k.OfKind(exits) {
		return false
	}
	switch s := list[0].(type) {
	case *ast.ReturnStmt:
		if err := code.LastResult(s); err != nil {
			return k.failsWith(err, exits) && !(works && looksInto(s.Results[:len(s.Results)-1]))
		}
		res := k.Loop.Sig.Results()
		return k.sure(res.At(res.Len()-1), exits) // by its name
	case *ast.IfStmt:
		if k.unset(s, exits) {
			err := code.LastResult(code.Last(s.Body.List))
			return err != nil && k.failsWith(err, exits)
		}
		x := k.ReturnsIf(s)
		return x != nil && k.sure(k.Loop.ErrorVar(x), exits) && (!k.ReturnsInLast() || k.Loop.ErrorVar(code.LastResult(code.Last(s.Body.List))) != nil)
	}
	return false
}

// unset reports whether s returns alone, unless a flag is set, which no pass sets that another one
// follows.
//
//	if !done {
//		return fmt.Errorf("gave up: %w", err)
//	}
func (k *Keeper) unset(s *ast.IfStmt, exits []pass.Exit) bool {
	not, ok := ast.Unparen(s.Cond).(*ast.UnaryExpr)
	if !ok || not.Op != token.NOT || s.Init != nil || len(s.Body.List) != 1 || !code.EndsInReturn(s.Body.List) {
		return false
	}
	v := code.Local(k.Info, not.X)
	return v != nil && k.Loop.StartsFalse(v) && !slices.ContainsFunc(exits, func(e pass.Exit) bool { return e.Kind == pass.Again && e.Facts.Wrote(v) })
}

// onlySuccessLeaves reports whether no failure leaves the loop for what stands behind it.
func (k *Keeper) onlySuccessLeaves(exits []pass.Exit) bool {
	return !k.Bounded && k.Loop.Cond == nil && !slices.ContainsFunc(exits, func(e pass.Exit) bool {
		return e.Kind == pass.Leaves && !k.Works(e)
	})
}

// Works reports whether the operation has worked where a pass ends: its error is none there.
func (w *Writer) Works(e pass.Exit) bool { return outcome(w.outcomes(), e.Facts) == pass.IsNil }

// outcomes returns the variables that the operation gives its results.
func (w *Writer) outcomes() (vars []types.Object) {
	w.Loop.Inspect(func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok && w.Verdict.Operation != nil && code.Within(a, w.Verdict.Operation) {
			for _, id := range code.Assigned(a) {
				vars = append(vars, w.Info.ObjectOf(id))
			}
		}
		return true
	})
	return vars
}

// outcome returns what is known of the error among what the operation gives.
func outcome(vars []types.Object, f pass.Facts) (is pass.Nilness) {
	for _, v := range vars {
		if known := f.Of(v); known != pass.Unknown {
			is = known
		}
	}
	return is
}

// looksInto reports whether one of list does more than to name a value: what no attempt has
// given may be nil.
func looksInto(list []ast.Expr) bool {
	return slices.ContainsFunc(list, func(e ast.Expr) bool {
		return code.Any(e, func(n ast.Node) bool {
			switch n.(type) {
			case *ast.SelectorExpr, *ast.IndexExpr, *ast.StarExpr, *ast.SliceExpr, *ast.CallExpr, *ast.TypeAssertExpr:
				return true
			}
			return false
		})
	})
}

// ReturnsIf returns x of `if x != nil { ...; return }`; nil if s is something else.
func (w *Writer) ReturnsIf(s *ast.IfStmt) ast.Expr {
	if s.Init != nil || !code.ComparesToNil(w.Info, s.Cond) || !code.EndsInReturn(s.Body.List) {
		return nil
	}
	return ast.Unparen(s.Cond).(*ast.BinaryExpr).X
}

// isCall reports whether s calls a function and goes on.
func isCall(s ast.Stmt) bool {
	return code.CallOf(s) != nil && !code.EndsInReturn([]ast.Stmt{s})
}

// ReturnsInLast reports whether the last pass returns in the loop: nothing comes to
// what stands behind it then. A test of what the header counts may be one for the last
// pass, if it cannot be told when it holds.
func (k *Keeper) ReturnsInLast() bool {
	found, stepped := false, k.Stepped()
	k.EachBranch(func(_ ast.Node, cond ast.Expr, body []ast.Stmt) {
		if code.EndsInReturn(body) {
			_, last := k.SplitLast(cond)
			found = found || last || stepped != nil && code.Mentions(k.Info, cond, stepped) && k.When(cond) == loop.Sometimes
		}
	})
	return found
}

// AsksForLast reports whether each pass that another one follows has asked whether it is
// the last: that one ends in the loop.
func AsksForLast(exits []pass.Exit) bool {
	goesOn := false
	for _, e := range exits {
		if e.Kind == pass.Again {
			if goesOn = true; !e.Facts.NotLast() {
				return false
			}
		}
	}
	return goesOn
}

// failsWith reports whether e is an error where the loop goes round.
func (k *Keeper) failsWith(e ast.Expr, exits []pass.Exit) bool {
	if v := k.Loop.ErrorVar(e); v != nil {
		return k.sure(v, exits)
	}
	if k.ReturnsInLast() {
		return false
	}
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	return ok && code.MakesError(code.Callee(k.Info, call)) && !k.ReadsUnsure(exits) || !ok && k.Pkg.IsSentinel(e)
}

// OfKind reports whether an error that is read behind the loop is of a kind, for which
// the body asks, wherever another pass follows: it is more than a failure, and does not
// tell of a context that has ended.
//
//	if err != fs.ErrNotExist { return err }
func (k *Keeper) OfKind(exits []pass.Exit) bool {
	found := make(map[types.Object]bool)
	rounds := 0
	for _, e := range exits {
		if e.Kind != pass.Again {
			continue
		}
		rounds++
		for obj := range found {
			found[obj] = found[obj] && slices.Contains(e.Facts.Kinds(), obj)
		}
		for _, obj := range e.Facts.Kinds() {
			if rounds == 1 && k.readBehind(obj) {
				found[obj] = true
			}
		}
	}
	return slices.Contains(slices.Collect(maps.Values(found)), true)
}

// readBehind reports whether what follows the loop, or the last attempt, reads v.
func (k *Keeper) readBehind(v types.Object) bool {
	return !k.Loop.Has(v.Pos()) && k.Loop.ReadsAfter(v, nil) || slices.ContainsFunc(k.Fail, func(s ast.Stmt) bool { return code.Mentions(k.Info, s, v) })
}

// sure reports whether the loop gives v an error in each pass that another one
// follows.
func (k *Keeper) sure(v types.Object, exits []pass.Exit) bool {
	return v != nil && len(exits) > 0 && k.Loop.Assigns(v) && reading.AlwaysError(exits, v)
}

// ReadsUnsure reports whether what stands behind the loop reads an error that need
// not be there after a failed attempt.
func (k *Keeper) ReadsUnsure(exits []pass.Exit) bool {
	unsure := func(id *ast.Ident) bool {
		v := k.Loop.ErrorVar(id)
		return v != nil && k.Loop.Assigns(v) && v != k.OpErr && !reading.AlwaysError(exits, v)
	}
	return slices.ContainsFunc(k.Loop.After, func(s ast.Stmt) bool { return code.AnyName(s, unsure) })
}

// Releases reports whether what ends the attempts in the body lets go of something before
// it returns: a cancellation would leave that undone. What is done on success is work of its
// own, unless it is done to what has been used before the loop.
//
//	mu.Lock()
//	for {
//		...
//			mu.Unlock()
//			return nil
func (w *Writer) Releases(exits []pass.Exit) bool {
	found, before := false, w.before()
	undoes := func(s ast.Stmt) bool { return w.UndoneIn(before, []ast.Stmt{s}, false) != nil }
	for _, e := range exits {
		ret, ok := e.Node.(*ast.ReturnStmt)
		if !ok || e.Kind != pass.Returns {
			continue
		}
		releases := func(s ast.Stmt) bool {
			return w.HasEffect(s) || slices.ContainsFunc(w.ActsOf(s), func(a Act) bool { return !a.Asks && !a.fills() && w.Does(a) })
		}
		if w.returned(ret, e.Facts) == pass.IsNil {
			releases = undoes
		}
		for _, list := range w.Loop.Lists() {
			if code.Last(list) == e.Node {
				found = found || slices.ContainsFunc(wayOut(list, exits), releases)
			}
		}
	}
	return found
}

// ReleasesBehind reports whether what stands behind the loop lets go of something that has
// been taken before it.
func (w *Writer) ReleasesBehind() bool {
	before := w.before()
	return w.UndoneIn(before, w.Loop.After, false) != nil || slices.ContainsFunc(w.Loop.After, func(s ast.Stmt) bool {
		return !w.Loop.OnlyLogs(s) && code.Any(s, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			return ok && w.finishes(call) && slices.ContainsFunc(used(call), func(e ast.Expr) bool {
				v, ok := w.Pkg.Variable(e).(*types.Var)
				return ok && slices.ContainsFunc(before, func(s ast.Stmt) bool { return w.takes(s, v) })
			})
		})
	})
}

// used returns what a method is called of in call, or in its arguments, and what it is given.
func used(call *ast.CallExpr) []ast.Expr {
	list := append([]ast.Expr{Receiver(call)}, call.Args...)
	for _, arg := range call.Args {
		if x, ok := ast.Unparen(arg).(*ast.CallExpr); ok {
			list = append(list, Receiver(x))
		}
	}
	return list
}

// finishes reports whether call is given nothing but constants, and what methods tell, and
// tells nothing but an error, as what ends the use of something does; or removes a file:
//
//	file.Close()
//	tx.Commit()
//	sem.Release(1)
//	os.Remove(file.Name())
//	os.RemoveAll(dir)
func (w *Writer) finishes(call *ast.CallExpr) bool {
	told := w.Info.Types[call]
	switch code.Callee(w.Info, call) {
	case "os.Remove", "os.RemoveAll":
		return true
	}
	return (told.IsVoid() || code.IsError(told.Type)) && !slices.ContainsFunc(call.Args, func(e ast.Expr) bool {
		x, _ := ast.Unparen(e).(*ast.CallExpr)
		return w.Info.Types[e].Value == nil && (Receiver(x) == nil || len(x.Args) > 0)
	})
}

// takes reports whether s gets v by a call, or calls a method of it that tells nothing but
// an error:
//
//	file, err := os.Open(name)
//	if err := sem.Acquire(ctx, 1); err != nil {
func (w *Writer) takes(s ast.Stmt, v *types.Var) bool {
	return code.Any(s, func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if !ok || len(a.Rhs) != 1 {
			return false
		}
		call, ok := ast.Unparen(a.Rhs[0]).(*ast.CallExpr)
		gets := slices.ContainsFunc(a.Lhs, func(e ast.Expr) bool { return w.Pkg.Variable(e) == v })
		return ok && (gets || w.Pkg.Variable(Receiver(call)) == v && code.IsError(w.Info.TypeOf(call)))
	})
}

// wayOut returns what list does before it leaves: what stands behind the last place in it
// from where another pass follows.
func wayOut(list []ast.Stmt, exits []pass.Exit) []ast.Stmt {
	goesOn := func(s ast.Stmt) bool {
		return slices.ContainsFunc(exits, func(e pass.Exit) bool { return e.Kind == pass.Again && e.Node != nil && code.Within(s, e.Node) })
	}
	for i, s := range slices.Backward(list) {
		if goesOn(s) {
			return list[i+1:]
		}
	}
	return list
}

// before returns the statements before the loop in the function.
func (w *Writer) before() (list []ast.Stmt) {
	code.EachList(w.Loop.Func.Body, func(in []ast.Stmt) {
		for _, x := range in {
			if x.End() <= w.Loop.Outer.Pos() {
				list = append(list, x)
			}
		}
	})
	return list
}

// returned returns what is known of the error that ret returns.
func (w *Writer) returned(ret *ast.ReturnStmt, known pass.Facts) pass.Nilness {
	res := w.Loop.Sig.Results()
	switch n := len(ret.Results); {
	case n > 0:
		return w.Pass().Is(ret.Results[n-1], known)
	case w.ReturnsError():
		return known.Of(res.At(res.Len() - 1))
	}
	return pass.Unknown
}

// FailsInside reports whether failures return in the body, and only success leads to what
// stands behind the loop: nothing there is for an end of the context.
func (k *Keeper) FailsInside(exits []pass.Exit) bool {
	if f, ok := k.Loop.Cycle.(*ast.ForStmt); !k.Loop.IsGoto() && (!ok || f.Cond != nil) {
		return false
	}
	fails := false
	for _, e := range exits {
		switch ret, ok := e.Node.(*ast.ReturnStmt); {
		case e.Kind == pass.Leaves && !succeeded(e, exits):
			return false
		case e.Kind == pass.Returns && ok:
			fails = fails || k.returned(ret, e.Facts) == pass.NotNil || k.tellsNothing() && outcome(k.outcomes(), e.Facts) == pass.NotNil
		}
	}
	return fails
}

// ReturnsFailed reports whether a function that tells nothing by its results just returns where
// an attempt has failed for good, and leaves what stands behind the loop to success: it may do
// so when ctx has ended.
func (k *Keeper) ReturnsFailed(ctx string) bool {
	return k.tellsNothing() && k.endsQuietly(ctx) && k.FailsInside(k.Passes())
}

// succeeded reports whether an error is none at e that is there wherever another pass
// follows.
func succeeded(e pass.Exit, exits []pass.Exit) bool {
	for _, other := range exits {
		if other.Kind == pass.Again {
			return slices.ContainsFunc(other.Facts.Errors(), func(obj types.Object) bool {
				return e.Facts.Of(obj) == pass.IsNil && reading.AlwaysError(exits, obj)
			})
		}
	}
	return false
}
