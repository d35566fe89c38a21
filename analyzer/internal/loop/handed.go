package loop

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// calls adds what a function may write whose body the package does not have: what it is
// handed, but for what is left out, and variables that it can name.
func (l *Loop) calls(call *ast.CallExpr, c *cells, out func(ast.Expr) bool) {
	if l.Pkg.Callee(call) != nil || l.Info.Types[call.Fun].IsType() || l.onlyTells(call) {
		return
	}
	switch fn := typeutil.Callee(l.Info, call).(type) {
	case *types.Builtin:
		return
	case *types.Func:
		recv := fn.Signature().Recv()
		c.open = recv != nil && types.IsInterface(recv.Type())
		if c.by = fn.Pkg(); c.by == l.Pkg.Types {
			c.by = nil
		}
	default:
		c.open = true
	}
	for _, arg := range call.Args {
		if !out(arg) {
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

// addHanded adds what can be written by who has a value of type t: elements, what it
// points to, and of structs the exported fields, for the methods are known.
func (c *cells) addHanded(t types.Type) {
	if t == nil {
		return
	}
	switch u := t.Underlying().(type) {
	case *types.Map, *types.Slice:
		c.addKind(t)
	case *types.Pointer:
		if s, ok := u.Elem().Underlying().(*types.Struct); ok {
			c.addFields(s, maxHanded)
		} else {
			c.addKind(u.Elem())
		}
	}
}

// maxHanded is how far it is looked from field to field.
const maxHanded = 3

// addFields adds the exported fields of s, and those of structs in it.
func (c *cells) addFields(s *types.Struct, depth int) {
	for f := range s.Fields() {
		if !f.Exported() {
			continue
		}
		c.objs = append(c.objs, f)
		t := f.Type()
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		if inner, ok := t.Underlying().(*types.Struct); ok && depth > 0 {
			c.addFields(inner, depth-1)
		}
	}
}
