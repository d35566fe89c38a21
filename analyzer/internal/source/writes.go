package source

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/effort"
)

// A Write is a place that may give a variable or a field a value.
type Write struct {
	At    inspector.Cursor // an assignment, ++, --, a declaration, a range, &x, or a call of a method of x
	X     ast.Expr         // what names the variable or the field
	Index int              // which of the variables at that place

	name string // of X; "" of what has none
}

// Writes returns the places that may give obj a value, in source order. Fields of
// different values count as one: a loop deals with one.
//
// Few variables are ever asked for, and most of these are local: then their
// declaration is all that is looked at.
func (p *Package) Writes(obj types.Object) (list []Write) {
	v, ok := obj.(*types.Var)
	if !ok {
		return nil
	}
	for _, w := range p.WritesLike(v) {
		if p.Variable(w.X) == obj {
			list = append(list, w)
		}
	}
	slices.SortStableFunc(list, func(a, b Write) int { return p.Order(a.At, b.At) })
	return list
}

// WritesLike returns the places that may write v, or another variable of its name, in no
// order.
func (p *Package) WritesLike(v *types.Var) []Write {
	if code.IsLocal(v) {
		if decl, ok := p.Declaration(v.Pos()); ok {
			return p.writesIn(decl)[v.Name()]
		}
		return nil
	}
	return p.lastingOf(v.Name())
}

// WritesUnnamed returns the places that may write an element, or what a pointer points
// to, in no order.
func (p *Package) WritesUnnamed() []Write { return p.lastingOf("") }

// lastingOf returns the places that may write what has a name and outlives functions, or
// has none.
func (p *Package) lastingOf(name string) []Write {
	if p.lasting == nil {
		p.lasting = make(map[string][]Write)
		for file := range p.Inspector().Root().Children() {
			for _, w := range p.listed(file).writes {
				p.lasting[w.name] = append(p.lasting[w.name], w)
			}
		}
	}
	list := p.lasting[name]
	if p.draft != nil {
		list = slices.Clone(list)
		for _, w := range p.base.lastingOf(name) {
			if !p.replaced(w.X.Pos()) {
				list = append(list, w)
			}
		}
	}
	return list
}

// maxWritten is of how many declarations it is kept what they write.
const maxWritten = 4096

// writesIn returns what is written in a declaration, by name.
func (p *Package) writesIn(decl inspector.Cursor) map[string][]Write {
	if !p.isOwn(decl.Node().Pos()) {
		return p.base.writesIn(decl)
	}
	found, ok := p.written[decl]
	if !ok {
		found = make(map[string][]Write)
		for c := range decl.Preorder(writers...) {
			writesAt(c, func(w Write) { found[w.name] = append(found[w.name], w) })
		}
		p.written = effort.Keep(p.written, maxWritten, decl, found)
	}
	return found
}

// lasts reports whether w may write something else than a local variable.
func (p *Package) lasts(w Write) bool {
	id, ok := w.X.(*ast.Ident)
	if !ok {
		return true
	}
	_, isVar := p.Types.Scope().Lookup(id.Name).(*types.Var)
	return isVar
}

// writers are the nodes that [writesAt] looks at.
var writers = []ast.Node{
	(*ast.AssignStmt)(nil), (*ast.IncDecStmt)(nil), (*ast.ValueSpec)(nil),
	(*ast.RangeStmt)(nil), (*ast.UnaryExpr)(nil), (*ast.CallExpr)(nil),
}

// writesAt tells note of everything with a name that c may give a value; of what has
// none, or has that of a pointer, by the name "".
func writesAt(c inspector.Cursor, note func(Write)) {
	write := func(x ast.Expr, i int) {
		if id := nameOf(x); id != nil && id.Name != "_" {
			note(Write{c, x, i, id.Name})
		}
	}
	give := func(x ast.Expr, i int) {
		write(x, i)
		switch ast.Unparen(x).(type) {
		case *ast.IndexExpr, *ast.StarExpr:
			note(Write{c, x, i, ""})
		}
	}
	switch n := c.Node().(type) {
	case *ast.AssignStmt:
		for i, lhs := range n.Lhs {
			give(lhs, i)
		}
	case *ast.IncDecStmt:
		give(n.X, 0)
	case *ast.ValueSpec:
		for i, id := range n.Names {
			write(id, i)
		}
	case *ast.RangeStmt:
		write(n.Key, 0)
		write(n.Value, 1)
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			give(n.X, 0)
		}
	case *ast.CallExpr:
		if sel, ok := n.Fun.(*ast.SelectorExpr); ok {
			write(sel.X, 0)
		}
	}
}

// value returns what an assignment or a declaration gives a variable; it is not ok
// where w is something else.
func (w Write) value() (ast.Expr, bool) {
	if _, ok := w.X.(*ast.Ident); !ok {
		return nil, false
	}
	switch n := w.At.Node().(type) {
	case *ast.AssignStmt:
		if len(n.Rhs) > 0 {
			return n.Rhs[min(w.Index, len(n.Rhs)-1)], true
		}
	case *ast.ValueSpec:
		if len(n.Names) == len(n.Values) {
			return n.Values[w.Index], true
		}
	}
	return nil, false
}

// nameOf returns the name of the variable or field that e names, or nil.
func nameOf(e ast.Expr) *ast.Ident {
	switch e := e.(type) {
	case *ast.Ident:
		return e
	case *ast.SelectorExpr:
		return e.Sel
	case *ast.ParenExpr:
		return nameOf(e.X)
	case *ast.StarExpr:
		return nameOf(e.X)
	}
	return nil
}

// Variable returns the variable or field that e names, or nil.
func (p *Package) Variable(e ast.Expr) types.Object {
	switch e := e.(type) {
	case *ast.Ident:
		if v, ok := p.Info.ObjectOf(e).(*types.Var); ok {
			return v
		}
	case *ast.SelectorExpr:
		if v, ok := p.Info.ObjectOf(e.Sel).(*types.Var); ok {
			return v.Origin()
		}
	case *ast.ParenExpr:
		return p.Variable(e.X)
	case *ast.StarExpr:
		return p.Variable(e.X)
	}
	return nil
}

// IsSentinel reports whether e names a variable of a package, or a constant, that no
// assignment in this package sets, as the errors are that others are compared with.
func (p *Package) IsSentinel(e ast.Expr) bool {
	return code.IsSentinel(p.Info, e) && !slices.ContainsFunc(p.Writes(p.Variable(e)), func(w Write) bool {
		_, later := w.At.Node().(*ast.AssignStmt)
		return later
	})
}
