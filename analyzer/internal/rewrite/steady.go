package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
	"go/version"

	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// steady reports whether e means the same in each pass, as far as the package
// shows: nothing that a pass runs changes a field or a package's variable that
// e reads, and no function literal one of its local variables. A helper is told
// once what the loop asks anew.
func (b *binder) steady(e ast.Expr) bool {
	read := make(map[types.Object]bool)
	b.reads(e, read, true)
	if len(read) == 0 {
		return true
	}
	changed := false
	var look func(n ast.Node)
	seen := make(map[*source.Func]bool)
	look = func(n ast.Node) {
		ast.Inspect(n, func(n ast.Node) bool {
			for _, obj := range b.changes(n) {
				changed = changed || read[obj]
			}
			if call, ok := n.(*ast.CallExpr); ok {
				if fn := b.pkg.Callee(call); fn != nil && fn.Body != nil && !seen[fn] {
					seen[fn] = true
					look(fn.Body)
				}
			}
			return !changed
		})
	}
	b.loop.inspect(func(n ast.Node) bool {
		look(n)
		return false
	})
	ast.Inspect(b.loop.decl, func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok && !within(lit, b.loop.outer) {
			look(lit)
		}
		return !changed
	})
	return !changed
}

// reads adds the variables that e reads; those of functions of the package that
// it calls, too.
func (b *binder) reads(e ast.Node, read map[types.Object]bool, calls bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			if v, ok := b.info.Uses[n].(*types.Var); ok && (v.IsField() || v.Parent() == b.pkg.Types.Scope() || calls && !b.loop.has(v.Pos())) {
				read[v] = true
			}
		case *ast.CallExpr:
			if fn := b.pkg.Callee(n); calls && fn != nil && fn.Body != nil {
				b.reads(fn.Body, read, false)
			}
		}
		return true
	})
	if calls {
		for v := range read {
			if v.Parent() != nil && v.Parent() != b.pkg.Types.Scope() && b.loop.assigns(b.pkg, v) {
				delete(read, v) // it is known how it grows
			}
		}
	}
}

// changes returns the variables and fields that n gives a value, or whose
// address it takes.
func (b *binder) changes(n ast.Node) (list []types.Object) {
	for _, id := range assigned(n) {
		list = append(list, b.info.ObjectOf(id))
	}
	field := func(e ast.Expr) {
		if sel, ok := ast.Unparen(e).(*ast.SelectorExpr); ok {
			list = append(list, b.info.ObjectOf(sel.Sel))
		}
	}
	switch n := n.(type) {
	case *ast.AssignStmt:
		for _, lhs := range n.Lhs {
			field(lhs)
		}
	case *ast.IncDecStmt:
		field(n.X)
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			field(n.X)
		}
	}
	return list
}

// observed reports whether something else than the loop and the code around it
// may look at a variable meanwhile: a function literal, or who has its address.
func (b *binder) observed(obj types.Object) bool {
	if fn := b.loop.fn; fn.Body != nil && obj.Pos() < fn.Node.Pos() {
		return true // it is that of a function around
	}
	found := false
	ast.Inspect(b.loop.decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			if !within(n, b.loop.outer) {
				found = found || mentions(b.info, n, obj)
				return false
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND && local(b.info, n.X) == obj {
				found = true
			}
		}
		return !found
	})
	return found
}

// limitStays reports whether the loop's condition compares the counter with what
// stays the same.
func (b *binder) limitStays() bool {
	stays := true
	ast.Inspect(b.loop.cond, func(n ast.Node) bool {
		cmp, ok := n.(*ast.BinaryExpr)
		if !ok || !isComparison(cmp.Op) || b.counter == nil || !mentions(b.info, cmp, b.counter.obj) {
			return true
		}
		stays = stays && b.steady(cmp)
		ast.Inspect(cmp, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && b.info.Uses[id] != b.counter.obj {
				v, ok := b.info.Uses[id].(*types.Var)
				stays = stays && !(ok && b.loop.assigns(b.pkg, v) && !b.liftable(v))
			}
			return stays
		})
		return false
	})
	return stays
}

// mayOverflow reports whether n is computed from a number of a small type, which
// may turn around.
func (b *binder) mayOverflow(n number) bool {
	if n.expr == nil || n.offset == 0 && n.less == nil {
		return false
	}
	basic, ok := b.info.TypeOf(n.expr).Underlying().(*types.Basic)
	return ok && (basic.Kind() == types.Int8 || basic.Kind() == types.Int16 || basic.Kind() == types.Uint8 || basic.Kind() == types.Uint16)
}

// countsApart reports whether each pass has a counter of its own, as the
// language has it since Go 1.22.
func (b *binder) countsApart() bool { return version.Compare(b.GoVersion, "go1.22") >= 0 }

// keptByLiteral reports whether a function literal in the loop uses obj.
func (b *binder) keptByLiteral(obj types.Object) bool {
	found := false
	b.loop.inspect(func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok {
			found = found || mentions(b.info, lit, obj)
			return false
		}
		return true
	})
	return found
}

// computesOnly reports whether the functions of the package that tell the delays
// do nothing else: the helper does not call them.
func (b *binder) computesOnly() bool {
	only := true
	for _, s := range inOrder(b.pauses) {
		p := b.pauses[s]
		if p.delay.Duration == nil {
			continue
		}
		ast.Inspect(p.delay.Duration, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return only
			}
			if fn := b.pkg.Callee(call); fn != nil && fn.Body != nil {
				only = only && b.onlyComputes(fn.Body)
			}
			return only
		})
	}
	return only
}

// onlyComputes reports whether nothing in a function can be seen from outside.
func (b *binder) onlyComputes(body *ast.BlockStmt) bool {
	only := true
	ast.Inspect(body, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ExprStmt, *ast.GoStmt, *ast.DeferStmt, *ast.SendStmt:
			only = false
		}
		for _, obj := range b.changes(n) {
			if v, ok := obj.(*types.Var); ok && (v.IsField() || v.Parent() == b.pkg.Types.Scope()) {
				only = false
			}
		}
		return only
	})
	return only
}
