package write

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
)

// IgnoresContext reports whether a context is in scope that the helper is not given.
func (w *Writer) IgnoresContext() bool { return w.UseCtx == "" && w.InScope(w.Scope) != "" }

// AnswersItself reports whether the body asks the context that is in scope, or one that
// ends with it, and does more then than a fix would: it returns the error of the context,
// or leaves as the loop does. An attempt that failed since a context has ended tells so,
// too. Behind tells that the end of the context leads to what stands behind the loop.
func (w *Writer) AnswersItself(behind bool) (found bool) {
	if w.UseCtx == "" {
		return false
	}
	for _, ctx := range w.Related(w.UseCtx) {
		w.EachAnswer(ctx, func(_ ast.Node, init ast.Stmt, body []ast.Stmt) {
			if ctx == w.UseCtx || w.leaves(body) {
				found = found || w.answers(body, w.AnswerText(body, init, ctx), ctx, behind)
			}
		})
	}
	w.EachEndedError(func(asked ast.Node, init ast.Stmt, body []ast.Stmt) {
		if w.leaves(body) {
			body = w.comesTo(body)
			found = found || w.answers(body, w.AnswerText(body, init, w.UseCtx, code.Named(w.Info, asked)...), w.UseCtx, behind)
		}
	})
	return found
}

// TellsEnded reports whether a pass leaves the loop by itself where an attempt has failed
// because a context has ended: that is no failure like others.
func (w *Writer) TellsEnded() (found bool) {
	w.EachEndedError(func(_ ast.Node, _ ast.Stmt, body []ast.Stmt) { found = found || w.leaves(body) })
	return found
}

// comesTo returns the return behind the loop if list does nothing but to leave it for that, and
// list otherwise.
func (w *Writer) comesTo(list []ast.Stmt) []ast.Stmt {
	after := w.Loop.After
	left := slices.ContainsFunc(w.Passes(), func(e pass.Exit) bool { return e.Kind == pass.Leaves && e.Node == ast.Node(list[0]) })
	if len(list) == 1 && left && len(after) == 1 && code.EndsInReturn(after) {
		return after
	}
	return list
}

// leaves reports whether list ends by leaving the loop.
func (w *Writer) leaves(list []ast.Stmt) bool {
	b, ok := code.Last(list).(*ast.BranchStmt)
	return code.EndsInReturn(list) || ok && b.Tok == token.BREAK
}

// answers reports whether body, which is text, does more than a fix does where ctx has ended.
func (w *Writer) answers(body []ast.Stmt, text, ctx string, behind bool) bool {
	return len(body) > 1 || len(body) == 1 && !w.onlyLeaves(body[0], text, ctx, behind)
}

// onlyLeaves reports whether s, which is text, goes round or leaves as a fix does.
func (w *Writer) onlyLeaves(s ast.Stmt, text, ctx string, behind bool) bool {
	switch s := s.(type) {
	case *ast.BranchStmt:
		i := slices.IndexFunc(w.Passes(), func(e pass.Exit) bool { return e.Node == s })
		return i < 0 || w.Passes()[i].Kind == pass.Again || behind && w.Passes()[i].Kind == pass.Leaves
	case *ast.ReturnStmt:
		zeros, ok := w.Failed()
		switch after := w.Loop.After; {
		case behind && len(after) == 1 && text == w.Text(after[0]):
			return true
		case ok:
			return text == Return(zeros, ctx+".Err()")
		default:
			return len(after) == 0 && text == "return" && w.Loop.Last
		}
	}
	return false
}

// AnswersBehind reports whether the passes ask whether ctx has ended, and do then what follows
// the loop. Where an attempt has failed for that, the error behind the loop is another one.
func (w *Writer) AnswersBehind(ctx string) bool {
	asked, alike := false, true
	w.EachAnswer(ctx, func(_ ast.Node, _ ast.Stmt, body []ast.Stmt) { asked, alike = true, alike && w.FollowsAnyway(body) })
	w.EachEndedError(func(ast.Node, ast.Stmt, []ast.Stmt) { alike = false })
	return asked && alike
}

// FollowsAnyway reports whether list, which leaves the loop, does what follows the loop, to
// the same variables, or nothing before that: a return does where the function ends there.
func (w *Writer) FollowsAnyway(list []ast.Stmt) bool {
	switch last := code.Last(list).(type) {
	case *ast.BranchStmt:
		if last.Tok == token.BREAK {
			return len(list) == 1
		}
	case *ast.ReturnStmt:
		if len(list) == 1 && len(last.Results) == 0 && w.tellsNothing() && w.Loop.Last && len(w.Loop.After) == 0 {
			return true
		}
	}
	return slices.EqualFunc(list, w.Loop.After, func(x, y ast.Stmt) bool {
		return w.Text(x) == w.Text(y) && slices.Equal(code.Named(w.Info, x), code.Named(w.Info, y))
	})
}

// AsksEnded reports whether what stands behind the loop, or a function of the package that is
// called there, asks whether an error tells of the end of a context: that of the helper may
// be another one, or wrapped in another way.
//
//	if errors.Is(err, context.Canceled) {
func (w *Writer) AsksEnded() bool {
	ended := func(n ast.Node) bool {
		id, _ := n.(*ast.Ident)
		obj := w.Info.Uses[id]
		return obj != nil && obj.Pkg() != nil && obj.Pkg().Path() == "context" && (obj.Name() == "Canceled" || obj.Name() == "DeadlineExceeded")
	}
	return slices.ContainsFunc(slices.Concat(w.Loop.After, w.Fail), func(x ast.Stmt) bool {
		return code.Any(x, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return ended(n)
			}
			fn := w.Pkg.Callee(call)
			return fn != nil && fn.Body != nil && code.Any(fn.Body, ended)
		})
	})
}

// MayReturn reports whether a function that tells nothing by its results, and has nothing
// behind the loop, may just return when ctx has ended.
func (w *Writer) MayReturn(ctx string) bool {
	return w.tellsNothing() && w.Loop.Last && len(w.Loop.After) == 0 && w.endsQuietly(ctx)
}

// endsQuietly reports whether the last failure does nothing that a return when ctx has ended
// would leave out. Where a failure ends the goroutine or the process, a return means success,
// unless the loop asks ctx itself.
func (w *Writer) endsQuietly(ctx string) bool {
	inLast := false
	exits := w.Pass().Walk(pass.Watch{At: func(s ast.Stmt, f pass.Facts) { inLast = inLast || f.Last() && w.does(s) }})
	_, counted := w.NumberToday()
	lastInside := AsksForLast(exits.Exits) || counted && !w.CountedByHeader()
	return w.LoopAsks(ctx) || len(exits.Stops) == 0 && !inLast && !(lastInside && w.tellsInside(exits.Exits))
}

// tellsNothing reports whether the function has no results.
func (w *Writer) tellsNothing() bool { return w.Loop.Sig.Results().Len() == 0 }

// does reports whether s does more than to ask something, to wait, or to go elsewhere.
func (w *Writer) does(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.IfStmt, *ast.SwitchStmt, *ast.BlockStmt, *ast.BranchStmt, *ast.ReturnStmt, *ast.EmptyStmt:
		return false
	}
	return w.Pauses[s] == nil
}

// tellsInside reports whether a pass that has not succeeded does something before it
// leaves.
func (w *Writer) tellsInside(exits []pass.Exit) bool {
	return slices.ContainsFunc(exits, func(e pass.Exit) bool {
		return e.Kind != pass.Again && e.Facts.Of(w.OpErr) != pass.IsNil && !slices.ContainsFunc(w.Loop.Lists(), func(list []ast.Stmt) bool {
			return len(list) == 1 && list[0] == e.Node
		})
	})
}

// GoesOnBehind reports whether a failure of all attempts does not leave the function: another
// loop goes on, with other work. To return where the context ends would leave that out.
func (k *Keeper) GoesOnBehind(exits []pass.Exit) bool {
	return k.Loop.Enclosing() != nil && !code.Terminating(k.Loop.After) && !k.FailsBehind(exits) && !k.onlySuccessLeaves(exits)
}

// SpinsBehind reports whether the loop that goes on then has no end of its own, and does not
// ask ctx: it would go round without any wait where ctx has ended.
func (k *Keeper) SpinsBehind(ctx string, exits []pass.Exit) bool {
	outer, ok := k.Loop.Enclosing().(*ast.ForStmt)
	return ok && (outer.Cond == nil || outer.Post == nil) && !k.Asks(outer, ctx) && k.GoesOnBehind(exits)
}

// Return writes the return of an error, behind other values.
func Return(others, err string) string {
	if others != "" {
		err = others + ", " + err
	}
	return "return " + err
}

// ValuesBehind returns what the function returns behind the loop beside its error, if it
// does nothing else there, and the loop has collected that in variables; or zeros.
func (w *Writer) ValuesBehind(zeros string) string {
	if len(w.Loop.After) != 1 {
		return zeros
	}
	ret, ok := w.Loop.After[0].(*ast.ReturnStmt)
	if !ok {
		return zeros
	}
	var vars []*types.Var
	for _, e := range code.OtherResults(ret) {
		vars = append(vars, code.Local(w.Info, e))
	}
	if res := w.Loop.Sig.Results(); len(ret.Results) == 0 && res.Len() > 0 {
		vars = slices.Collect(res.Variables())[:res.Len()-1]
	}
	var names []string
	for _, v := range vars {
		if v == nil || v.Name() == "_" || w.Loop.Redeclared(v) || w.attemptGives(v) {
			return zeros
		}
		names = append(names, v.Name())
	}
	if len(names) == 0 {
		return zeros
	}
	return strings.Join(names, ", ")
}

// attemptGives reports whether v is what the operation returns.
func (w *Writer) attemptGives(v types.Object) bool {
	return w.Loop.Any(func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		return ok && w.Verdict.Operation != nil && code.Within(a, w.Verdict.Operation) && code.Gives(w.Info, a, v)
	})
}

// Zeros returns the zero values of the results before the error; not ok if there
// is none.
func (w *Writer) Zeros() (string, bool) {
	return w.others(func(int) string { return "" })
}

// Failed returns what the function returns before an error: what the failures in the loop return
// there, if that is the same and means the same before the loop, or else zero values.
//
//	return -1, err
//	return saved, err
func (w *Writer) Failed() (string, bool) { return w.others(w.failedWith) }

// others returns the results before the error, each as given tells or else its zero value; not
// ok if there is none.
func (w *Writer) others(given func(i int) string) (string, bool) {
	if !w.ReturnsError() {
		return "", false
	}
	var parts []string
	res := w.Loop.Sig.Results()
	for i := range res.Len() - 1 {
		text, ok := given(i), true
		if text == "" {
			text, ok = w.Scope.Zero(res.At(i).Type())
		}
		if !ok {
			return "", false
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ", "), true
}

// failedWith returns the constant, or the variable that the loop does not set, that it returns as
// its ith result wherever an attempt has failed; "" if that is several, or none.
func (w *Writer) failedWith(i int) string {
	found := make(map[string]bool)
	for _, exit := range w.Passes() {
		ret, ok := exit.Node.(*ast.ReturnStmt)
		if !ok || exit.Kind != pass.Returns || len(ret.Results) != w.Loop.Sig.Results().Len() || !w.isError(code.LastResult(ret), exit.Facts) {
			continue
		}
		e := ret.Results[i]
		if v := code.Local(w.Info, e); v != nil || w.Info.Types[e].Value != nil {
			found[w.Text(e)] = w.Loop.VisibleBefore(e) && w.namedBefore(e) && (v == nil || !w.Loop.Assigns(v))
		}
	}
	for text, ok := range found {
		if ok && len(found) == 1 {
			return text
		}
	}
	return ""
}

// isError reports whether e is an error where facts hold: a variable that is not nil, or what
// makes one.
func (w *Writer) isError(e ast.Expr, facts pass.Facts) bool {
	if v := w.Loop.ErrorVar(e); v != nil {
		return facts.Of(v) == pass.NotNil
	}
	call, calls := ast.Unparen(e).(*ast.CallExpr)
	return w.Pkg.IsSentinel(e) || calls && code.MakesError(code.Callee(w.Info, call))
}
