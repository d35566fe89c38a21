package stale

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"time"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/delays"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// namesOf returns what names the delay d in the code: d itself, what it is a copy of, and what
// it is made of: the durations where something is added, such as a random part, and how many
// units of time it is.
func (f *finder) namesOf(d ast.Expr) []ast.Expr {
	d = code.Unconverted(f.Pkg.Info, d)
	list := []ast.Expr{d}
	switch e := d.(type) {
	case *ast.Ident:
		list = append(list, f.copied(e)...)
	case *ast.BinaryExpr:
		switch e.Op {
		case token.ADD:
			list = append(list, f.namesOf(e.X)...)
			list = append(list, f.namesOf(e.Y)...)
		case token.MUL:
			for _, of := range [][2]ast.Expr{{e.X, e.Y}, {e.Y, e.X}} {
				if n := code.Unconverted(f.Pkg.Info, of[0]); f.isNumber(n) && f.isUnit(of[1]) {
					list = append(list, n)
				}
			}
		}
	case *ast.CallExpr:
		for _, arg := range e.Args {
			if site.IsDuration(f.Pkg.Info.TypeOf(arg)) {
				list = append(list, f.namesOf(arg)...)
			}
		}
	}
	return list
}

// maxCopies is how many variables in a row are followed, each a copy of the next.
const maxCopies = 8

// copied returns the names that the variable id is a copy of:
//
//	d := cfg.backoff
func (f *finder) copied(id *ast.Ident) (list []ast.Expr) {
	for range maxCopies {
		switch of := f.given()[f.Pkg.Info.ObjectOf(id)].(type) {
		case *ast.SelectorExpr:
			return append(list, of)
		case *ast.Ident:
			list, id = append(list, of), of
		default:
			return list
		}
	}
	return list
}

// isUnit reports whether e is a unit of package time.
func (f *finder) isUnit(e ast.Expr) bool {
	_, ok := e.(*ast.SelectorExpr)
	return ok && site.IsDuration(f.Pkg.Info.TypeOf(e)) && !delays.Named(types.ExprString(e))
}

// Names returns what names the delays in the code.
func (l Loop) Names() []ast.Expr { return l.finder().names }

// isNumber reports whether e names a number that does not count the passes.
func (f *finder) isNumber(e ast.Expr) bool {
	switch e.(type) {
	case *ast.Ident, *ast.SelectorExpr:
		v := code.Local(f.Pkg.Info, e)
		return v == nil || !f.Counts(v)
	}
	return false
}

// isAsLong reports whether e is a time that is as long as one that is no longer so, under
// a name that no delay has:
//
//	timeout := time.Second
//	log.Printf("again in %v", timeout)
func (f *finder) isAsLong(e ast.Expr) bool {
	if len(f.Amounts) == 0 || !site.IsDuration(f.Pkg.Info.TypeOf(e)) || f.rounds(e) {
		return false
	}
	if v := code.Local(f.Pkg.Info, e); v != nil {
		e = f.given()[v]
	}
	if e == nil {
		return false
	}
	value := f.Pkg.Info.Types[e].Value
	return value != nil && slices.ContainsFunc(f.Amounts, func(d time.Duration) bool {
		return constant.Compare(value, token.EQL, constant.MakeInt64(int64(d)))
	})
}

// given returns what variables of the declaration are given, if that is one expression.
func (f *finder) given() map[types.Object]ast.Expr {
	if f.once != nil {
		return f.once
	}
	f.once = make(map[types.Object]ast.Expr)
	note := func(id *ast.Ident, e ast.Expr) {
		obj := f.Pkg.Info.ObjectOf(id)
		if _, more := f.once[obj]; more {
			e = nil
		}
		f.once[obj] = e
	}
	ast.Inspect(f.Decl, func(n ast.Node) bool {
		a, isAssign := n.(*ast.AssignStmt)
		for i, id := range code.Assigned(n) {
			if isAssign && len(a.Lhs) == len(a.Rhs) && (a.Tok == token.ASSIGN || a.Tok == token.DEFINE) {
				note(id, a.Rhs[i])
			} else {
				note(id, nil)
			}
		}
		if spec, ok := n.(*ast.ValueSpec); ok && len(spec.Names) == len(spec.Values) {
			for i, id := range spec.Names {
				note(id, spec.Values[i])
			}
		}
		return true
	})
	return f.once
}

// docs looks at the comments of the fields that the delays are told by, and of the
// functions that are given what such a field is set to.
func (f *finder) docs() {
	for _, e := range f.names {
		field, ok := f.Pkg.Variable(e).(*types.Var)
		if !ok || !field.IsField() || !f.Pkg.Owns(field.Pkg()) {
			continue
		}
		if decl := f.Pkg.DeclAt(field.Pos()); decl != nil {
			ast.Inspect(decl, func(n ast.Node) bool {
				if x, ok := n.(*ast.Field); ok && x.Pos() <= field.Pos() && field.Pos() < x.End() {
					f.doc(x.Doc)
					f.doc(x.Comment)
				}
				return n == nil || n.Pos() <= field.Pos() && field.Pos() < n.End()
			})
		}
		for _, set := range f.Pkg.Writes(field) {
			f.option(set)
		}
	}
}

// option looks at the comment of a function that sets a field to its parameter.
func (f *finder) option(set source.Write) {
	a, ok := set.At.Node().(*ast.AssignStmt)
	if !ok || len(a.Lhs) != len(a.Rhs) {
		return
	}
	v := code.Local(f.Pkg.Info, code.Unconverted(f.Pkg.Info, a.Rhs[set.Index]))
	fn, ok := f.Pkg.DeclAt(a.Pos()).(*ast.FuncDecl)
	if ok && v != nil && v.Kind() == types.ParamVar {
		f.doc(fn.Doc)
	}
}

// doc looks at a comment that is about a delay if it speaks of one.
func (f *finder) doc(g *ast.CommentGroup) {
	if g == nil {
		return
	}
	for _, c := range g.List {
		if delays.AboutWait(c.Text) {
			f.add(c.Pos())
			return
		}
	}
}
