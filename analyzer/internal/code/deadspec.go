package code

import (
	"go/ast"
	"go/token"
	"go/types"
)

// DeadSpecs returns what groups of declarations under decl declare, to be used in
// nothing but what is removed. Constants that their places number stay.
//
//	var (
//		err   error
//		delay = time.Second
//	)
func DeadSpecs(info *types.Info, decl ast.Node, removed map[ast.Node]bool, needed []ast.Expr) (dead []*ast.ValueSpec) {
	lv := &liveness{info: info, live: map[types.Object]bool{}, touched: map[types.Object]bool{}}
	for _, e := range needed {
		lv.readAll(e, lv.live)
	}
	ast.Inspect(decl, func(n ast.Node) bool {
		if n != nil && removed[n] {
			lv.uses(n, lv.touched)
			return false
		}
		if id, ok := n.(*ast.Ident); ok && info.Uses[id] != nil {
			lv.live[info.Uses[id]] = true
		}
		return true
	})
	for n := range ast.Preorder(decl) {
		d, ok := n.(*ast.GenDecl)
		if ok && len(d.Specs) > 1 && (d.Tok == token.VAR || d.Tok == token.CONST && !AnyName(d, func(id *ast.Ident) bool { return id.Name == "iota" })) {
			dead = append(dead, lv.deadIn(d)...)
		}
	}
	return dead
}

// uses adds what n uses to set.
func (lv *liveness) uses(n ast.Node, set map[types.Object]bool) {
	for n := range ast.Preorder(n) {
		if id, ok := n.(*ast.Ident); ok && lv.info.Uses[id] != nil {
			set[lv.info.Uses[id]] = true
		}
	}
}

// deadIn returns the dead ones of a group: a constant must have a value of its own, and
// so must the one behind it.
func (lv *liveness) deadIn(d *ast.GenDecl) (dead []*ast.ValueSpec) {
	for i, s := range d.Specs {
		spec := s.(*ast.ValueSpec)
		gone := d.Tok == token.VAR || len(spec.Values) > 0 && (i+1 == len(d.Specs) || len(d.Specs[i+1].(*ast.ValueSpec).Values) > 0)
		for _, id := range spec.Names {
			obj := lv.info.Defs[id]
			gone = gone && lv.touched[obj] && !lv.live[obj]
		}
		if gone && (lv.allPure(spec.Values) || lv.isTimer(spec.Values)) {
			dead = append(dead, spec)
		}
	}
	return dead
}
