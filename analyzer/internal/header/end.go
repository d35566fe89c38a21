package header

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
)

// innerName stands for the error of the body in what moves behind the loop,
// until its variable has a name.
const innerName = "inner\u01c0error"

// bindEnd decides which context the helper is given, and what is done behind
// the loop when it ends.
func (h *heading) bindEnd() reason.Refusal {
	if refusal := h.bindCancelled(); refusal != nil {
		return refusal
	}
	if h.needsReturn() && h.endless() && len(h.Behind) == 0 {
		return reason.ValuesFromLoop.At(h.Loop.End())
	}
	if h.moved {
		fail, refusal := h.moveText(h.Fail, h.dropped.Body)
		if refusal != nil {
			return refusal
		}
		h.Behind = append(h.Behind, fail)
		if h.Loop.Sig.Results().Len() > 0 && !code.Terminating(h.Fail) { // it ends the process, which the compiler does not know
			if len(h.Loop.After) == 0 {
				return reason.ValuesFromLoop.At(h.dropped.Pos())
			}
			return nil
		}
	} else if !h.endless() || h.leaves || len(h.Behind) == 0 {
		return nil
	}
	if n := len(h.Loop.After); n > 0 { // nothing got there
		h.Stop = h.Loop.After[n-1].End()
	}
	return nil
}

// needsReturn reports whether the function does not end behind the loop, to which nothing
// comes today.
func (h *heading) needsReturn() bool {
	return h.noEnd() && !h.leaves && h.Loop.Sig.Results().Len() > 0
}

// bindCancelled does so for the end by a context.
func (h *heading) bindCancelled() reason.Refusal {
	if ctx := h.condContext(); ctx != nil {
		h.UseCtx = h.Text(ctx)
		if h.Ctx != nil {
			return reason.CancelBranch.At(h.CancelPos())
		}
		return nil
	}
	if h.Ctx == nil {
		h.useContext()
		if h.IgnoresContext() && h.Helper.Supports(helper.Context) && h.ReturnsError() && h.ReturnsInLast() {
			return reason.CancelBranch.At(h.Loop.End()) // what stands behind is not what the last failure does
		}
		return nil
	}
	h.UseCtx = h.Text(h.Ctx)
	list, falls := h.Cancel, false
	if len(list) == 0 {
		return reason.CancelBranch.At(h.CancelPos())
	}
	if b, ok := list[len(list)-1].(*ast.BranchStmt); ok {
		if falls = h.breaksLoop(b); !falls {
			return reason.CancelBranch.At(h.CancelPos())
		}
		list = list[:len(list)-1]
	} else if !code.EndsInReturn(list) {
		return reason.CancelBranch.At(h.CancelPos())
	}
	return h.writeExit(list, falls)
}

// breaksLoop reports whether b, at the end of what is done on cancellation,
// leaves the loop.
func (h *heading) breaksLoop(b *ast.BranchStmt) bool {
	if b.Tok != token.BREAK {
		return false
	}
	if b.Label != nil {
		return b.Label.Name == h.Loop.Label
	}
	for _, s := range code.InOrder(h.Pauses) {
		if _, ok := s.(*ast.SelectStmt); ok {
			return false // it leaves the select
		}
	}
	return true
}

// writeExit writes what is done on cancellation behind the loop.
func (h *heading) writeExit(list []ast.Stmt, falls bool) reason.Refusal {
	if len(list) == 0 {
		if h.moved {
			return reason.CancelBranch.At(h.CancelPos())
		}
		return nil
	}
	text, refusal := h.moveText(list, nil)
	switch {
	case refusal != nil:
		return refusal
	case h.StopsIn(h.Loop.After), h.moved && h.StopsIn(h.Fail):
		return reason.CancelBranch.At(h.CancelPos()) // a context that ends in the last attempt would keep it from that
	case !h.Helper.AtLeastOnce && h.readsAttempt(list):
		return reason.CancelBranch.At(h.CancelPos()) // there may be none that gives it a value
	}
	after := h.Loop.After
	if code.EndsInReturn(list) && !h.moved && h.Loop.Last && len(after) == 0 && h.Loop.Sig.Results().Len() == 0 {
		text = strings.TrimSpace(strings.TrimSuffix(text, "return")) // as the function does behind the loop
	}
	switch {
	case text == "":
		return nil
	case h.endless() && !h.leaves && !falls: // nothing else ends it
		h.Behind = append(h.Behind, text)
		return nil
	case h.moved && text == h.movedFail(), h.runsInto() && len(after) == 1 && text == h.Text(after[0]):
		return nil
	}
	if v := h.Loop.ErrorVar(code.LastResult(code.Last(list))); !sameValues(list, after) || v != nil && !h.Loop.Has(v.Pos()) && !reading.AlwaysError(h.Ends, v) {
		return reason.CancelBranch.At(h.CancelPos()) // the attempts may have run out when the context ends
	}
	guard := ""
	if h.leaves {
		last := h.lastError()
		fails := func(e pass.Exit) bool { return e.Kind == pass.Leaves && e.Facts.Of(last) != pass.IsNil }
		if last == nil || !h.Helper.AtLeastOnce || slices.ContainsFunc(h.Ends, fails) {
			return reason.CancelBranch.At(h.CancelPos()) // a failure that leaves the loop is no end of the context
		}
		guard = last.Name() + " != nil && "
	}
	err := h.UseCtx + ".Err()"
	if guard == "" && strings.Contains(text, err) && !strings.Contains(text, innerName) && !write.Names(strings.ReplaceAll(text, err, "nil"), "err") {
		h.checkContext(strings.ReplaceAll(text, err, "err"))
		return nil
	}
	h.Behind = append(h.Behind, "if "+guard+err+" != nil {\n"+text+"\n}")
	return nil
}

// sameValues reports whether what list returns beside its error is what all of after's
// failures return there.
func sameValues(list, after []ast.Stmt) bool {
	want := valuesOf(code.Last(list))
	returns := failures(after)
	if len(returns) == 0 {
		returns = []ast.Stmt{code.Last(after)}
	}
	return len(want) == 0 || !slices.ContainsFunc(returns, func(s ast.Stmt) bool {
		values := valuesOf(s)
		return len(values) > 0 && !slices.Equal(values, want)
	})
}

// failures returns the statements in list that return an error.
func failures(list []ast.Stmt) (returns []ast.Stmt) {
	for _, s := range list {
		ast.Inspect(s, func(n ast.Node) bool {
			if r, ok := n.(*ast.ReturnStmt); ok {
				if id, isID := code.LastResult(r).(*ast.Ident); !isID || id.Name != "nil" {
					returns = append(returns, r)
				}
			}
			_, lit := n.(*ast.FuncLit)
			return !lit
		})
	}
	return returns
}

// valuesOf returns what s, which may be nil, returns beside an error.
func valuesOf(s ast.Stmt) (texts []string) {
	if r, ok := s.(*ast.ReturnStmt); ok {
		for _, e := range code.OtherResults(r) {
			texts = append(texts, types.ExprString(e))
		}
	}
	return texts
}

// readsAttempt reports whether list reads, or returns by its name, an error that the loop
// gives a value.
func (h *heading) readsAttempt(list []ast.Stmt) bool {
	if r, ok := code.Last(list).(*ast.ReturnStmt); ok && len(r.Results) == 0 && h.ReturnsError() {
		return true
	}
	return slices.ContainsFunc(list, func(s ast.Stmt) bool {
		return code.AnyName(s, func(id *ast.Ident) bool {
			v := h.Loop.ErrorVar(id)
			return v != nil && !h.OfWait(v) && (h.Loop.Has(v.Pos()) || h.Loop.Assigns(v))
		})
	})
}

// movedFail returns what is done behind the last attempt, as it will stand
// behind the loop.
func (h *heading) movedFail() string {
	text, _ := h.moveText(h.Fail, h.dropped.Body)
	return text
}

// moveText returns statements of the body as they can stand behind the loop;
// block holds them with their comments, if they are all of one.
func (h *heading) moveText(list []ast.Stmt, block *ast.BlockStmt) (string, reason.Refusal) {
	var edits []edit.Edit
	var refusal reason.Refusal
	for _, s := range list {
		ast.Inspect(s, func(n ast.Node) bool {
			if _, ok := n.(*ast.FuncLit); ok {
				refusal = reason.CancelBranch.At(n.Pos())
			}
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			obj := h.Info.ObjectOf(id)
			switch {
			case obj == nil || !h.Pkg.Owns(obj.Pkg()) || !h.Loop.Has(obj.Pos()):
			case h.OfWait(obj):
				edits = append(edits, edit.Replace(id, h.UseCtx+".Err()"))
			case h.Loop.ErrorVar(id) != nil && (h.inner == nil || h.inner == obj):
				h.inner = obj
				edits = append(edits, edit.Replace(id, innerName))
			default:
				refusal = reason.CancelBranch.At(id.Pos())
			}
			return true
		})
	}
	pos, end := list[0].Pos(), list[len(list)-1].End()
	if block != nil {
		pos, end = block.Lbrace+1, block.Rbrace
	}
	return strings.Trim(h.Apply(pos, end, edits), " \t\n"), refusal
}
