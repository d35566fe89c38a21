package loop

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// A Counter counts the attempts of a loop.
type Counter struct {
	Obj    types.Object
	Start  ast.Expr // nil for a range: 0; the parameter itself, where that is counted
	Step   int64    // 1 or -1
	StepAt ast.Stmt // the statement that counts; nil for a range
}

// First returns what c is in the first pass.
func (c *Counter) First(info *types.Info) Number {
	if c.Start == nil {
		return Number{}
	}
	return NumberOf(info, c.Start)
}

// Counter returns the counter of the loop, or nil if there is none: what the header steps
// before what the body does.
func (l *Loop) Counter() (found *Counter) {
	if r, ok := l.Cycle.(*ast.RangeStmt); ok {
		key := code.Local(l.Info, r.Key)
		if key == nil {
			return nil
		}
		return &Counter{Obj: key, Step: 1}
	}
	steps := make(map[types.Object][]ast.Stmt)
	others := make(map[types.Object]bool)
	l.Inspect(func(n ast.Node) bool {
		if x, by := code.Step(l.Info, n); by != 0 {
			if v := code.Local(l.Info, x); v != nil {
				steps[v] = append(steps[v], n.(ast.Stmt))
			}
			return true
		}
		for _, id := range code.Assigned(n) {
			if v := code.Local(l.Info, id); v != nil && n != ast.Node(l.Init) {
				others[v] = true
			}
		}
		return true
	})
	for _, v := range code.ObjectsInOrder(steps) {
		list := steps[v]
		if len(list) != 1 || others[v] || !l.compared(v) {
			continue
		}
		c := &Counter{Obj: v, StepAt: list[0]}
		_, c.Step = code.Step(l.Info, list[0])
		c.Start = l.StartOf(v)
		switch known := c.Start != nil || l.startsAtZero(v); {
		case known && c.StepAt == l.Post:
			return c
		case known && found == nil:
			found = c
		}
	}
	return found
}

// startsAtZero reports whether v is declared before the loop with no value, and given none.
func (l *Loop) startsAtZero(v types.Object) bool {
	for _, s := range slices.Backward(l.List[:l.Index]) {
		if d, ok := s.(*ast.DeclStmt); ok && s.Pos() <= v.Pos() && v.Pos() < s.End() {
			return !slices.ContainsFunc(d.Decl.(*ast.GenDecl).Specs, func(spec ast.Spec) bool {
				vs, ok := spec.(*ast.ValueSpec)
				return ok && len(vs.Values) > 0 && vs.Pos() <= v.Pos() && v.Pos() < vs.End()
			})
		}
		if code.Writes(l.Info, s, v) {
			return false
		}
	}
	return false
}

// compared reports whether the loop compares v, or has it counted in its header.
func (l *Loop) compared(v types.Object) bool {
	if x, by := code.Step(l.Info, l.Post); by != 0 && code.Local(l.Info, x) == v {
		return true
	}
	return l.Any(func(n ast.Node) bool {
		cmp, ok := n.(*ast.BinaryExpr)
		return ok && code.IsComparison(cmp.Op) && code.Mentions(l.Info, cmp, v)
	})
}

// StartOf returns the value that v has when the loop begins: the header's, or
// the last one given before the loop in its list of statements, or v itself, if it
// is a parameter or a variable of a function around.
func (l *Loop) StartOf(v types.Object) ast.Expr {
	if e := code.ValueGiven(l.Info, l.Init, v); e != nil {
		return e
	}
	for i := l.Index - 1; i >= 0; i-- {
		s := l.List[i]
		if e := code.ValueGiven(l.Info, s, v); e != nil {
			return e
		}
		if d, ok := s.(*ast.DeclStmt); ok {
			if e := code.Declared(l.Info, d, v); e != nil {
				return e
			}
		}
		if code.Writes(l.Info, s, v) {
			return nil
		}
	}
	if l.Cond != nil && v.Pos() < l.Func.Node.Pos() {
		return useOf(l.Info, l.Cond, v)
	}
	return l.parameter(v)
}

// StartsFalse reports whether the flag v is not set where the loop begins: it is false there, or
// nothing has given it another value.
func (l *Loop) StartsFalse(v *types.Var) bool {
	if e := l.StartOf(v); e != nil && v.Kind() == types.LocalVar {
		return code.IsFalse(l.Info.Types[e].Value)
	}
	around := l.Enclosing()
	if v.Kind() == types.ParamVar || v.Pos() < l.Func.Node.Pos() || v.Pos() >= l.Outer.Pos() || around != nil && v.Pos() < around.Pos() {
		return false
	}
	return !code.Any(l.Func.Node, func(n ast.Node) bool {
		if d, ok := n.(*ast.DeclStmt); ok {
			e := code.Declared(l.Info, d, v)
			return e != nil && !code.IsFalse(l.Info.Types[e].Value)
		}
		return n.Pos() < l.Outer.Pos() && code.Gives(l.Info, n, v)
	})
}

// useOf returns where n uses v, or nil.
func useOf(info *types.Info, n ast.Node, v types.Object) (use ast.Expr) {
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && use == nil && info.Uses[id] == v {
			use = id
		}
		return use == nil
	})
	return use
}

// parameter returns the parameter v of the loop's function, if only the loop
// writes it.
func (l *Loop) parameter(v types.Object) ast.Expr {
	for _, field := range l.Func.Type.Params.List {
		for _, id := range field.Names {
			if l.Info.Defs[id] == v && l.Last && !code.Shared(l.Info, l.Func.Body, v) {
				return id
			}
		}
	}
	return nil
}

// CountsList reports whether e asks how long a list is that a pass appends to: that may
// be the number of attempts.
//
//	for len(errs) < 3 {
func (l *Loop) CountsList(e ast.Expr) bool {
	return code.Any(e, func(n ast.Node) bool {
		v := listOf(l.Pkg.Info, n, "len")
		return v != nil && l.Any(func(n ast.Node) bool {
			a, ok := n.(*ast.AssignStmt)
			return ok && len(a.Lhs) == 1 && code.Local(l.Pkg.Info, a.Lhs[0]) == v && listOf(l.Pkg.Info, a.Rhs[0], "append") == v
		})
	})
}

// listOf returns the variable that n, a call of the builtin name, is given first; or nil.
func listOf(info *types.Info, n ast.Node, name string) *types.Var {
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) == 0 {
		return nil
	}
	if id, ok := call.Fun.(*ast.Ident); !ok || info.Uses[id] != types.Universe.Lookup(name) {
		return nil
	}
	return code.Local(info, call.Args[0])
}
