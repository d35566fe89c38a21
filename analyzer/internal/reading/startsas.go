package reading

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// StartsAs reports whether v, which outlives a pass, is e before the loop, or one less
// where the loop goes on to count it.
func (r *Reading) StartsAs(v *types.Var, e ast.Expr) bool {
	given := false
	for _, w := range r.Pkg.Writes(v) {
		n := w.At.Node()
		if r.Loop.Has(n.Pos()) && n != ast.Node(r.Loop.Init) {
			continue
		}
		first, ok := r.gives(n, v)
		if !ok || !r.isFirst(v, first, e) {
			return false
		}
		given = true
	}
	return given || r.keeps(e, v)
}

// gives returns what n gives v; nil for its zero value.
func (r *Reading) gives(n ast.Node, v *types.Var) (e ast.Expr, ok bool) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		e = code.ValueGiven(r.Info, n, v)
		return e, e != nil
	case *ast.ValueSpec:
		if len(n.Values) == 0 {
			return nil, true
		}
		for i, id := range n.Names {
			if r.Info.Defs[id] == v && len(n.Values) == len(n.Names) {
				return n.Values[i], true
			}
		}
	}
	return nil, false
}

// isFirst reports whether e is what v is given first.
func (r *Reading) isFirst(v *types.Var, first, e ast.Expr) bool {
	now := r.Info.Types[e].Value
	if now == nil || !code.IsNumeric(v.Type()) || first != nil && r.Info.Types[first].Value == nil {
		return first != nil && r.sameTime(first, e)
	}
	then := constant.MakeInt64(0)
	if first != nil {
		then = r.Info.Types[first].Value
	}
	counted := constant.BinaryOp(then, token.SUB, constant.MakeInt64(1))
	return constant.Compare(now, token.EQL, then) || r.steps(v) && constant.Compare(now, token.EQL, counted)
}

// steps reports whether the loop counts v.
func (r *Reading) steps(v *types.Var) bool {
	step := func(n ast.Node) bool {
		x, by := code.Step(r.Info, n)
		return by != 0 && code.Local(r.Info, x) == v
	}
	return r.Loop.Any(step) || r.Loop.Post != nil && code.Any(r.Loop.Post, step)
}

// keeps reports whether e is a variable that is made a copy of the parameter v.
//
//	first := delay
func (r *Reading) keeps(e ast.Expr, v *types.Var) bool {
	copied := code.Local(r.Info, e)
	if copied == nil {
		return false
	}
	list := r.Pkg.Writes(copied)
	if len(list) != 1 || r.Loop.Has(list[0].At.Node().Pos()) {
		return false
	}
	from, ok := r.gives(list[0].At.Node(), copied)
	return ok && from != nil && code.Local(r.Info, from) == v
}
