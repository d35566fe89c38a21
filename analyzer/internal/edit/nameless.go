package edit

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// nameless takes from a draft the names that it declares for the package, which are
// those of the old declaration, and makes a method a function that takes its receiver as
// its first parameter. What it returns puts all back once the draft has been checked.
func nameless(d *source.Draft, pkg *source.Package) (restore func()) {
	ids, olds := namesOf(d.New), namesOf(d.Old)
	var names []string
	for _, id := range ids {
		names = append(names, id.Name)
		id.Name = "_"
	}
	fn, _ := d.New.(*ast.FuncDecl)
	unmade := func() {}
	if fn != nil && fn.Recv != nil {
		unmade = asFunction(fn)
		if old, ok := pkg.Info.Defs[olds[0]].(*types.Func); ok {
			for p := range old.Signature().RecvTypeParams().TypeParams() {
				d.Types.Scope().Insert(p.Obj())
			}
		}
	}
	return func() {
		unmade()
		for i, id := range ids {
			id.Name = names[i]
		}
		if d.Info == nil {
			return
		}
		if fn != nil {
			d.Sig = signature(d.Info.Defs[fn.Name], fn.Recv != nil)
		}
		for i, id := range ids {
			d.Info.Defs[id] = pkg.Info.Defs[olds[i]]
		}
	}
}

// namesOf returns the names that d declares for the package, also as a method.
func namesOf(d ast.Decl) []*ast.Ident {
	if fn, ok := d.(*ast.FuncDecl); ok {
		return []*ast.Ident{fn.Name}
	}
	return code.Names(d)
}

// asFunction makes fn a function that takes its receiver as its first parameter, and
// returns what makes it a method again.
func asFunction(fn *ast.FuncDecl) (restore func()) {
	recv, params := fn.Recv, fn.Type.Params
	all := *params
	all.List = nil
	for _, field := range slices.Concat(recv.List, params.List) {
		named := *field
		if len(named.Names) == 0 { // all have names, or none
			named.Names = []*ast.Ident{ast.NewIdent("_")}
		}
		all.List = append(all.List, &named)
	}
	fn.Recv, fn.Type.Params = nil, &all
	return func() { fn.Recv, fn.Type.Params = recv, params }
}

// signature returns the type of a function, or, if it is a method, of that, with the
// function's first parameter as its receiver; nil if it has none.
func signature(fn types.Object, method bool) *types.Signature {
	if fn == nil {
		return nil
	}
	sig, ok := fn.Type().(*types.Signature)
	if !ok || !method || sig.Params().Len() == 0 {
		return sig
	}
	params := slices.Collect(sig.Params().Variables())
	params[0].SetKind(types.RecvVar)
	return types.NewSignatureType(params[0], nil, nil, types.NewTuple(params[1:]...), sig.Results(), sig.Variadic())
}
