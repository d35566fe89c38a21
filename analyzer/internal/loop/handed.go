package loop

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// calls adds what a function may write whose body the package does not have: what it is
// handed, but for what is of another function, and variables that it can name.
func (l *Loop) calls(call *ast.CallExpr, c *cells) {
	if l.Pkg.Callee(call) != nil || l.Info.Types[call.Fun].IsType() {
		return
	}
	switch fn := typeutil.Callee(l.Info, call).(type) {
	case *types.Builtin:
		return
	case *types.Func:
		if logs(fn) {
			return
		}
		recv := fn.Signature().Recv()
		c.open = recv != nil && types.IsInterface(recv.Type())
		if c.by = fn.Pkg(); c.by == l.Pkg.Types {
			c.by = nil
		}
	default:
		c.open = true
	}
	for _, arg := range call.Args {
		if !l.ofAnother(arg) {
			c.addHanded(l.Info.TypeOf(arg))
		}
	}
}

// ofAnother reports whether e is a variable, or its address, that another function has
// declared: what is in it is hardly what the loop reads.
func (l *Loop) ofAnother(e ast.Expr) bool {
	e = ast.Unparen(e)
	if u, ok := e.(*ast.UnaryExpr); ok && u.Op == token.AND {
		e = u.X
	}
	v := code.Local(l.Info, e)
	return v != nil && v.Kind() == types.LocalVar && l.declOf(v.Pos()) != l.Decl
}

// addHanded adds what can be written by who has a value of type t.
func (c *cells) addHanded(t types.Type) {
	if t != nil {
		handed(t, func(f *types.Var) bool {
			c.objs = append(c.objs, f)
			return false
		}, func(kind types.Type) bool {
			c.addKind(kind)
			return false
		})
	}
}

// handed reports whether field or kind holds of something that can be written by who has
// a value of type t: elements, what it points to, and of structs the exported fields, for
// the methods are known.
func handed(t types.Type, field func(*types.Var) bool, kind func(types.Type) bool) bool {
	switch u := t.Underlying().(type) {
	case *types.Map, *types.Slice:
		return kind(t)
	case *types.Pointer:
		if s, ok := u.Elem().Underlying().(*types.Struct); ok {
			return anyField(s, maxHanded, field)
		}
		return kind(u.Elem())
	}
	return false
}

// maxHanded is how far it is looked from field to field.
const maxHanded = 3

// anyField reports whether is holds of an exported field of s, or of structs in it.
func anyField(s *types.Struct, depth int, is func(*types.Var) bool) bool {
	for f := range s.Fields() {
		if !f.Exported() {
			continue
		}
		if is(f) {
			return true
		}
		t := f.Type()
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		if inner, ok := t.Underlying().(*types.Struct); ok && depth > 0 && anyField(inner, depth-1, is) {
			return true
		}
	}
	return false
}
