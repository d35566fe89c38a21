package code

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// What only serves to count attempts and to compute delays is found as code that is
// dead once the delays and the loop's header are gone: assignments without effects
// to variables that nothing else reads.

// A liveness tells which statements of a function are dead.
type liveness struct {
	info     *types.Info
	removed  map[ast.Node]bool // not part of the function any more
	live     map[types.Object]bool
	touched  map[types.Object]bool // read by what is removed or dead
	computes func(*ast.CallExpr) bool
	asked    map[ast.Stmt]bool // what machinery has said of statements with others inside
}

// Dead returns the statements under decl that only serve what is removed. Computes
// tells of calls, beside those that [PureCall] knows, whether they only compute; it
// may be nil.
func Dead(info *types.Info, decl ast.Node, removed map[ast.Node]bool, needed []ast.Expr, computes func(*ast.CallExpr) bool) map[ast.Stmt]bool {
	lv := &liveness{info: info, computes: computes, removed: removed, live: map[types.Object]bool{}, touched: map[types.Object]bool{}}
	for _, e := range needed {
		lv.readAll(e, lv.live)
	}
	lv.handOut(decl)
	outermost := lv.visit(decl)
	for n := -1; n != len(lv.live); {
		n = len(lv.live)
		for _, m := range outermost {
			if slices.ContainsFunc(m.targets, func(obj types.Object) bool { return lv.live[obj] }) {
				lv.readAll(m.stmt, lv.live)
			}
		}
	}
	for n := range removed {
		lv.readAll(n, lv.touched)
	}
	return lv.collect(outermost)
}

// A machine is machinery, and the variables that it gives a value.
type machine struct {
	stmt    ast.Stmt
	targets []types.Object
}

// handOut marks the results under decl that have names as live: a return without values
// reads them, and so does the caller after a panic that is recovered.
func (lv *liveness) handOut(decl ast.Node) {
	for n := range ast.Preorder(decl) {
		if f, ok := n.(*ast.FuncType); ok && f.Results != nil {
			lv.readAll(f.Results, lv.live)
		}
	}
}

// visit marks what the statements under n read as live, but for machinery, which it
// returns.
func (lv *liveness) visit(n ast.Node) (outermost []machine) {
	ast.Inspect(n, func(n ast.Node) bool {
		if n == nil || lv.removed[n] {
			return false
		}
		if s, ok := n.(ast.Stmt); ok && lv.machinery(s) {
			outermost = append(outermost, machine{s, lv.targets(s)})
			return false
		}
		if id, ok := n.(*ast.Ident); ok {
			if obj := lv.named(id); obj != nil && lv.info.Defs[id] == nil {
				lv.live[obj] = true
			}
		}
		return true
	})
	return outermost
}

// collect returns the dead statements among machinery, and in it, whose variables are
// read by what is removed, or by what is dead already.
func (lv *liveness) collect(outermost []machine) map[ast.Stmt]bool {
	found := make(map[ast.Stmt]bool)
	var list []ast.Stmt
	for _, m := range outermost {
		list = append(list, lv.within(m.stmt)...)
	}
	stays := func(obj types.Object) bool { return lv.live[obj] || !lv.touched[obj] }
	for n := -1; n != len(found); {
		n = len(found)
		var end token.Pos // of the last that is dead
		for _, s := range list {
			if s.Pos() < end {
				continue
			}
			if targets := lv.targets(s); len(targets) > 0 && !slices.ContainsFunc(targets, stays) {
				found[s] = true
				lv.readAll(s, lv.touched)
				end = s.End()
			}
		}
	}
	return found
}

// within returns the machinery that s is, and that stands in it, the outer before the
// inner.
func (lv *liveness) within(s ast.Stmt) (list []ast.Stmt) {
	ast.Inspect(s, func(n ast.Node) bool {
		if n == nil || lv.removed[n] {
			return false
		}
		if s, ok := n.(ast.Stmt); ok && lv.machinery(s) {
			list = append(list, s)
		}
		return true
	})
	return list
}

// OnlyComputes reports whether s does nothing but give local variables values that
// are computed without effects; computes is as for [Dead].
func OnlyComputes(info *types.Info, s ast.Stmt, computes func(*ast.CallExpr) bool) bool {
	return (&liveness{info: info, computes: computes}).machinery(s)
}

// Reads adds the local variables and constants that are read under n to set.
func Reads(info *types.Info, n ast.Node, set map[types.Object]bool) {
	(&liveness{info: info}).readAll(n, set)
}

// machinery reports whether s does nothing but give local variables values that
// are computed without effects.
func (lv *liveness) machinery(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.IncDecStmt:
		return Local(lv.info, s.X) != nil
	case *ast.AssignStmt:
		return !slices.ContainsFunc(s.Lhs, func(e ast.Expr) bool { return Local(lv.info, e) == nil }) && (lv.allPure(s.Rhs) || lv.isFunc(s.Rhs))
	case *ast.DeclStmt:
		return lv.declares(s)
	case *ast.IfStmt:
		return lv.once(s, func() bool {
			return (s.Init == nil || lv.machinery(s.Init)) && lv.pure(s.Cond) && lv.allMachinery(s.Body) && (s.Else == nil || lv.machinery(s.Else))
		})
	case *ast.BlockStmt:
		return lv.once(s, func() bool { return lv.allMachinery(s) })
	}
	return false
}

// once returns what ask says of s, which is asked once: statements stand in each other.
func (lv *liveness) once(s ast.Stmt, ask func() bool) bool {
	is, known := lv.asked[s]
	if !known {
		if lv.asked == nil {
			lv.asked = make(map[ast.Stmt]bool)
		}
		is = ask()
		lv.asked[s] = is
	}
	return is
}

func (lv *liveness) pure(e ast.Expr) bool { return pureBut(lv.info, e, lv.computes) }

func (lv *liveness) allPure(list []ast.Expr) bool {
	return !slices.ContainsFunc(list, func(e ast.Expr) bool { return !lv.pure(e) })
}

// isFunc reports whether list is a function literal that nothing is removed of.
func (lv *liveness) isFunc(list []ast.Expr) bool {
	lit, ok := list[0].(*ast.FuncLit)
	if !ok || len(list) > 1 {
		return false
	}
	for n := range lv.removed {
		if Within(lit, n) {
			return false
		}
	}
	return true
}

func (lv *liveness) allMachinery(b *ast.BlockStmt) bool {
	other := func(s ast.Stmt) bool { return !lv.removed[s] && !lv.machinery(s) }
	return len(b.List) > 0 && !slices.ContainsFunc(b.List, other)
}

func (lv *liveness) declares(s *ast.DeclStmt) bool {
	d, ok := s.Decl.(*ast.GenDecl)
	if !ok || d.Tok != token.VAR && d.Tok != token.CONST || len(d.Specs) != 1 {
		return false
	}
	values := d.Specs[0].(*ast.ValueSpec).Values
	return lv.allPure(values) || lv.isFunc(values) || lv.isTimer(values)
}

// isTimer reports whether list is a timer, which does nothing where nothing reads it.
func (lv *liveness) isTimer(list []ast.Expr) bool {
	if len(list) != 1 {
		return false
	}
	call, ok := list[0].(*ast.CallExpr)
	return ok && MakesTimer(lv.info, call)
}

// targets returns the variables that machinery gives a value, not those that a function
// literal would give one if it were called.
func (lv *liveness) targets(s ast.Stmt) (objs []types.Object) {
	ast.Inspect(s, func(n ast.Node) bool {
		if _, isLit := n.(*ast.FuncLit); isLit || n == nil || lv.removed[n] {
			return false
		}
		for _, id := range Assigned(n) {
			if v := Local(lv.info, id); v != nil {
				objs = append(objs, v)
			}
		}
		if spec, ok := n.(*ast.ValueSpec); ok {
			for _, id := range spec.Names {
				if obj := lv.named(id); obj != nil {
					objs = append(objs, obj)
				}
			}
		}
		return true
	})
	return objs
}

// named returns the local variable or constant that id names, or nil.
func (lv *liveness) named(id *ast.Ident) types.Object {
	if v := Local(lv.info, id); v != nil {
		return v
	}
	if c, ok := lv.info.ObjectOf(id).(*types.Const); ok && c.Pkg() != nil && c.Parent() != c.Pkg().Scope() {
		return c
	}
	return nil
}

// readAll adds the local variables and constants that are read under n to set, but by
// what is removed from it.
func (lv *liveness) readAll(n ast.Node, set map[types.Object]bool) {
	written, root := make(map[*ast.Ident]bool), n
	ast.Inspect(n, func(n ast.Node) bool {
		if n != root && lv.removed[n] {
			return false
		}
		if a, ok := n.(*ast.AssignStmt); ok && (a.Tok == token.ASSIGN || a.Tok == token.DEFINE) {
			for _, id := range Assigned(n) {
				written[id] = true
			}
		}
		if id, ok := n.(*ast.Ident); ok && !written[id] {
			if obj := lv.named(id); obj != nil {
				set[obj] = true
			}
		}
		return true
	})
}
