package growth

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/effort"
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

	call  *ast.CallExpr // which is given the address, if that is how it was taken
	param *ast.Ident    // what call's function names it by; nil if its body is not at hand
}

// An index finds the definitions of a package by the variable or field they
// define. It looks for those of a variable when it is asked for them.
type index struct {
	pkg    *source.Package
	info   *types.Info
	defs   map[types.Object][]def
	resets map[types.Object][]def
	known  map[string]foreignFunc // nil if nobody has asked

	others  map[*source.Package]*index
	partial bool // there may be more definitions than it finds
}

func newIndex(pkg *source.Package) *index {
	return &index{
		pkg: pkg, info: pkg.Info,
		defs: map[types.Object][]def{}, resets: map[types.Object][]def{}, others: map[*source.Package]*index{},
	}
}

// object returns the variable or field that e names, or nil.
func (ix *index) object(e ast.Expr) types.Object { return ix.pkg.Variable(e) }

// defsOf returns the definitions of obj in the order of execution.
func (ix *index) defsOf(obj types.Object) []def {
	ix.resolve(obj)
	return ix.defs[obj]
}

// resetsOf returns the calls t.Reset(d), where t is obj.
func (ix *index) resetsOf(obj types.Object) []def {
	ix.resolve(obj)
	return ix.resets[obj]
}

// maxVariables is of how many variables the definitions are kept.
const maxVariables = 4096

// resolve finds what is defined to be obj.
func (ix *index) resolve(obj types.Object) {
	if obj == nil {
		return
	}
	if _, done := ix.defs[obj]; done {
		return
	}
	var defs, resets []def
	for _, w := range ix.pkg.Writes(obj) {
		d, ok := ix.def(w)
		if !ok {
			continue
		}
		if call, ok := w.At.Node().(*ast.CallExpr); ok && code.LastName(call.Fun) == "Reset" {
			resets = append(resets, placed(w.At, d))
		} else {
			defs = append(defs, placed(w.At, d))
		}
	}
	slices.SortStableFunc(defs, func(a, b def) int { return cmp.Compare(a.pos, b.pos) })
	ix.defs, ix.resets = effort.Keep(ix.defs, maxVariables, obj, defs), effort.Keep(ix.resets, maxVariables, obj, resets)
}

// def returns what w gives the variable it names; it is not ok if it gives it nothing.
func (ix *index) def(w source.Write) (def, bool) {
	switch n := w.At.Node().(type) {
	case *ast.AssignStmt:
		d := result(n.Rhs, len(n.Lhs), w.Index)
		d.op = assignOps[n.Tok]
		return d, true
	case *ast.IncDecStmt:
		return def{op: incDec[n.Tok]}, true
	case *ast.ValueSpec:
		return result(n.Values, len(n.Names), w.Index), true
	case *ast.RangeStmt:
		return def{op: token.ASSIGN, loop: n, value: w.Index == 1}, true
	case *ast.UnaryExpr:
		call, param := ix.given(w.At)
		return def{op: token.ASSIGN, dead: true, call: call, param: param}, ix.basic(w.X)
	case *ast.CallExpr:
		if ix.takesAddress(n.Fun.(*ast.SelectorExpr)) {
			return def{op: token.ASSIGN, dead: true, call: n, param: ix.receiverName(n)}, true
		}
		name := code.LastName(n.Fun)
		if changers[name] == 0 || len(n.Args) != 1 {
			return def{}, false
		}
		atomic := isNamed(ix.info.TypeOf(w.X), "sync/atomic", "Int32", "Int64", "Uint32", "Uint64")
		return def{op: changers[name], rhs: n.Args[0]}, atomic || name == "Reset"
	}
	return def{}, false
}

// basic reports whether x is a number or the like. Where &x is used, whoever
// has the address may write: atomics, decoders and flags do, and what they
// write is not seen.
func (ix *index) basic(x ast.Expr) bool {
	_, ok := basic(ix.info.TypeOf(x))
	return ok
}

// changers are the methods that change what they are called on, and how: a
// timer's Reset, and Add and Store of an atomic number.
var changers = map[string]token.Token{"Reset": token.ASSIGN, "Store": token.ASSIGN, "Add": token.ADD}

var incDec = map[token.Token]token.Token{token.INC: token.ADD, token.DEC: token.SUB}

// assignOps gives the operator of each assignment.
var assignOps = map[token.Token]token.Token{
	token.ASSIGN: token.ASSIGN, token.DEFINE: token.ASSIGN,
	token.ADD_ASSIGN: token.ADD, token.SUB_ASSIGN: token.SUB, token.MUL_ASSIGN: token.MUL,
	token.QUO_ASSIGN: token.QUO, token.REM_ASSIGN: token.REM, token.SHL_ASSIGN: token.SHL,
	token.SHR_ASSIGN: token.SHR, token.AND_ASSIGN: token.AND, token.OR_ASSIGN: token.OR,
	token.XOR_ASSIGN: token.XOR, token.AND_NOT_ASSIGN: token.AND_NOT,
}

// result is the definition by the i-th of n values that exprs give.
func result(exprs []ast.Expr, n, i int) def {
	switch len(exprs) {
	case n:
		return def{op: token.ASSIGN, rhs: exprs[i]}
	case 1:
		return def{op: token.ASSIGN, rhs: exprs[0], index: i}
	}
	return def{op: token.ASSIGN}
}

// placed returns the definition d that is made at c, with what encloses it.
func placed(c inspector.Cursor, d def) def {
	child := c.Node()
	d.pos = child.Pos()
	for {
		c = c.Parent()
		outer := c.Node()
		if outer == nil {
			return d
		}
		if _, ok := outer.(*ast.File); ok {
			return d
		}
		d.place(outer, child)
		child = outer
	}
}

// place notes what encloses a definition; child is the part of outer it is in.
func (d *def) place(outer, child ast.Node) {
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
	case *ast.RangeStmt, *ast.FuncLit:
		if d.inner == nil {
			d.inner = outer
		}
	case *ast.IfStmt:
		if d.guard == nil && child == outer.Body {
			d.guard = outer
		}
	}
}
