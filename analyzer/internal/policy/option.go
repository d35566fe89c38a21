package policy

import (
	"go/ast"

	"golang.org/x/tools/go/ast/inspector"
)

// An option is a call or a field beside a value.
type option struct {
	name  string
	value ast.Expr // the field's value, or the argument that is a number
}

// options returns the calls and fields that stand beside at in lists of
// arguments and literals, around it, and in its chain of methods, up to its
// statement.
func (f *finder) options(at inspector.Cursor) (all []option) {
	for cur := at; cur.Valid(); cur = cur.Parent() {
		switch n := cur.Node().(type) {
		case *ast.CallExpr:
			all = append(all, f.callOptions(n)...)
		case *ast.CompositeLit:
			all = append(all, f.fieldOptions(n)...)
		case ast.Stmt, ast.Decl:
			return all
		}
	}
	return all
}

// callOptions returns the options that call is, has as arguments, and is
// chained to.
func (f *finder) callOptions(call *ast.CallExpr) (all []option) {
	for _, arg := range call.Args {
		if c, ok := ast.Unparen(arg).(*ast.CallExpr); ok {
			all = append(all, f.called(c)...)
		}
	}
	for {
		all = append(all, f.called(call)...)
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if !ok {
			return all
		}
		if call, ok = ast.Unparen(sel.X).(*ast.CallExpr); !ok {
			return all
		}
	}
}

// called returns call as options: one an argument.
func (f *finder) called(call *ast.CallExpr) (all []option) {
	obj := f.callee(call)
	if obj == nil {
		return nil
	}
	for _, arg := range call.Args {
		all = append(all, option{obj.Name(), arg})
	}
	if len(call.Args) == 0 {
		all = append(all, option{name: obj.Name()})
	}
	return all
}

func (f *finder) fieldOptions(lit *ast.CompositeLit) (all []option) {
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); ok {
				all = append(all, option{id.Name, kv.Value})
			}
		} else if c, ok := ast.Unparen(e).(*ast.CallExpr); ok {
			all = append(all, f.called(c)...)
		}
	}
	return all
}
