package header

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
)

// rangesOver reports whether the helper's header can give the body the number of
// the attempt in place of c.
//
//	for i := 0; i < 3; i++ {	->	for i := range retry.Attempts(ctx, policy) {
//	for left := 3; left > 0; left-- {	->	for attempt := range retry.Attempts(ctx, policy) {
func (h *heading) rangesOver(c *loop.Counter) bool {
	if !h.Loop.Has(c.Obj.Pos()) || c.StepAt != nil && c.StepAt != h.Loop.Post || h.number != "" {
		return false
	}
	start := c.First(h.Info)
	switch {
	case !h.yields(c.Obj) || !start.Constant():
		return false
	case c.Step == 1:
		h.number = c.Obj.Name()
		h.eachUse(c, func(id *ast.Ident, stack []ast.Node) { h.shift(id, stack, 1-start.Offset) })
	case c.Step == -1 && c.Start != nil:
		h.number = h.Scope.Fresh(h.Loop.Decl, "attempt")
		h.eachUse(c, func(id *ast.Ident, stack []ast.Node) { h.Inside = append(h.Inside, h.turned(id, stack, c.Start)) })
	default:
		return false
	}
	return true
}

// yields reports whether the helper yields the numbers that v, which counts, has.
func (h *heading) yields(v types.Object) bool {
	basic, ok := v.Type().(*types.Basic)
	return ok && basic.Kind() == types.Int && h.Helper.YieldsNumber
}

// takeNumber lets the header give the body a number that the body counts itself.
//
//	tries := 0
//	for {	->	for tries := range retry.Attempts(ctx, policy) {
//		tries++
//
// What the header counts comes first, if the body uses it.
func (h *heading) takeNumber() reason.Refusal {
	if c := h.Counter; c != nil && (c.StepAt == nil || c.StepAt == h.Loop.Post) && h.Loop.Has(c.Obj.Pos()) && h.CountStays() {
		return nil
	}
	for _, s := range h.Loop.Body {
		x, by := code.Step(h.Info, s)
		if by != 1 || h.number != "" {
			continue
		}
		v := code.Local(h.Info, x)
		if v == nil || !h.yields(v) || !h.countsAlone(v, s) || !h.UseStays(v, s) {
			continue
		}
		c := &loop.Counter{Obj: v, Step: 1, StepAt: s, Start: h.Loop.StartOf(v)}
		if first := c.First(h.Info); c.Start != nil && first.Constant() {
			h.number, h.byHand, h.counted = v.Name(), s, []ast.Node{s}
			h.eachUse(c, func(id *ast.Ident, stack []ast.Node) {
				h.counted = append(h.counted, id)
				more := 1 - first.Offset
				if id.Pos() > s.Pos() {
					more--
				}
				h.shift(id, stack, more)
			})
		}
	}
	return nil
}

// countsAlone reports whether v, which only step changes in the loop, counts the passes
// for the loop alone: step is done once in each.
func (h *heading) countsAlone(v *types.Var, step ast.Stmt) bool {
	moved := slices.Concat(h.Cancel, h.Fail) // to where the number is not known
	if h.Loop.Kept(v) || h.Loop.Observed(v) || h.Loop.ReadsAfter(v, nil) || slices.ContainsFunc(moved, func(s ast.Stmt) bool { return code.Mentions(h.Info, s, v) }) {
		return false
	}
	passedBy := slices.ContainsFunc(h.Ends, func(e pass.Exit) bool { return e.Kind == pass.Again && e.Pos(h.Loop) < step.Pos() })
	return !passedBy && !h.Loop.Any(func(n ast.Node) bool {
		b, jumps := n.(*ast.BranchStmt)
		return jumps && b.Tok == token.GOTO || n != ast.Node(step) && code.Gives(h.Info, n, v)
	})
}

// eachUse calls edit for where what stays of the body names c.
func (h *heading) eachUse(c *loop.Counter, edit func(id *ast.Ident, stack []ast.Node)) {
	for _, s := range h.Loop.Body {
		ast.PreorderStack(s, nil, func(n ast.Node, stack []ast.Node) bool {
			if s, ok := n.(ast.Stmt); ok && (s == c.StepAt || h.Gone[s] || h.Pauses[s] != nil) {
				return false
			}
			if id, ok := n.(*ast.Ident); ok && h.Info.Uses[id] == c.Obj {
				edit(id, stack)
			}
			return true
		})
	}
}

// shift edits one use of a counter that begins by more, if it does.
func (h *heading) shift(id *ast.Ident, stack []ast.Node, more int64) {
	if more != 0 {
		h.Inside = append(h.Inside, h.shifted(id, stack, more))
	}
}

// shifted returns the edit of one use of a counter that begins by more.
//
//	i + 1		->	i
//	i > 0		->	i > 1
//	i < n-1		->	i < n
//	i >= n		->	i > n
//	i == n		->	i > n, in the last pass
//	f(i)		->	f(i - 1)
func (h *heading) shifted(id *ast.Ident, stack []ast.Node, more int64) edit.Edit {
	var parent *ast.BinaryExpr
	if len(stack) > 0 {
		parent, _ = stack[len(stack)-1].(*ast.BinaryExpr)
	}
	if parent == nil {
		return edit.Replace(id, operand(write.Plus(id.Name, -more, " "), stack))
	}
	other, left := parent.Y, true
	if parent.X != ast.Expr(id) {
		other, left = parent.X, false
	}
	k, isConst := h.Literal(other)
	switch {
	case isConst && left && parent.Op == token.ADD:
		return edit.Replace(parent, write.Plus(id.Name, k-more, ""))
	case isConst && left && parent.Op == token.SUB:
		return edit.Replace(parent, write.Plus(id.Name, -k-more, ""))
	case code.IsComparison(parent.Op):
		if limit, less := h.Moved(other, more); less {
			return edit.Replace(other, limit)
		}
	}
	op := oneMore[parent.Op]
	switch when := h.When(parent); {
	case parent.Op == token.EQL && when == loop.LastOnly:
		op = ">"
	case parent.Op == token.NEQ && when == loop.ExceptLast:
		op = "<="
	}
	if op != "" && left && more == 1 {
		return edit.Span(id.Pos(), other.Pos(), id.Name+" "+op+" ")
	}
	if code.IsComparison(parent.Op) {
		return edit.Replace(id, write.Plus(id.Name, -more, ""))
	}
	return edit.Replace(id, "("+write.Plus(id.Name, -more, "")+")")
}

// operand returns text, in parentheses if an operator without a left side stands before it.
func operand(text string, stack []ast.Node) string {
	if len(stack) > 0 {
		if _, unary := stack[len(stack)-1].(*ast.UnaryExpr); unary {
			return "(" + text + ")"
		}
	}
	return text
}

// oneMore are the comparisons that hold of i+1 where those of i do.
var oneMore = map[token.Token]string{token.GEQ: ">", token.LSS: "<="}

// withNumber names the number of the attempt in a header, if the body uses it.
func (h *heading) withNumber(header, body string) string {
	header = strings.TrimSpace(header)
	if rest, ok := strings.CutPrefix(header, "range "); ok && h.number != "" && write.Names(body, h.number) {
		return h.number + " := range " + rest
	}
	return header
}
