// Package shape computes fingerprints of syntax that outlive edits which do not
// make it another piece of code.
package shape

import (
	"crypto/sha256"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"hash"
	"reflect"
)

// Of returns the fingerprint of n, which belongs to pkg: 16 hexadecimal digits.
// It does not depend on positions, comments, layout, parentheses, the values
// of literals, and the names of what the function declares or the file imports.
// Pkg and info may lack what does not type-check.
func Of(n ast.Node, pkg *types.Package, info *types.Info) string {
	h := sha256.New()
	w := &writer{out: h, pkg: pkg, info: info, locals: make(map[types.Object]int)}
	w.value(reflect.ValueOf(n))
	return fmt.Sprintf("%x", h.Sum(nil)[:8])
}

// A writer writes syntax as text.
type writer struct {
	out    hash.Hash
	pkg    *types.Package
	info   *types.Info
	locals map[types.Object]int // in the order of their first use
}

func (w *writer) printf(format string, args ...any) { w.out.Write(fmt.Appendf(nil, format, args...)) }

// value writes v, a node or a part of one. What is not there leaves no trace,
// so that later versions of go/ast may have more fields.
func (w *writer) value(v reflect.Value) {
	if v.IsZero() {
		return
	}
	switch x := v.Interface().(type) {
	case token.Pos, *ast.CommentGroup:
		return
	case *ast.Ident:
		w.printf("%s ", w.name(x))
		return
	case *ast.BasicLit:
		w.printf("%v ", x.Kind)
		return
	case *ast.ParenExpr:
		w.value(reflect.ValueOf(x.X))
		return
	}
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		w.value(v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			w.value(v.Index(i))
		}
	case reflect.Struct:
		w.printf("(%s ", v.Type().Name())
		for i := range v.NumField() {
			w.field(v.Type().Field(i).Name, v.Field(i))
		}
		w.printf(") ")
	default:
		w.printf("%v ", v)
	}
}

// field writes a field with its name: an if statement may lack any of its parts.
func (w *writer) field(name string, v reflect.Value) {
	if !v.IsZero() {
		w.printf("%s:", name)
		w.value(v)
	}
}

// name returns what stands for an identifier.
func (w *writer) name(id *ast.Ident) string {
	obj := w.info.ObjectOf(id)
	switch obj := obj.(type) {
	case nil:
		if _, defined := w.info.Defs[id]; defined {
			return "$" // the variable of a type switch
		}
		return id.Name
	case *types.PkgName:
		return obj.Imported().Path()
	}
	if id.Name == "_" || !w.local(obj) {
		return id.Name
	}
	n, ok := w.locals[obj]
	if !ok {
		n = len(w.locals)
		w.locals[obj] = n
	}
	return fmt.Sprintf("$%d", n)
}

// local reports whether obj is declared in a function.
func (w *writer) local(obj types.Object) bool {
	if _, label := obj.(*types.Label); label {
		return true
	}
	scope := obj.Parent() // nil for fields and methods
	return obj.Pkg() == w.pkg && scope != nil && scope != w.pkg.Scope()
}
