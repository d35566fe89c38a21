package restate

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// A finder writes a loop whose condition asks a flag of the pass before, so that the
// pass that sets the flag leaves:
//
//	done := false
//	for n := 0; n < 3 && !done; n++ {
//		if err = op(); err == nil {
//			done = true
//		} else {
//			time.Sleep(d)
//		}
//	}
//
// becomes `for n := 0; n < 3; n++ { if err = op(); err == nil { break } ... }`.
type finder struct {
	*restater
	flag   *types.Var
	goesOn bool // what the flag is where another pass follows

	alone  bool       // nothing but the condition asks the flag
	decl   ast.Stmt   // that declares it, and nothing else; or nil
	writes []ast.Stmt // that give it a value in the body

	edits  []edit.Edit
	leaves []ast.Stmt // behind which a pass leaves
	asks   int        // ways on which the pass itself asks the flag
	asked  ast.Stmt   // what gives it a value that is asked right there
	failed bool       // no break can stand where one is needed
}

// found returns the form of a loop that a finder writes; nil if its condition asks no
// flag.
func (r *restater) found(s *ast.ForStmt) *Form {
	conds := code.Operands(s.Cond, token.LAND)
	i := slices.IndexFunc(conds, func(e ast.Expr) bool { return r.flagOf(e) != nil })
	if i < 0 || slices.ContainsFunc(conds[:i], func(e ast.Expr) bool { return !code.Pure(r.info, e) }) || r.loop.Label != "" || hasGoto(s.Body) || s.Post != nil && !r.mayEndEarly(s.Post) {
		return nil
	}
	f := r.flagOf(conds[i])
	f.readUses(s.Init)
	f.ways(s.Body.List, always, true)
	f.settle()
	if f.failed || f.asks > 1 {
		return nil
	}
	pos, init := s.Pos(), r.optional(s.Init)
	switch {
	case !f.alone:
	case f.decl == s.Init:
		init = ""
	default:
		pos = f.decl.Pos()
		f.edits = append(f.edits, edit.Span(pos, f.decl.End(), ""))
	}
	cond := joined(slices.Delete(slices.Clone(conds), i, i+1), func(e ast.Expr) string { return r.Text(e) }, " && ")
	f.edits = append(f.edits, edit.Span(s.For, s.Body.Lbrace+1, "for "+init+"; "+cond+"; "+r.optional(s.Post)+" {"))
	form := newForm(r.Site, pos, s.End(), strings.TrimLeft(r.Apply(pos, s.End(), f.edits), " \t\n"), r.Indent(pos))
	if form != nil {
		form.More = f.asks
	}
	return form
}

// mayEndEarly reports whether nothing tells if post has run when the loop ends.
func (r *restater) mayEndEarly(post ast.Stmt) bool {
	return r.loop.OnlyComputes(post) && !slices.ContainsFunc(code.Assigned(post), func(id *ast.Ident) bool {
		v := code.Local(r.info, id)
		return v == nil || r.seen(v) || r.loop.ReadsAfter(v, nil)
	})
}

// flagOf returns the finder of the flag that e asks, which is so when the loop begins
// and which only the body changes; nil if e asks something else.
func (r *restater) flagOf(e ast.Expr) *finder {
	v, negated := r.flagIn(e)
	if v == nil || r.seen(v) || r.loop.Post != nil && code.Writes(r.info, r.loop.Post, v) {
		return nil
	}
	start, known := r.truth(r.loop.StartOf(v))
	if !known && r.loop.StartsFalse(v) {
		start, known = false, true
	}
	if !known || start == negated {
		return nil
	}
	return &finder{restater: r, flag: v, goesOn: start}
}

// flagIn returns the variable that e is, or the opposite of; nil if e is none.
func (r *restater) flagIn(e ast.Expr) (v *types.Var, negated bool) {
	e = ast.Unparen(e)
	if not, ok := e.(*ast.UnaryExpr); ok && not.Op == token.NOT {
		e, negated = not.X, true
	}
	return code.Local(r.info, e), negated
}

// truth returns the constant that e is, which may be nil.
func (r *restater) truth(e ast.Expr) (holds, known bool) {
	if e == nil {
		return false, false
	}
	v := r.info.Types[e].Value
	known = v != nil && v.Kind() == constant.Bool
	return known && constant.BoolVal(v), known
}

// readUses finds whether the flag serves the condition alone.
func (f *finder) readUses(init ast.Stmt) {
	known := 2 // in its declaration and in the condition
	f.loop.Inspect(func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok && ast.Stmt(a) != init && code.Gives(f.info, a, f.flag) && len(a.Lhs) == 1 {
			f.writes = append(f.writes, a)
			known++
		}
		return true
	})
	f.decl, _ = f.ownDecl(f.flag)
	if init != nil && code.Writes(f.info, init, f.flag) {
		if _, one := declaresOne(init); one {
			f.decl = init
		}
	}
	f.alone = f.decl != nil && code.Count(f.info, f.Func.Body, f.flag) == known
}
