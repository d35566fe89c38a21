package call

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// A handed is the value that success hands out.
type handed struct {
	expr ast.Expr   // in the operation
	v    *types.Var // the variable that expr names, or nil
	typ  types.Type
	name string // behind the call
	text string // of typ
}

// findValue finds the value that success hands out, and where success is done.
func (s *shape) findValue() reason.Refusal {
	switch {
	case s.breaks:
		return s.valueBehind()
	case s.ret == nil:
		s.stays = true
		return nil
	}
	if !s.stays && s.moves() {
		return s.valueOfMoved()
	}
	if s.worksAlone() {
		return reason.SeveralExits.At(s.ret.Pos())
	}
	s.stays = true
	if s.valueAt < 0 {
		return nil
	}
	x := s.ret.Results[s.valueAt]
	return s.setValue(&handed{expr: x, v: code.Local(s.Info, x), typ: s.Loop.Sig.Results().At(s.valueAt).Type()})
}

// setValue notes the value, and names it.
func (s *shape) setValue(h *handed) reason.Refusal {
	ok := false
	if h.text, ok = s.Scope.TypeString(h.typ); !ok {
		return reason.TypeNotNamed.At(h.expr.Pos())
	}
	if s.Helper.ValueCall == nil {
		return reason.LacksValue.At(h.expr.Pos())
	}
	if h.name = "value"; h.v != nil {
		h.name = h.v.Name()
	}
	s.last = h.v != nil && s.readOnFailure(h.v)
	_, pointer := types.Unalias(h.typ).(*types.Pointer)
	lost := s.Helper.ValueOnError != helper.LastValue || s.Helper.CancelsSuccess && pointer // the one of a cancellation is nil
	if s.last && lost {
		return reason.ValuesFromLoop.At(s.Loop.End()) // it is read after a failure, too
	}
	s.value = h
	return nil
}

// readOnFailure reports whether what is done on failure reads the variable v from
// outside: what the last attempt has left in it.
func (s *shape) readOnFailure(v *types.Var) bool {
	list := s.fail
	switch x := s.afterIf(); {
	case s.Loop.Has(v.Pos()):
		return false
	case s.use == ifWorked:
		list = s.Loop.After
	case s.use == assign && x == nil:
		return true
	case s.use == assign:
		list = []ast.Stmt{x}
	}
	return s.others == v.Name() || slices.ContainsFunc(list, func(x ast.Stmt) bool { return s.Loop.Reads(x, v) })
}

// moves reports whether what is done on success means the same behind the call: it
// names one value of the loop at most.
func (s *shape) moves() bool {
	vars, ok := s.namesOfSuccess()
	return ok && len(vars) <= 1
}

// namesOfSuccess returns the variables of a pass that success names; not ok if it
// reads the error of the attempt, or changes what it is given.
func (s *shape) namesOfSuccess() (vars []*types.Var, ok bool) {
	ok = true
	from := s.success[0].Pos()
	for i, x := range s.success {
		var skip ast.Expr // the error that is returned, which is nil
		if i == len(s.success)-1 && s.ret != nil && s.ReturnsError() && !s.moreThanNil() {
			skip = code.LastResult(x)
		}
		ast.Inspect(x, func(n ast.Node) bool {
			if e, isExpr := n.(ast.Expr); isExpr && skip != nil && e == skip {
				return false
			}
			id, isID := n.(*ast.Ident)
			if !isID {
				return true
			}
			v := code.Local(s.Info, id)
			switch {
			case v == nil || v.Pos() >= from:
			case v == s.okErr: // nil, as that of the helper
				ok = ok && v.Name() == s.lastName()
			case s.Loop.ErrorVar(id) != nil && (s.Loop.Has(v.Pos()) || s.Loop.Assigns(v)):
				ok = false
			case (s.Loop.Has(v.Pos()) || s.ownable(v)) && !slices.Contains(vars, v):
				vars = append(vars, v)
			}
			return true
		})
	}
	return vars, ok
}

// valueOfMoved notes the value that moved statements name.
func (s *shape) valueOfMoved() reason.Refusal {
	vars, _ := s.namesOfSuccess()
	if len(vars) == 0 {
		return nil
	}
	v := vars[0]
	return s.setValue(&handed{expr: s.firstUse(v), v: v, typ: v.Type()})
}

// firstUse returns where success first names v.
func (s *shape) firstUse(v types.Object) (at ast.Expr) {
	for _, x := range s.success {
		ast.Inspect(x, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && at == nil && s.Info.Uses[id] == v {
				at = id
			}
			return at == nil
		})
	}
	return at
}

// valueBehind finds the variable that the operation gives a value for what follows
// the loop.
func (s *shape) valueBehind() reason.Refusal {
	s.stays = true
	if s.worksAlone() {
		return reason.SeveralExits.At(s.Ends[0].Pos(s.Loop))
	}
	var found *types.Var
	for _, v := range s.outerVars() {
		switch {
		case code.IsError(v.Type()) || !s.Loop.ReadsAfter(v, nil):
		case !s.ownable(v):
			if s.givenByOperation(v) {
				return reason.ValuesFromLoop.At(s.Verdict.Operation.Pos())
			}
		case found != nil:
			return reason.ValuesFromLoop.At(s.Verdict.Operation.Pos())
		default:
			found = v
		}
	}
	if found == nil {
		return nil
	}
	return s.setValue(&handed{expr: ast.NewIdent(found.Name()), v: found, typ: found.Type()})
}
