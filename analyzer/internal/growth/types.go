package growth

import (
	"go/ast"
	"go/types"
	"slices"
)

var errorType = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)

func isError(t types.Type) bool { return t != nil && types.Implements(t, errorType) }

// isNamed reports whether t, or what it points to, is a type of package path
// with one of the names.
func isNamed(t types.Type, path string, names ...string) bool {
	if t == nil {
		return false
	}
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == path && slices.Contains(names, named.Obj().Name())
}

func isDuration(t types.Type) bool { return isNamed(t, "time", "Duration") }

// paramIndex returns which parameter of fn obj is, or -1.
func paramIndex(info *types.Info, fn *ast.FuncType, obj types.Object) int {
	return slices.IndexFunc(paramNames(fn), func(id *ast.Ident) bool { return id != nil && info.Defs[id] == obj })
}

// paramNames returns the names of fn's parameters, nil for those without.
func paramNames(fn *ast.FuncType) (ids []*ast.Ident) {
	if fn == nil {
		return nil
	}
	return fieldNames(fn.Params)
}

func fieldNames(fields *ast.FieldList) (ids []*ast.Ident) {
	if fields == nil {
		return nil
	}
	for _, f := range fields.List {
		ids = append(ids, f.Names...)
		if len(f.Names) == 0 {
			ids = append(ids, nil)
		}
	}
	return ids
}
