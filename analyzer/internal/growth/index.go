package growth

import (
	"go/ast"
	"go/token"
	"go/types"
	"sort"

	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// A def is one place that gives a variable or a field a value.
type def struct {
	pos   token.Pos   // where in the order of execution; a loop's post statement stands at the loop's end
	op    token.Token // ASSIGN, or what is applied to the old value (ADD for += and ++)
	rhs   ast.Expr    // nil for the zero value and for ++ and --
	index int         // which result of rhs, if that is a call with several
	loop  *ast.RangeStmt
	value bool // loop's second variable, not the first

	block ast.Node // the innermost block or clause
	inner ast.Node // the innermost loop or function literal
	guard *ast.IfStmt
	dead  bool // not visible what is written: the address was taken
}

// An index holds all definitions of a package by the variable or field they
// define. Fields of different values count as one: a loop deals with one.
type index struct {
	info   *types.Info
	defs   map[types.Object][]def
	resets map[types.Object][]def // t.Reset(d), by t
	known  map[string]foreignFunc

	stack []ast.Node
}

func (a *Analysis) index() *index {
	if a.defs == nil {
		a.defs = newIndex(a.pkg)
	}
	return a.defs
}

func newIndex(pkg *source.Package) *index {
	ix := &index{info: pkg.Info, defs: map[types.Object][]def{}, resets: map[types.Object][]def{}, known: knownFuncs()}
	for _, file := range pkg.Files {
		ast.PreorderStack(file, nil, func(n ast.Node, stack []ast.Node) bool {
			ix.stack = stack
			ix.visit(n)
			return true
		})
	}
	for _, defs := range ix.defs {
		sort.SliceStable(defs, func(i, j int) bool { return defs[i].pos < defs[j].pos })
	}
	return ix
}

func (ix *index) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		ix.assign(n)
	case *ast.IncDecStmt:
		ix.add(n.X, n, def{op: incDec[n.Tok]})
	case *ast.ValueSpec:
		for i, id := range n.Names {
			ix.add(id, n, ix.result(n.Values, len(n.Names), i))
		}
	case *ast.RangeStmt:
		if n.Key != nil {
			ix.add(n.Key, n, def{op: token.ASSIGN, loop: n})
		}
		if n.Value != nil {
			ix.add(n.Value, n, def{op: token.ASSIGN, loop: n, value: true})
		}
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			ix.address(n.X, n)
		}
	case *ast.CallExpr:
		if sel, ok := n.Fun.(*ast.SelectorExpr); ok && len(n.Args) == 1 {
			ix.method(sel, n)
		}
	}
}

// method notes the calls that change what they are called on: a timer's Reset,
// and Add and Store of an atomic number.
func (ix *index) method(sel *ast.SelectorExpr, call *ast.CallExpr) {
	switch obj := ix.object(sel.X); {
	case obj == nil:
	case sel.Sel.Name == "Reset":
		ix.resets[obj] = append(ix.resets[obj], ix.placed(call, def{op: token.ASSIGN, rhs: call.Args[0]}))
	case !isNamed(ix.info.TypeOf(sel.X), "sync/atomic", "Int32", "Int64", "Uint32", "Uint64"):
	case sel.Sel.Name == "Add":
		ix.add(sel.X, call, def{op: token.ADD, rhs: call.Args[0]})
	case sel.Sel.Name == "Store":
		ix.add(sel.X, call, def{op: token.ASSIGN, rhs: call.Args[0]})
	}
}

var incDec = map[token.Token]token.Token{token.INC: token.ADD, token.DEC: token.SUB}

// assignOps gives the operator of each assignment.
var assignOps = map[token.Token]token.Token{
	token.ASSIGN: token.ASSIGN, token.DEFINE: token.ASSIGN,
	token.ADD_ASSIGN: token.ADD, token.SUB_ASSIGN: token.SUB, token.MUL_ASSIGN: token.MUL,
	token.QUO_ASSIGN: token.QUO, token.REM_ASSIGN: token.REM, token.SHL_ASSIGN: token.SHL,
	token.SHR_ASSIGN: token.SHR, token.AND_ASSIGN: token.AND, token.OR_ASSIGN: token.OR,
	token.XOR_ASSIGN: token.XOR, token.AND_NOT_ASSIGN: token.AND_NOT,
}

func (ix *index) assign(n *ast.AssignStmt) {
	for i, lhs := range n.Lhs {
		d := ix.result(n.Rhs, len(n.Lhs), i)
		d.op = assignOps[n.Tok]
		ix.add(lhs, n, d)
	}
}

// result is the definition by the i-th of n values that exprs give.
func (ix *index) result(exprs []ast.Expr, n, i int) def {
	switch len(exprs) {
	case n:
		return def{op: token.ASSIGN, rhs: exprs[i]}
	case 1:
		return def{op: token.ASSIGN, rhs: exprs[0], index: i}
	}
	return def{op: token.ASSIGN}
}

// address notes that &x is used: whoever has the address may write. Atomics,
// decoders and flags do, and what they write is not seen.
func (ix *index) address(x ast.Expr, n ast.Node) {
	if t := ix.info.TypeOf(x); t != nil {
		if _, ok := t.Underlying().(*types.Basic); ok {
			ix.add(x, n, def{op: token.ASSIGN, dead: true})
		}
	}
}

func (ix *index) add(lhs ast.Expr, n ast.Node, d def) {
	if obj := ix.object(lhs); obj != nil {
		ix.defs[obj] = append(ix.defs[obj], ix.placed(n, d))
	}
}

// placed returns the definition d that is made at n, with what encloses it.
func (ix *index) placed(n ast.Node, d def) def {
	d.pos = n.Pos()
	child := n
	for i := len(ix.stack) - 1; i >= 0; i-- {
		ix.place(&d, ix.stack[i], child)
		child = ix.stack[i]
	}
	return d
}

// place notes what encloses a definition; child is the part of outer it is in.
func (ix *index) place(d *def, outer, child ast.Node) {
	switch outer := outer.(type) {
	case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause:
		if d.block == nil {
			d.block = outer
		}
	case *ast.ForStmt:
		if child == outer.Post && d.block == nil {
			d.pos, d.block = outer.End(), outer
		}
		if child != outer.Init && d.inner == nil {
			d.inner = outer
		}
	case *ast.RangeStmt:
		if d.inner == nil {
			d.inner = outer
		}
	case *ast.FuncLit:
		if d.inner == nil {
			d.inner = outer
		}
	case *ast.IfStmt:
		if d.guard == nil && child == outer.Body {
			d.guard = outer
		}
	}
}

// object returns the variable or field that e names, or nil.
func (ix *index) object(e ast.Expr) types.Object {
	switch e := e.(type) {
	case *ast.Ident:
		if v, ok := ix.info.ObjectOf(e).(*types.Var); ok {
			return v
		}
	case *ast.SelectorExpr:
		if v, ok := ix.info.ObjectOf(e.Sel).(*types.Var); ok {
			return v.Origin()
		}
	case *ast.ParenExpr:
		return ix.object(e.X)
	case *ast.StarExpr:
		return ix.object(e.X)
	}
	return nil
}
