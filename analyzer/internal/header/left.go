package header

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
)

// A left is what the body computes of a counter that counts down, by the number of the
// attempt: start, if that is in it, and more, less the number or with it.
type left struct {
	start ast.Expr // what it counts down from, or nil
	more  int64
	less  bool
}

// turned returns the edit of one use of a counter that counts down from start, with what is
// added to it and what it is taken from.
//
//	left == 1	->	attempt == 3
//	f(left)		->	f(4 - attempt)
//	f(n - left)	->	f(attempt - 1)
func (h *heading) turned(id *ast.Ident, stack []ast.Node, start ast.Expr) edit.Edit {
	v := left{start, 1, true}
	if n, ok := h.Literal(start); ok {
		v = left{nil, n + 1, true}
	}
	node, at := ast.Expr(id), len(stack)-1
	for ; at >= 0; at-- {
		if p, ok := stack[at].(*ast.ParenExpr); ok {
			node = p
			continue
		}
		sum, ok := stack[at].(*ast.BinaryExpr)
		if !ok {
			break
		}
		next, ok := h.with(v, sum, node, start)
		if !ok {
			return h.compared(v, sum, node)
		}
		v, node = next, sum
	}
	return edit.Replace(node, operand(h.leftText(v), stack[:at+1]))
}

// with returns what sum, of which node is v, is; not ok if it is something else than a sum
// with numbers, or what v counts down from less v.
func (h *heading) with(v left, sum *ast.BinaryExpr, node, start ast.Expr) (left, bool) {
	other, first := sum.Y, true
	if sum.X != node {
		other, first = sum.X, false
	}
	k, isConst := h.Literal(other)
	switch {
	case sum.Op == token.ADD && isConst:
		v.more += k
	case sum.Op == token.SUB && isConst && first:
		v.more -= k
	case sum.Op == token.SUB && isConst && v.start == nil:
		v.more, v.less = k-v.more, !v.less
	case sum.Op == token.SUB && !first && v.start != nil && h.Text(other) == h.Text(start) && slices.Equal(code.Named(h.Info, other), code.Named(h.Info, start)):
		v = left{nil, -v.more, !v.less}
	default:
		return v, false
	}
	return v, true
}

// compared returns the edit of node, which is v, where it is compared, or computed with
// otherwise.
func (h *heading) compared(v left, parent *ast.BinaryExpr, node ast.Expr) edit.Edit {
	other, op := parent.Y, code.Mirror[parent.Op]
	if parent.X != node {
		other, op = parent.X, parent.Op
	}
	if k, ok := h.Literal(other); ok && v.less && code.IsComparison(parent.Op) {
		v.more -= k
		return edit.Replace(parent, h.number+" "+op.String()+" "+h.above(v))
	}
	return edit.Replace(node, "("+h.leftText(v)+")")
}

// leftText writes v.
func (h *heading) leftText(v left) string {
	if v.less {
		return h.above(v) + " - " + h.number
	}
	return write.Plus(h.number, v.more, " ")
}

// above writes v without the number of the attempt.
func (h *heading) above(v left) string {
	if v.start == nil {
		return write.Itoa(v.more)
	}
	text, _ := h.Moved(v.start, v.more)
	return text
}
