package site

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"iter"
	"slices"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/graph"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// Find returns the sites of the package by file name and place. It looks once at each
// call and channel receive; only functions that wait cost more than that.
func Find(pkg *source.Package, graphs *graph.Set) []*Site {
	if !mayWait(pkg) {
		return nil
	}
	f := &finder{
		pkg:     pkg,
		graphs:  graphs,
		parts:   pkg.Judged(),
		sites:   make(map[ast.Node]*Site),
		seen:    make(map[ast.Node]bool),
		gotos:   make(map[ast.Node][]label),
		counts:  make(map[ast.Node]counting),
		callsIn: make(map[inspector.Cursor]*callIndex),
	}
	for _, part := range f.parts {
		for cur := range f.places(part) {
			if call, ok := cur.Node().(*ast.CallExpr); ok && !mayDelay(calleeName(call)) {
				continue // like nearly all calls
			}
			d := primitive(pkg, cur.Node())
			if d == nil {
				d = untilEnd(pkg, cur)
			}
			if d != nil && !neverWaits(cur) {
				f.place(cur, d)
			} else if call, ok := cur.Node().(*ast.CallExpr); ok {
				f.placeLater(cur, call)
			}
		}
	}
	for len(f.waiters) > 0 {
		round := f.waiters
		f.waiters = nil
		f.placeCalls(round)
	}
	return f.sorted()
}

// places returns where a part may wait, and more, in source order. Once something waits,
// the calls of the package are asked for in any case.
func (f *finder) places(part inspector.Cursor) iter.Seq[inspector.Cursor] {
	if len(f.sites) == 0 && len(f.waiters) == 0 {
		return part.Preorder((*ast.CallExpr)(nil), (*ast.UnaryExpr)(nil), (*ast.RangeStmt)(nil))
	}
	list := slices.Clone(f.pkg.WaitsIn(part))
	for _, c := range f.pkg.CallsIn(part) {
		if mayDelay(c.Name) {
			list = append(list, c.At)
		}
	}
	slices.SortFunc(list, f.pkg.Order)
	return slices.Values(list)
}

// mayWait reports whether the package imports package time and, if all of its nodes would
// have to be listed for that, whether anything that is judged may be a delay.
func mayWait(pkg *source.Package) bool {
	if !slices.ContainsFunc(pkg.Types.Imports(), func(imp *types.Package) bool { return imp.Path() == "time" }) {
		return false
	}
	return pkg.IsListed() || slices.ContainsFunc(pkg.Files, func(file *ast.File) bool {
		return !pkg.Skips(file) && code.Any(file, func(n ast.Node) bool {
			if recv, ok := n.(*ast.UnaryExpr); ok && recv.Op == token.ARROW && code.ContextOf(pkg.Info, recv.X, "Done") != nil {
				return true
			}
			call, ok := n.(*ast.CallExpr)
			return ok && mayDelay(calleeName(call)) || primitive(pkg, n) != nil
		})
	})
}

type finder struct {
	pkg     *source.Package
	graphs  *graph.Set
	parts   []inspector.Cursor // of the package, that are judged
	sites   map[ast.Node]*Site // by cycle
	seen    map[ast.Node]bool  // functions that are known to wait
	waiters []waiter           // functions whose calls are still to be looked at
	gotos   map[ast.Node][]label
	counts  map[ast.Node]counting           // by loop
	calls   callIndex                       // of all parts
	callsIn map[inspector.Cursor]*callIndex // of a part
}

// A waiter is a function with a delay that spaces no cycle of its own.
type waiter struct {
	fn    *source.Func
	inner *Delay
	only  bool // it does nothing but wait
}

// place gives d to the innermost cycle that it spaces. A delay that spaces none
// makes its function one that waits.
func (f *finder) place(cur inspector.Cursor, d *Delay) {
	f.graphs.Trim()
	fn, loops := f.around(cur)
	if fn == nil {
		return
	}
	if cycle := f.innermost(fn, loops, d); cycle != nil {
		count := f.countdown(cycle, d)
		if count == nil {
			f.add(fn, cycle, d)
			return
		}
		whole := *d
		whole.Count = count
		if outer := f.innermost(fn, around(loops, cycle), &whole); outer != nil {
			f.add(fn, outer, &whole)
			return
		}
		f.add(fn, cycle, d)
		d = &whole
	}
	if lit, ok := fn.Node.(*ast.FuncLit); ok {
		f.placeStarted(cur, lit, d)
	}
	if f.pkg.Calls(fn, f.pkg.Selves(fn)...) {
		f.add(fn, fn.Node, d) // it reaches itself
	} else if !f.seen[fn.Node] {
		f.seen[fn.Node] = true
		f.waiters = append(f.waiters, waiter{fn, d, onlyWaits(f.pkg, fn, d)})
	}
}

// around returns those of loops that cycle is in.
func around(loops []ast.Stmt, cycle ast.Node) []ast.Stmt {
	return slices.DeleteFunc(slices.Clone(loops), func(s ast.Stmt) bool { return s.Pos() >= cycle.Pos() })
}

func (f *finder) add(fn *source.Func, cycle ast.Node, d *Delay) {
	s := f.sites[cycle]
	if s == nil {
		s = &Site{Func: fn, Cycle: cycle}
		f.sites[cycle] = s
	}
	s.Delays = append(s.Delays, d)
}

// around returns the function that holds cur and, innermost first, the loops
// and labels of that function that cur is in.
func (f *finder) around(cur inspector.Cursor) (*source.Func, []ast.Stmt) {
	var loops []ast.Stmt
	at := cur.Node()
	for c := range cur.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		switch n := c.Node().(type) {
		case *ast.ForStmt:
			if n.Init == nil || at.Pos() >= n.Init.End() {
				loops = append(loops, n)
			}
		case *ast.RangeStmt:
			if n == at || at.Pos() >= n.Body.Pos() {
				loops = append(loops, n)
			}
		case *ast.FuncDecl:
			return f.pkg.Lookup(f.pkg.Info.Defs[n.Name]), loops
		case *ast.FuncLit:
			return f.literal(c, n), loops
		}
	}
	return nil, nil
}

// literal returns the function of a literal, with the variable it is bound to.
func (f *finder) literal(cur inspector.Cursor, lit *ast.FuncLit) *source.Func {
	fn := &source.Func{Node: lit, Type: lit.Type, Body: lit.Body}
	var names []ast.Expr
	var values []ast.Expr
	switch parent := cur.Parent().Node().(type) {
	case *ast.AssignStmt:
		names, values = parent.Lhs, parent.Rhs
	case *ast.ValueSpec:
		for _, name := range parent.Names {
			names = append(names, name)
		}
		values = parent.Values
	}
	if i := slices.Index(values, ast.Expr(lit)); i >= 0 && len(names) == len(values) {
		if id, ok := names[i].(*ast.Ident); ok {
			if bound := f.pkg.Lookup(f.pkg.Info.ObjectOf(id)); bound != nil {
				return bound
			}
		}
	}
	return fn
}

// innermost returns the smallest cycle of fn whose next pass d comes before.
func (f *finder) innermost(fn *source.Func, loops []ast.Stmt, d *Delay) ast.Node {
	cycles := append(loops, f.labels(fn, d.Node.Pos())...)
	if len(cycles) == 0 {
		return nil
	}
	slices.SortStableFunc(cycles, func(a, b ast.Stmt) int { return cmp.Compare(b.Pos(), a.Pos()) })
	g := f.graphs.Of(fn)
	at, ok := g.Find(d.Node)
	if !ok {
		return nil
	}
	for _, stmt := range cycles {
		if c := g.Cycle(stmt); c != nil && c.Returns(at) {
			return stmt
		}
	}
	return nil
}

// labels returns the labels before pos that a goto behind pos returns to.
func (f *finder) labels(fn *source.Func, pos token.Pos) (found []ast.Stmt) {
	all, ok := f.gotos[fn.Node]
	if !ok {
		all = reaching(graph.Labels(fn.Body))
		f.gotos[fn.Node] = all
	}
	before, _ := slices.BinarySearchFunc(all, pos, func(l label, pos token.Pos) int { return cmp.Compare(l.Stmt.Pos(), pos) })
	for i := before - 1; i >= 0 && pos < all[i].reach; i-- {
		if pos < all[i].End {
			found = append(found, all[i].Stmt)
		}
	}
	return found
}

// A label is one of a function's with how far it and those before it reach.
type label struct {
	graph.Label
	reach token.Pos
}

// reaching returns labels, which are in source order, with how far they reach.
func reaching(labels []graph.Label) (all []label) {
	var reach token.Pos
	for _, l := range labels {
		reach = max(reach, l.End)
		all = append(all, label{l, reach})
	}
	return all
}

func (f *finder) sorted() []*Site {
	var sites []*Site
	for _, s := range f.sites {
		slices.SortFunc(s.Delays, func(a, b *Delay) int { return f.pkg.Compare(a.Node.Pos(), b.Node.Pos()) })
		sites = append(sites, s)
	}
	slices.SortFunc(sites, func(a, b *Site) int { return f.pkg.Compare(a.Cycle.Pos(), b.Cycle.Pos()) })
	return sites
}
