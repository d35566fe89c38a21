package restate

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// bind reads what a call changes of the parameters: the same as the others do.
func (r *recursion) bind(call *ast.CallExpr, first bool) bool {
	if r.decl.Recv != nil && !r.sameReceiver(call) {
		return false
	}
	i := 0
	for _, field := range r.decl.Type.Params.List {
		_, variadic := field.Type.(*ast.Ellipsis)
		for _, id := range field.Names {
			v, ok := r.info.Defs[id].(*types.Var)
			if !ok && id.Name != "_" || i >= len(call.Args) || variadic != (call.Ellipsis.IsValid() && i == len(call.Args)-1) {
				return false
			}
			if !r.bindParam(v, call.Args[i], first) {
				return false
			}
			i++
		}
		if len(field.Names) == 0 {
			return false
		}
	}
	return i == len(call.Args)
}

func (r *recursion) bindParam(v *types.Var, arg ast.Expr, first bool) bool {
	if v == nil {
		return code.IsIdent(arg) || r.info.Types[arg].Value != nil
	}
	kept := code.Shared(r.info, r.decl.Body, v) // a function literal has the variable of its call
	if code.Local(r.info, arg) == v {
		return (first || r.changed[v] == nil) && !(kept && code.Writes(r.info, r.decl.Body, v))
	}
	if kept || !types.Identical(r.info.TypeOf(arg), v.Type()) && r.info.Types[arg].Value == nil {
		return false
	}
	if !first {
		return r.changed[v] != nil && r.Text(r.changed[v]) == r.Text(arg)
	}
	r.changed[v] = arg
	if step, ok := ast.Unparen(arg).(*ast.BinaryExpr); ok && r.counted == "" && code.Local(r.info, step.X) == v && r.isOne(step.Y) {
		switch step.Op {
		case token.ADD:
			r.counted = v.Name() + "++"
		case token.SUB:
			r.counted = v.Name() + "--"
		}
	}
	return true
}

func (r *recursion) isOne(e ast.Expr) bool {
	n, ok := code.Int(r.info, e)
	return ok && n == 1
}

// sameReceiver reports whether call is of the method of the receiver itself.
func (r *recursion) sameReceiver(call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || len(r.decl.Recv.List[0].Names) != 1 {
		return false
	}
	recv, ok := r.info.Defs[r.decl.Recv.List[0].Names[0]].(*types.Var)
	return ok && code.Local(r.info, sel.X) == recv && !code.Writes(r.info, r.decl.Body, recv)
}

// edits makes each call another pass.
func (r *recursion) edits() (edits []edit.Edit) {
	var steps []string
	for _, v := range code.ObjectsInOrder(r.changed) {
		arg := r.changed[v]
		if r.counted == v.Name()+"++" || r.counted == v.Name()+"--" {
			continue
		}
		steps = append(steps, v.Name()+" = "+r.Text(arg))
		if b, ok := ast.Unparen(arg).(*ast.BinaryExpr); ok && code.Local(r.info, b.X) == v {
			steps[len(steps)-1] = v.Name() + " " + b.Op.String() + "= " + r.Text(b.Y)
		}
	}
	if len(steps) > 1 {
		// They may depend on each other.
		steps = []string{r.together()}
	}
	step := strings.Join(steps, "\n")
	for _, c := range r.calls {
		text := step
		if !r.endsFunction(c) {
			text = strings.TrimPrefix(step+"\ncontinue", "\n")
		}
		edits = append(edits, edit.Span(c.pos, c.end, text))
	}
	return edits
}

// together changes all parameters but the counted one in one statement.
func (r *recursion) together() string {
	var names, values []string
	for _, field := range r.decl.Type.Params.List {
		for _, id := range field.Names {
			v, _ := r.info.Defs[id].(*types.Var)
			if arg := r.changed[v]; arg != nil && r.counted != v.Name()+"++" && r.counted != v.Name()+"--" {
				names, values = append(names, v.Name()), append(values, r.Text(arg))
			}
		}
	}
	return strings.Join(names, ", ") + " = " + strings.Join(values, ", ")
}
