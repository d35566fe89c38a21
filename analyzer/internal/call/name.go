package call

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// lastName returns the name that what is done on failure has for the last error.
func (s *shape) lastName() string {
	name := ""
	for _, x := range s.fail {
		ast.Inspect(x, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && name == "" && slices.Contains(s.errors, s.Info.ObjectOf(id)) {
				name = id.Name
			}
			return name == ""
		})
	}
	switch {
	case name != "":
		return name
	case s.assigns:
		return s.Result.Name()
	}
	return "err"
}

// nameError names the error of the helper. What moves must name no other error of
// the loop: that is not at hand any more.
func (s *shape) nameError() reason.Refusal {
	if s.Result != nil && (s.use == ifWorked || s.use == ifFailed && s.Loop.ReadsAfter(s.Result, s.consumed)) {
		s.assigns = true
	}
	s.errName = s.lastName()
	moved := slices.Clone(s.fail)
	if !s.stays {
		moved = append(moved, s.success...)
	} else if s.ret != nil && s.use != tail {
		moved = append(moved, s.ret)
	}
	other := false
	for _, x := range moved {
		var at ast.Node
		ast.Inspect(x, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			v := s.Loop.ErrorVar(id)
			if v == nil || within(moved, v) || v == s.okErr || slices.Contains(s.errors, v) || s.OfWait(v) {
				return true
			}
			if other = true; s.Loop.Has(v.Pos()) || s.Loop.Assigns(v) || v.Name() == s.errName {
				at = id
			}
			return true
		})
		if at != nil {
			return reason.ValuesFromLoop.At(at.Pos())
		}
	}
	if other && s.Ctx == nil {
		s.UseCtx = "" // on cancellation, what is read might be no error at all
	}
	return nil
}

// within reports whether list declares v.
func within(list []ast.Stmt, v types.Object) bool {
	return slices.ContainsFunc(list, func(s ast.Stmt) bool { return s.Pos() <= v.Pos() && v.Pos() < s.End() })
}

// findOwn finds the variables from outside that the operation has of its own: the
// error, the value, and what nothing but the loop reads. Their declarations
// go, if nothing else names them.
func (s *shape) findOwn() reason.Refusal {
	for _, v := range s.outerVars() {
		isValue, copies := s.value != nil && s.value.v == v, s.copies(v)
		switch {
		case !isValue && !code.IsError(v.Type()):
			if d := s.declaration(v); d == nil || s.usedElsewhere(v, d) || !s.ownable(v) || s.readOnFailure(v) {
				continue // it stays where it is
			}
			s.own = append(s.own, v)
		case !isValue && v != s.Result && s.Loop.ReadsAfter(v, s.consumed):
			return reason.ValuesFromLoop.At(s.DelayPos()) // that of an earlier attempt
		case copies && slices.ContainsFunc(s.copiesTo(v), s.Guarded), !copies && !s.ownable(v):
			return reason.ValuesFromLoop.At(s.usesInBody(v)[0].Pos())
		case copies: // the helper returns what they copy
		default:
			s.own = append(s.own, v)
		}
		if d := s.declaration(v); d != nil && (s.declares(v) || !s.usedElsewhere(v, d)) {
			s.dropped = append(s.dropped, d)
		}
	}
	return nil
}

// declares reports whether the call declares a variable in the place of v.
func (s *shape) declares(v types.Object) bool {
	return v == s.Result && s.assigns || s.value != nil && v == s.value.v && s.use != tail
}

// copies reports whether the loop does nothing with v but to copy the error of the
// attempt to it, and nothing else sees that.
//
//	lastErr = err
func (s *shape) copies(v *types.Var) bool {
	if !code.IsError(v.Type()) && (s.value == nil || s.value.v != v) {
		return false // the helper hands nothing else out
	}
	list := s.copiesTo(v)
	return len(list) > 0 && len(list) == len(s.usesInBody(v)) && !s.Loop.Kept(v) && !s.Loop.Observed(v)
}

func (w *retry) copiesTo(v types.Object) (list []ast.Stmt) {
	w.Loop.Inspect(func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if ok && len(a.Lhs) == 1 && len(a.Rhs) == 1 && a.Tok == token.ASSIGN && code.Local(w.Info, a.Lhs[0]) == v {
			if from := code.Local(w.Info, a.Rhs[0]); from != nil && from != v {
				list = append(list, a)
			}
		}
		return true
	})
	return list
}

// declaration returns `var v T` in the list of statements that the loop stands in,
// if nothing between names v; nil if there is none.
func (s *shape) declaration(v types.Object) ast.Node {
	for i, x := range s.Loop.List[:s.Loop.Index] {
		d, ok := x.(*ast.DeclStmt)
		if !ok || d.Decl.(*ast.GenDecl).Tok != token.VAR {
			continue
		}
		for _, spec := range d.Decl.(*ast.GenDecl).Specs {
			spec := spec.(*ast.ValueSpec)
			if !s.declaresOnly(spec, v) {
				continue
			}
			named := func(x ast.Stmt) bool { return code.Mentions(s.Info, x, v) }
			if slices.ContainsFunc(s.Loop.List[i+1:s.Loop.Index], named) {
				return nil
			}
			if len(d.Decl.(*ast.GenDecl).Specs) > 1 {
				return spec
			}
			return d
		}
	}
	return nil
}

// declaresOnly reports whether spec is `v T`.
func (r *retry) declaresOnly(spec *ast.ValueSpec, v types.Object) bool {
	return len(spec.Names) == 1 && len(spec.Values) == 0 && r.Info.Defs[spec.Names[0]] == v
}

// usedElsewhere reports whether anything but decl and what the call takes the
// place of names v.
func (s *shape) usedElsewhere(v types.Object, decl ast.Node) bool {
	end := s.Loop.End()
	if n := len(s.consumed); n > 0 {
		end = s.consumed[n-1].End()
	}
	return code.AnyName(s.Loop.Decl, func(id *ast.Ident) bool {
		return s.Info.ObjectOf(id) == v && !code.Within(decl, id) && (id.Pos() < s.Loop.Outer.Pos() || id.Pos() >= end)
	})
}

// names returns how the call gives its results to variables, such as
// `v, err := `; not ok if the names mean something else there.
func (s *shape) names() (text string, ok bool) {
	names := []string{s.errName}
	switch {
	case s.value != nil:
		names = []string{s.value.name, s.errName}
	case s.Helper.DropsValue:
		names = []string{"_", s.errName}
	}
	isNew, outer := false, false
	for i, name := range names {
		var meant types.Object
		switch {
		case name == "_":
			continue
		case i < len(names)-1:
			meant = s.value.v
		case s.assigns:
			meant = s.Result
		}
		block := s.Scope.Block()
		switch obj := s.Scope.Lookup(name); {
		case obj == nil && !s.Taken[block][name] || s.isDropped(obj):
			isNew = true
		case obj != nil && (obj == meant || obj == s.Result && !s.Loop.ReadsAfter(obj, s.consumed)): // it is given the value
			outer = outer || obj.Parent() != block
		case obj == nil || obj.Parent() == block || meant != nil || s.namedBehind(obj):
			return "", false
		default:
			isNew = true // it hides one of a block around
		}
	}
	op := " = "
	if isNew {
		op = " := "
	}
	return strings.Join(names, ", ") + op, !isNew || !outer
}

// namedBehind reports whether what stands behind the call names obj.
func (s *shape) namedBehind(obj types.Object) bool {
	names := func(x ast.Stmt) bool { return code.Mentions(s.Info, x, obj) }
	return slices.ContainsFunc(slices.Concat(s.fail, s.success, s.Loop.After), names)
}

// isDropped reports whether the declaration of obj goes.
func (s *shape) isDropped(obj types.Object) bool {
	return obj != nil && slices.ContainsFunc(s.dropped, func(d ast.Node) bool { return d.Pos() <= obj.Pos() && obj.Pos() < d.End() })
}
