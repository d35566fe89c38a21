package code

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// Shared reports whether a function literal in body uses v, or its address is
// taken.
func Shared(info *types.Info, body ast.Node, v types.Object) bool {
	return Any(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return Mentions(info, n, v)
		case *ast.UnaryExpr:
			return n.Op == token.AND && Mentions(info, n.X, v)
		}
		return false
	})
}

// ValueGiven returns e of the statement `v = e` or `v := e`, or nil.
func ValueGiven(info *types.Info, s ast.Stmt, v types.Object) ast.Expr {
	a, ok := s.(*ast.AssignStmt)
	if !ok || len(a.Lhs) != len(a.Rhs) || a.Tok != token.ASSIGN && a.Tok != token.DEFINE {
		return nil
	}
	for i, lhs := range a.Lhs {
		if x := Local(info, lhs); x != nil && x == v {
			return a.Rhs[i]
		}
	}
	return nil
}

// Declared returns what d declares v with, or nil.
func Declared(info *types.Info, d *ast.DeclStmt, v types.Object) ast.Expr {
	for _, spec := range d.Decl.(*ast.GenDecl).Specs {
		if spec, ok := spec.(*ast.ValueSpec); ok && len(spec.Names) == len(spec.Values) {
			for i, id := range spec.Names {
				if info.Defs[id] == v {
					return spec.Values[i]
				}
			}
		}
	}
	return nil
}

// Writes reports whether n gives v a new value, or takes its address.
func Writes(info *types.Info, n ast.Node, v types.Object) bool {
	return Any(n, func(n ast.Node) bool { return Gives(info, n, v) })
}

// Gives is Writes for n itself, without what is in it.
func Gives(info *types.Info, n ast.Node, v types.Object) bool {
	return slices.ContainsFunc(Assigned(n), func(id *ast.Ident) bool { return info.ObjectOf(id) == v })
}

// Named lists what the identifiers under n name, in source order.
func Named(info *types.Info, n ast.Node) (objs []types.Object) {
	for n := range ast.Preorder(n) {
		if id, ok := n.(*ast.Ident); ok {
			objs = append(objs, info.ObjectOf(id))
		}
	}
	return objs
}

// DeclaresUsed reports whether a statement of after may use a name that one of
// body declares.
func DeclaresUsed(body, after []ast.Stmt) bool {
	names := make(map[string]bool)
	for _, s := range body {
		switch s := s.(type) {
		case *ast.AssignStmt:
			if s.Tok == token.DEFINE {
				for _, lhs := range s.Lhs {
					if id, ok := lhs.(*ast.Ident); ok && id.Name != "_" {
						names[id.Name] = true
					}
				}
			}
		case *ast.DeclStmt:
			for n := range ast.Preorder(s) {
				if id, ok := n.(*ast.Ident); ok {
					names[id.Name] = true
				}
			}
		}
	}
	uses := func(s ast.Stmt) bool { return AnyName(s, func(id *ast.Ident) bool { return names[id.Name] }) }
	return slices.ContainsFunc(after, uses)
}

// Assigned returns the variables that n gives a new value, or whose address it
// takes.
func Assigned(n ast.Node) (ids []*ast.Ident) {
	add := func(e ast.Expr) {
		if e == nil {
			return
		}
		if id, ok := ast.Unparen(e).(*ast.Ident); ok {
			ids = append(ids, id)
		}
	}
	switch n := n.(type) {
	case *ast.AssignStmt:
		for _, lhs := range n.Lhs {
			add(lhs)
		}
	case *ast.IncDecStmt:
		add(n.X)
	case *ast.RangeStmt:
		add(n.Key)
		add(n.Value)
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			add(n.X)
		}
	}
	return ids
}

// NamesAssigned reports whether what s gives a value is named in n.
func NamesAssigned(info *types.Info, s ast.Stmt, n ast.Node) bool {
	for _, id := range Assigned(s) {
		if id.Name == "_" {
			continue
		}
		if obj := info.ObjectOf(id); obj == nil || Mentions(info, n, obj) {
			return true
		}
	}
	return false
}

// OfPackage reports whether e, which may be nil, names a variable of a package. What that
// holds has a name, and a test may give it another value.
func OfPackage(info *types.Info, e ast.Expr) bool {
	return e != nil && slices.ContainsFunc(Named(info, e), func(obj types.Object) bool {
		v, ok := obj.(*types.Var)
		return ok && v.Kind() == types.PackageVar
	})
}
