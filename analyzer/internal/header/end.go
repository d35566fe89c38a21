package header

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
)

// bindEnd decides which context the helper is given, and what is done behind
// the loop when it ends.
func (h *heading) bindEnd() reason.Refusal {
	if refusal := h.bindCancelled(); refusal != nil {
		return refusal
	}
	if h.noEnd() && h.endless() && !h.leaves && len(h.Behind) == 0 && h.Loop.Sig.Results().Len() > 0 {
		return reason.ValuesFromLoop.At(h.Loop.End()) // the function does not end there
	}
	if h.moved {
		fail, refusal := h.moveText(h.Fail, h.dropped.Body)
		if refusal != nil {
			return refusal
		}
		h.Behind = append(h.Behind, fail)
	} else if !h.endless() || h.leaves || len(h.Behind) == 0 {
		return nil
	}
	if n := len(h.Loop.After); n > 0 { // nothing got there
		h.Stop = h.Loop.After[n-1].End()
	}
	return nil
}

// bindCancelled does so for the end by a context.
func (h *heading) bindCancelled() reason.Refusal {
	if h.Ctx == nil {
		h.useContext()
		if h.IgnoresContext() && h.Helper.Supports(helper.Context) && h.ReturnsError() && h.ReturnsInLast() {
			return reason.CancelBranch.At(h.Loop.End()) // what stands behind is not what the last failure does
		}
		return nil
	}
	h.UseCtx = h.Text(h.Ctx)
	if !code.EndsInReturn(h.Cancel) {
		return reason.CancelBranch.At(h.CancelPos())
	}
	return h.writeExit()
}

// writeExit writes what is done on cancellation behind the loop.
func (h *heading) writeExit() reason.Refusal {
	text, refusal := h.moveText(h.Cancel, nil)
	after, err := h.Loop.After, h.UseCtx+".Err()"
	switch {
	case refusal != nil:
		return refusal
	case text == "return" && !h.moved && h.Loop.Last && len(after) == 0 && h.Loop.Sig.Results().Len() == 0: // as the function does behind the loop
	case h.endless() && !h.leaves: // nothing else ends it
		h.Behind = append(h.Behind, text)
	case h.leaves || !sameValues(h.Cancel, after):
		return reason.CancelBranch.At(h.CancelPos()) // the attempts may have run out when the context ends
	case h.Helper.AtLeastOnce && h.runsInto() && len(after) == 1 && text == h.Text(after[0]):
	case strings.Contains(text, err) && !write.Names(strings.ReplaceAll(text, err, "nil"), "err"):
		h.checkContext(strings.ReplaceAll(text, err, "err"))
	default:
		h.Behind = append(h.Behind, "if "+err+" != nil {\n"+text+"\n}")
	}
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
