package call

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// declare declares v in the operation, where a pass first gives it a value.
func (o *operation) declare(v *types.Var) reason.Refusal {
	first := o.usesInBody(v)[0]
	switch s := o.Loop.Holding(first).(type) {
	case *ast.AssignStmt:
		if o.defines(s) {
			o.edits = append(o.edits, edit.Span(s.TokPos, s.TokPos+1, ":="))
			for _, lhs := range s.Lhs {
				if d := o.declaredFor(s, code.Local(o.Info, lhs)); d != nil {
					o.edits = append(o.edits, o.Drop(d))
				}
			}
			return nil
		}
	case *ast.IfStmt:
		if a, ok := s.Init.(*ast.AssignStmt); ok && code.Within(a, first) && o.defines(a) {
			text := o.Text(a)
			at := int(a.TokPos - a.Pos())
			o.edits = append(o.edits, edit.Replace(a, text[:at]+":"+text[at:]))
			o.before[s] = o.before[s] || o.usedBehind(v, s)
			return nil
		}
	}
	name, ok := o.Scope.TypeString(v.Type())
	if !ok {
		return reason.TypeNotNamed.At(first.Pos())
	}
	o.head = append(o.head, "var "+v.Name()+" "+name)
	return nil
}

// usedBehind reports whether a pass names v behind s, or ends there.
func (o *operation) usedBehind(v types.Object, s ast.Stmt) bool {
	uses := o.usesInBody(v)
	if uses[len(uses)-1].Pos() > s.End() {
		return true
	}
	for _, e := range o.again {
		if e.Node == nil || e.Node.Pos() > s.End() {
			return true
		}
	}
	return false
}

// defines reports whether `=` in a can become `:=`: it gives values to variables
// that are the operation's own, of their types, and to nothing else.
func (o *operation) defines(a *ast.AssignStmt) bool {
	if a.Tok != token.ASSIGN {
		return false
	}
	for i, lhs := range a.Lhs {
		id, ok := lhs.(*ast.Ident)
		switch {
		case !ok:
			return false
		case id.Name == "_":
			continue
		}
		v := code.Local(o.Info, id)
		if v == nil || !o.isOwn(v) && o.declaredFor(a, v) == nil || o.isOwn(v) && o.usesInBody(v)[0] != id || !types.Identical(o.typeGiven(a, i), v.Type()) {
			return false
		}
	}
	return true
}

// declaredFor returns `var v T`, which stands right before a in the body; nil if that
// is something else.
func (o *operation) declaredFor(a *ast.AssignStmt, v *types.Var) ast.Stmt {
	i := slices.Index(o.Loop.Body, ast.Stmt(a))
	if i < 1 || v == nil {
		return nil
	}
	d, ok := o.Loop.Body[i-1].(*ast.DeclStmt)
	if !ok || len(d.Decl.(*ast.GenDecl).Specs) != 1 {
		return nil
	}
	spec, ok := d.Decl.(*ast.GenDecl).Specs[0].(*ast.ValueSpec)
	if !ok || !o.declaresOnly(spec, v) {
		return nil
	}
	return d
}

func (o *operation) isOwn(v *types.Var) bool { return slices.Contains(o.own, v) }

// typeGiven returns the type of what a gives to its i-th operand.
func (o *operation) typeGiven(a *ast.AssignStmt, i int) types.Type {
	if len(a.Lhs) == len(a.Rhs) {
		return types.Default(o.Info.TypeOf(a.Rhs[i]))
	}
	if tuple, ok := o.Info.TypeOf(a.Rhs[0]).(*types.Tuple); ok {
		return tuple.At(i).Type()
	}
	return types.Typ[types.Invalid]
}

// countUsed reports whether what stays of the loop uses the attempt's number.
func (o *operation) countUsed() bool {
	if o.Counter == nil {
		return false
	}
	return o.CountStays() || slices.ContainsFunc(o.fail, func(s ast.Stmt) bool { return code.Mentions(o.Info, s, o.Counter.Obj) })
}

// outerVars returns the variables from outside that a pass gives a value.
func (w *retry) outerVars() (vars []*types.Var) {
	w.Loop.Inspect(func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok && (w.Gone[s] || s == w.Loop.Post || s == w.Loop.Init) {
			return false
		}
		for _, id := range code.Assigned(n) {
			if v := code.Local(w.Info, id); v != nil && !w.Loop.Has(v.Pos()) && !slices.Contains(vars, v) {
				vars = append(vars, v)
			}
		}
		return true
	})
	return vars
}

// givenByOperation reports whether v is given what the operation returns.
func (w *retry) givenByOperation(v types.Object) bool {
	return w.Loop.Any(func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		return ok && len(a.Rhs) == 1 && ast.Unparen(a.Rhs[0]) == w.Verdict.Operation && code.Gives(w.Info, a, v)
	})
}

// ownable reports whether a variable from outside can be the operation's own: each
// pass gives it a value before it reads it, and nothing else sees it meanwhile.
func (w *retry) ownable(v *types.Var) bool {
	if w.Loop.Has(v.Pos()) || !w.Loop.Assigns(v) || w.Loop.Kept(v) || w.Loop.Observed(v) {
		return false
	}
	uses := w.usesInBody(v)
	return len(uses) > 0 && w.firstIsWrite(v, uses[0])
}

// usesInBody returns the places where the body names obj, in source order, but for
// what is left out.
func (w *retry) usesInBody(obj types.Object) (ids []*ast.Ident) {
	for _, s := range w.Loop.Body {
		ast.Inspect(s, func(n ast.Node) bool {
			if x, ok := n.(ast.Stmt); ok && (w.Gone[x] || w.GiveUp != nil && w.GiveUpCond == nil && x == ast.Stmt(w.GiveUp)) {
				return false
			}
			if id, ok := n.(*ast.Ident); ok && w.Info.ObjectOf(id) == obj {
				ids = append(ids, id)
			}
			return true
		})
	}
	return ids
}

// firstIsWrite reports whether the first use of obj in a pass, at id, gives it
// a value.
func (w *retry) firstIsWrite(obj types.Object, id *ast.Ident) bool {
	write := false
	w.Loop.Inspect(func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if ok && code.Within(a, id) && a.Tok == token.ASSIGN {
			write = slices.Contains(code.Assigned(a), id)
			for _, rhs := range a.Rhs {
				write = write && !code.Mentions(w.Info, rhs, obj)
			}
		}
		return true
	})
	return write && w.always(id)
}

// always reports whether each pass comes to n: it stands in the body itself, or in
// the first statement of an if there.
func (w *retry) always(n ast.Node) bool {
	switch s := w.Loop.Holding(n).(type) {
	case *ast.AssignStmt:
		return true
	case *ast.IfStmt:
		return s.Init != nil && code.Within(s.Init, n)
	case *ast.SwitchStmt:
		return s.Init != nil && code.Within(s.Init, n)
	}
	return false
}
