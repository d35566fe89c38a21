// Package second finds out whether what repeats an operation is given it as a
// func value: then it is a retry helper of its own.
package second

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// A Helper is a function that takes the operation as a func value.
type Helper struct {
	Node ast.Node      // *ast.FuncDecl or *ast.FuncLit
	Type *ast.FuncType // its type as written
	Name string        // "" for a function literal without one
	Obj  types.Object  // the *types.Func declared, or the variable that holds the literal, or nil
}

// Of returns the helper that s is the inside of if op, which s repeats, is
// given to a function around it; nil if it is not.
func Of(pkg *source.Package, s *site.Site, op ast.Node) *Helper {
	call, ok := op.(*ast.CallExpr)
	if !ok {
		return nil
	}
	f := &finder{pkg: pkg, around: functions(pkg, s.Cycle)}
	owner := f.called(call, 3)
	if owner == nil {
		return nil
	}
	return f.helper(owner)
}

// functions returns the functions around n, itself if it is one, innermost
// first.
func functions(pkg *source.Package, n ast.Node) (around []ast.Node) {
	cur, ok := pkg.Inspector().Root().FindNode(n)
	if !ok {
		return nil
	}
	for c := range cur.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		around = append(around, c.Node())
	}
	return around
}

type finder struct {
	pkg    *source.Package
	around []ast.Node
}

func (f *finder) helper(owner ast.Node) *Helper {
	h := &Helper{Node: owner}
	switch n := owner.(type) {
	case *ast.FuncDecl:
		h.Type, h.Name, h.Obj = n.Type, n.Name.Name, f.pkg.Info.Defs[n.Name]
	case *ast.FuncLit:
		h.Type = n.Type
		if h.Obj = f.holder(n); h.Obj != nil {
			h.Name = h.Obj.Name()
		}
	}
	return h
}

// holder returns the variable that is given lit and nothing else, or nil.
func (f *finder) holder(lit *ast.FuncLit) types.Object {
	cur, ok := f.pkg.Inspector().Root().FindNode(lit)
	if !ok {
		return nil
	}
	var names []*ast.Ident
	switch n := cur.Parent().Node().(type) {
	case *ast.AssignStmt:
		for _, lhs := range n.Lhs {
			if id, ok := lhs.(*ast.Ident); ok {
				names = append(names, id)
			}
		}
	case *ast.ValueSpec:
		names = n.Names
	}
	for _, id := range names {
		obj := f.pkg.Info.ObjectOf(id)
		if fn := f.pkg.Lookup(obj); fn != nil && fn.Node == ast.Node(lit) {
			return obj
		}
	}
	return nil
}

// called returns the function around whose parameter call calls: by its name,
// as a field of it, or in a function that this package shows and that does
// nothing but run it. It looks into so many of these.
func (f *finder) called(call *ast.CallExpr, depth int) ast.Node {
	if depth == 0 {
		return nil
	}
	if owner := f.given(call.Fun, depth); owner != nil {
		if _, field := ast.Unparen(call.Fun).(*ast.SelectorExpr); !field || f.takesNothing(call.Fun) {
			return owner
		}
		return nil // the field is what the function works with, not what it is to do
	}
	fn := f.pkg.Callee(call)
	if fn == nil {
		return nil
	}
	if _, ok := fn.Node.(*ast.FuncLit); ok {
		return f.inside(fn, depth)
	}
	for _, arg := range call.Args {
		if owner := f.given(arg, depth); owner != nil && f.takesNothing(arg) {
			return owner
		}
	}
	return nil
}

// given returns the function around whose parameter e is, or is a field of.
func (f *finder) given(e ast.Expr, depth int) ast.Node {
	if signature(f.pkg.Info.TypeOf(e)) == nil || depth == 0 {
		return nil
	}
	for {
		sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
		if !ok {
			break
		}
		if s := f.pkg.Info.Selections[sel]; s == nil || s.Kind() != types.FieldVal {
			return nil
		}
		e = sel.X
	}
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	obj := f.pkg.Info.Uses[id]
	for _, owner := range f.around {
		if f.isParam(owner, obj) {
			return owner
		}
	}
	if def := f.alias(obj); def != nil {
		return f.given(def, depth-1)
	}
	return nil
}

// isParam reports whether obj is a parameter of fn, other than its receiver.
func (f *finder) isParam(fn ast.Node, obj types.Object) bool {
	if obj == nil {
		return false
	}
	typ := funcType(fn)
	return slices.ContainsFunc(typ.Params.List, func(field *ast.Field) bool {
		return slices.ContainsFunc(field.Names, func(id *ast.Ident) bool { return f.pkg.Info.Defs[id] == obj })
	})
}

func funcType(fn ast.Node) *ast.FuncType {
	switch fn := fn.(type) {
	case *ast.FuncDecl:
		return fn.Type
	case *ast.FuncLit:
		return fn.Type
	}
	return nil
}

// alias returns the one value that a variable of the functions around is given
// where it is declared, if that is no function literal; nil if there is none.
func (f *finder) alias(obj types.Object) (def ast.Expr) {
	if v, ok := obj.(*types.Var); !ok || v.IsField() || len(f.around) == 0 {
		return nil
	}
	times := 0
	ast.Inspect(f.around[len(f.around)-1], func(n ast.Node) bool {
		assign, ok := n.(*ast.AssignStmt)
		if !ok {
			return true
		}
		for i, lhs := range assign.Lhs {
			if id, ok := lhs.(*ast.Ident); ok && f.pkg.Info.ObjectOf(id) == obj {
				times++
				if len(assign.Lhs) == len(assign.Rhs) && f.pkg.Info.Defs[id] == obj {
					def = assign.Rhs[i]
				}
			}
		}
		return true
	})
	if times != 1 {
		return nil
	}
	return def
}

// inside returns the function around whose parameter the literal fn calls for
// what it returns.
func (f *finder) inside(fn *source.Func, depth int) (owner ast.Node) {
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.GoStmt, *ast.DeferStmt:
			return false
		case *ast.ExprStmt: // what comes back is dropped
			_, isCall := ast.Unparen(n.X).(*ast.CallExpr)
			return !isCall
		case *ast.CallExpr:
			if owner == nil {
				owner = f.called(n, depth-1)
			}
		}
		return owner == nil
	})
	return owner
}

// takesNothing reports whether the func value e takes nothing, or a context
// and the number of the attempt at most.
func (f *finder) takesNothing(e ast.Expr) bool {
	sig := signature(f.pkg.Info.TypeOf(e))
	if sig == nil || sig.Results().Len() == 0 {
		return false
	}
	for v := range sig.Params().Variables() {
		b, isBasic := v.Type().Underlying().(*types.Basic)
		if !isContext(v.Type()) && (!isBasic || b.Info()&types.IsInteger == 0) {
			return false
		}
	}
	return true
}

func isContext(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "context" && n.Obj().Name() == "Context"
}

// signature returns the type of a func value, also of one whose type is a
// parameter; nil if t is no function.
func signature(t types.Type) *types.Signature {
	if t == nil {
		return nil
	}
	if p, ok := types.Unalias(t).(*types.TypeParam); ok {
		return core(p)
	}
	sig, _ := t.Underlying().(*types.Signature)
	return sig
}

// core returns the signature that a type parameter is confined to, or nil.
func core(p *types.TypeParam) *types.Signature {
	i, ok := p.Constraint().Underlying().(*types.Interface)
	if !ok || i.NumEmbeddeds() != 1 {
		return nil
	}
	t := i.EmbeddedType(0)
	if u, ok := t.(*types.Union); ok && u.Len() == 1 {
		t = u.Term(0).Type()
	}
	sig, _ := t.Underlying().(*types.Signature)
	return sig
}

// Calls counts, for each function and variable of the package, the calls of it
// outside of tests. Those of a function that only hands an operation on to
// another one count for that one, too.
type Calls struct {
	pkg     *source.Package
	direct  map[types.Object]int
	through map[types.Object]map[types.Object]bool // by the function that is called: those that hand it their own parameter
}

// CountCalls reads the calls of pkg. IsTest reports whether a file is left out.
func CountCalls(pkg *source.Package, isTest func(*ast.File) bool) *Calls {
	c := &Calls{pkg: pkg, direct: make(map[types.Object]int), through: make(map[types.Object]map[types.Object]bool)}
	for file := range pkg.Inspector().Root().Children() {
		if n, ok := file.Node().(*ast.File); !ok || isTest(n) {
			continue
		}
		for cur := range file.Preorder((*ast.CallExpr)(nil)) {
			call := cur.Node().(*ast.CallExpr)
			obj := origin(typeutil.Callee(pkg.Info, call))
			if obj == nil || obj.Pkg() != pkg.Types {
				continue
			}
			caller := c.handsOn(functions(pkg, call), call)
			switch {
			case caller == obj: // itself
			case caller != nil:
				if c.through[obj] == nil {
					c.through[obj] = make(map[types.Object]bool)
				}
				c.through[obj][caller] = true
			default:
				c.direct[obj]++
			}
		}
	}
	return c
}

func origin(obj types.Object) types.Object {
	if fn, ok := obj.(*types.Func); ok {
		return fn.Origin()
	}
	return obj
}

// handsOn returns the declared function around call that gives it an operation
// of its own parameters, or nil.
func (c *Calls) handsOn(around []ast.Node, call *ast.CallExpr) (caller types.Object) {
	if len(around) == 0 {
		return nil
	}
	decl, ok := around[len(around)-1].(*ast.FuncDecl)
	if !ok {
		return nil
	}
	f := &finder{pkg: c.pkg, around: []ast.Node{decl}}
	for _, arg := range call.Args {
		ast.Inspect(arg, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && signature(c.pkg.Info.TypeOf(id)) != nil && f.takesNothing(id) && f.isParam(decl, c.pkg.Info.Uses[id]) {
				caller = c.pkg.Info.Defs[decl.Name]
			}
			return caller == nil
		})
	}
	return caller
}

// Of returns how many calls obj has.
func (c *Calls) Of(obj types.Object) int { return c.of(obj, make(map[types.Object]bool)) }

func (c *Calls) of(obj types.Object, seen map[types.Object]bool) int {
	if obj == nil || seen[obj] {
		return 0
	}
	seen[obj] = true
	n := c.direct[obj]
	for variant := range c.through[obj] {
		n += c.of(variant, seen)
	}
	return n
}
