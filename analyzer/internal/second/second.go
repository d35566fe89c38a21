// Package second finds out whether what repeats an operation is given it as a
// func value: then it is a retry helper of its own.
package second

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
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
	cycle, ok := pkg.Find(s.Cycle)
	if !ok {
		return nil
	}
	f := &finder{pkg: pkg, around: functions(cycle)}
	owner := f.called(call, 3)
	if owner == nil {
		return nil
	}
	return f.helper(owner)
}

// functions returns the functions around cur, itself if it is one, innermost
// first.
func functions(cur inspector.Cursor) (around []ast.Node) {
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
	cur, ok := f.pkg.Find(lit)
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
		return owner
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

// given returns the function around whose parameter e is, or is a field of. A field
// that takes something is what the function works with, not what it is to do.
func (f *finder) given(e ast.Expr, depth int) ast.Node {
	if signature(f.pkg.Info.TypeOf(e)) == nil || depth == 0 {
		return nil
	}
	if _, field := ast.Unparen(e).(*ast.SelectorExpr); field && !f.takesNothing(e) {
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
		if !code.IsContext(v.Type()) && (!isBasic || b.Info()&types.IsInteger == 0) {
			return false
		}
	}
	return true
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
