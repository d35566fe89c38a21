package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
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
func (s *shape) findValue() Refusal {
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
		return severalExits.At(s.ret.Pos())
	}
	s.stays = true
	if s.valueAt < 0 {
		return nil
	}
	x := s.ret.Results[s.valueAt]
	return s.setValue(&handed{expr: x, v: code.Local(s.info, x), typ: s.loop.sig.Results().At(s.valueAt).Type()})
}

// setValue notes the value, and names it.
func (s *shape) setValue(h *handed) Refusal {
	ok := false
	if h.text, ok = s.scope.TypeString(h.typ); !ok {
		return typeNotNamed.At(h.expr.Pos())
	}
	if s.Helper.ValueCall == nil {
		return lacksValue.At(h.expr.Pos())
	}
	if h.name = "value"; h.v != nil {
		h.name = h.v.Name()
	}
	s.last = s.last || h.v != nil && s.readOnFailure(h.v)
	if s.last && s.Helper.ValueOnError != helper.LastValue {
		return valuesFromLoop.At(s.loop.end()) // it is read after a failure, too
	}
	s.value = h
	return nil
}

// readOnFailure reports whether what is done on failure reads the variable v from
// outside: what the last attempt has left in it.
func (s *shape) readOnFailure(v *types.Var) bool {
	if s.loop.has(v.Pos()) || s.breaks {
		return false
	}
	list := s.fail
	if s.use == ifWorked {
		list = s.loop.after
	}
	reads := s.others == v.Name()
	for _, x := range list {
		ret, ok := x.(*ast.ReturnStmt)
		reads = reads || code.Mentions(s.info, x, v) || ok && len(ret.Results) == 0
	}
	return reads
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
	from, w := s.success[0].Pos(), s.walker()
	for i, x := range s.success {
		var skip ast.Expr // the error that is returned, which is nil
		if ret, isRet := x.(*ast.ReturnStmt); isRet && i == len(s.success)-1 && s.returnsError() && !s.moreThanNil() {
			skip = ret.Results[len(ret.Results)-1]
		}
		ast.Inspect(x, func(n ast.Node) bool {
			if e, isExpr := n.(ast.Expr); isExpr && skip != nil && e == skip {
				return false
			}
			id, isID := n.(*ast.Ident)
			if !isID {
				return true
			}
			v := code.Local(s.info, id)
			switch {
			case v == nil || v.Pos() >= from:
			case v == s.okErr: // nil, as that of the helper
				ok = ok && v.Name() == s.lastName()
			case w.errorVar(id) != nil && (s.loop.has(v.Pos()) || s.loop.assigns(s.pkg, v)):
				ok = false
			case (s.loop.has(v.Pos()) || s.ownable(v)) && !slices.Contains(vars, v):
				vars = append(vars, v)
			}
			return true
		})
	}
	return vars, ok
}

// valueOfMoved notes the value that moved statements name.
func (s *shape) valueOfMoved() Refusal {
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
			if id, ok := n.(*ast.Ident); ok && at == nil && s.info.Uses[id] == v {
				at = id
			}
			return at == nil
		})
	}
	return at
}

// valueBehind finds the variable that the operation gives a value for what follows
// the loop.
func (s *shape) valueBehind() Refusal {
	s.stays = true
	if s.worksAlone() {
		return severalExits.At(s.loop.endOf(&s.exits[0]))
	}
	var found *types.Var
	for _, v := range s.outerVars() {
		switch {
		case code.IsError(v.Type()) || !s.readsAfter(v, nil):
		case !s.ownable(v):
			if s.givenByOperation(v) {
				return valuesFromLoop.At(s.Verdict.Operation.Pos())
			}
		case found != nil:
			return valuesFromLoop.At(s.Verdict.Operation.Pos())
		default:
			found = v
		}
	}
	if found == nil {
		return nil
	}
	s.last = !s.guarded(found)
	return s.setValue(&handed{expr: ast.NewIdent(found.Name()), v: found, typ: found.Type()})
}

// guarded reports whether what follows reads v only where the operation has worked.
func (s *shape) guarded(v types.Object) bool {
	if s.use != assign {
		return true
	}
	x := s.afterIf()
	return x != nil && !code.Mentions(s.info, x, v)
}

// outerVars returns the variables from outside that a pass gives a value.
func (w *writer) outerVars() (vars []*types.Var) {
	w.loop.inspect(func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok && (w.gone[s] || s == w.loop.post || s == w.loop.init) {
			return false
		}
		for _, id := range code.Assigned(n) {
			if v := code.Local(w.info, id); v != nil && !w.loop.has(v.Pos()) && !slices.Contains(vars, v) {
				vars = append(vars, v)
			}
		}
		return true
	})
	return vars
}

// givenByOperation reports whether v is given what the operation returns.
func (w *writer) givenByOperation(v types.Object) bool {
	found := false
	w.loop.inspect(func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		found = found || ok && len(a.Rhs) == 1 && ast.Unparen(a.Rhs[0]) == w.Verdict.Operation && code.Writes(w.info, &ast.AssignStmt{Lhs: a.Lhs}, v)
		return !found
	})
	return found
}

// ownable reports whether a variable from outside can be the operation's own: each
// pass gives it a value before it reads it, and nothing else sees it meanwhile.
func (w *writer) ownable(v *types.Var) bool {
	if w.loop.has(v.Pos()) || !w.loop.assigns(w.pkg, v) || w.kept(v) || w.observed(v) {
		return false
	}
	uses := w.usesInBody(v)
	return len(uses) > 0 && w.firstIsWrite(v, uses[0])
}

// usesInBody returns the places where the body names obj, in source order, but for
// what is left out.
func (w *writer) usesInBody(obj types.Object) (ids []*ast.Ident) {
	for _, s := range w.loop.body {
		ast.Inspect(s, func(n ast.Node) bool {
			if x, ok := n.(ast.Stmt); ok && (w.gone[x] || w.giveUp != nil && w.giveUpCond == nil && x == ast.Stmt(w.giveUp)) {
				return false
			}
			if id, ok := n.(*ast.Ident); ok && w.info.ObjectOf(id) == obj {
				ids = append(ids, id)
			}
			return true
		})
	}
	return ids
}

// firstIsWrite reports whether the first use of obj in a pass, at id, gives it
// a value.
func (w *writer) firstIsWrite(obj types.Object, id *ast.Ident) bool {
	write := false
	w.loop.inspect(func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if ok && code.Within(a, id) && a.Tok == token.ASSIGN {
			write = slices.Contains(code.Assigned(a), id)
			for _, rhs := range a.Rhs {
				write = write && !code.Mentions(w.info, rhs, obj)
			}
		}
		return true
	})
	return write && w.always(id)
}

// always reports whether each pass comes to n: it stands in the body itself, or in
// the first statement of an if there.
func (w *writer) always(n ast.Node) bool {
	for _, s := range w.loop.body {
		if !code.Within(s, n) {
			continue
		}
		switch s := s.(type) {
		case *ast.AssignStmt:
			return true
		case *ast.IfStmt:
			return s.Init != nil && code.Within(s.Init, n)
		case *ast.SwitchStmt:
			return s.Init != nil && code.Within(s.Init, n)
		}
	}
	return false
}
