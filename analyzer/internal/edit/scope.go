package edit

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// A Scope answers questions about the names of a file at one place.
type Scope struct {
	Pkg  *source.Package
	File *ast.File
	Pos  token.Pos
	Used map[string]bool // names that the fix has taken
}

// Block returns the scope of the list of statements that pos begins a statement
// of.
func (s *Scope) Block() *types.Scope { return s.Pkg.Innermost(s.Pos - 1) }

// Lookup returns what name means at the place of s.
func (s *Scope) Lookup(name string) types.Object { return s.Pkg.LookupAt(name, s.Pos) }

// Fresh returns the first of names, or a numbered one, that nothing between
// from and to uses and that means nothing at pos.
func (s *Scope) Fresh(n ast.Node, names ...string) string {
	taken := make(map[string]bool)
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			taken[id.Name] = true
		}
		return true
	})
	for i := 0; ; i++ {
		for _, name := range names {
			if i > 0 {
				name += strconv.Itoa(i + 1)
			}
			if !taken[name] && !s.Used[name] && s.Lookup(name) == nil {
				s.Used[name] = true
				return name
			}
		}
	}
}

// olderNames are packages that only give other names to what one of std has.
var olderNames = map[string]string{"golang.org/x/net/context": "context"}

// Imported returns the name by which the file imports path where the scope is:
// "." for a dot import; not ok if it does not, or if the name is shadowed.
func (s *Scope) Imported(path string) (string, bool) {
	for _, imp := range s.File.Imports {
		if p, err := strconv.Unquote(imp.Path.Value); err != nil || p != path && olderNames[p] != path {
			continue
		}
		obj := s.Pkg.Info.Implicits[imp]
		if imp.Name != nil {
			obj = s.Pkg.Info.Defs[imp.Name]
			if imp.Name.Name == "." {
				if s.shows(path) {
					return ".", true
				}
				continue
			}
		}
		name, ok := obj.(*types.PkgName)
		if ok && s.Lookup(name.Name()) == obj {
			return name.Name(), true
		}
	}
	return "", false
}

// shows reports whether the names of the package that the file imports by a dot mean what
// they do there.
func (s *Scope) shows(path string) bool {
	for _, pkg := range s.Pkg.Types.Imports() {
		if pkg.Path() != path {
			continue
		}
		return !slices.ContainsFunc(pkg.Scope().Names(), func(name string) bool {
			obj := pkg.Scope().Lookup(name)
			return obj.Exported() && s.Lookup(name) != obj
		})
	}
	return true
}

// Means reports whether name is obj where the scope is, which another file of the package may
// name as well: each has its own names of the packages that it imports.
func (s *Scope) Means(name string, obj types.Object) bool {
	found := s.Lookup(name)
	here, ok := found.(*types.PkgName)
	there, alike := obj.(*types.PkgName)
	return obj != nil && (found == obj || ok && alike && here.Imported() == there.Imported())
}

// TypeString writes t as the file names it; not ok if the file cannot.
func (s *Scope) TypeString(t types.Type) (string, bool) {
	ok := true
	text := types.TypeString(t, func(p *types.Package) string {
		if s.Pkg.Owns(p) {
			return ""
		}
		name, found := s.Imported(p.Path())
		if !found {
			ok = false
		}
		if name == "." {
			return ""
		}
		return name
	})
	ok = ok && nameable(t, s, 0)
	return text, ok
}

// nameable reports whether every named type of t can be written here.
func nameable(t types.Type, s *Scope, depth int) bool {
	if depth > 8 {
		return false
	}
	switch t := t.(type) {
	case *types.Basic:
		return t.Kind() != types.Invalid && t.Info()&types.IsUntyped == 0
	case *types.Map:
		return nameable(t.Key(), s, depth+1) && nameable(t.Elem(), s, depth+1)
	case interface{ Elem() types.Type }: // a pointer, slice, array or channel
		return nameable(t.Elem(), s, depth+1)
	case *types.TypeParam:
		return s.Lookup(t.Obj().Name()) == t.Obj()
	case *types.Alias:
		return namedHere(t.Obj(), s) && argsNameable(t.TypeArgs(), s, depth)
	case *types.Named:
		return namedHere(t.Obj(), s) && argsNameable(t.TypeArgs(), s, depth)
	case *types.Interface:
		return t.Empty()
	case *types.Signature:
		return tupleNameable(t.Params(), s, depth) && tupleNameable(t.Results(), s, depth)
	}
	return false
}

func namedHere(obj *types.TypeName, s *Scope) bool {
	switch {
	case obj.Pkg() == nil:
		return true
	case s.Pkg.Owns(obj.Pkg()):
		return s.Lookup(obj.Name()) == obj
	}
	return obj.Exported()
}

func argsNameable(args *types.TypeList, s *Scope, depth int) bool {
	for t := range args.Types() {
		if !nameable(t, s, depth+1) {
			return false
		}
	}
	return true
}

func tupleNameable(tuple *types.Tuple, s *Scope, depth int) bool {
	for v := range tuple.Variables() {
		if !nameable(v.Type(), s, depth+1) {
			return false
		}
	}
	return true
}

// Zero writes the zero value of t; not ok if the file cannot name t.
func (s *Scope) Zero(t types.Type) (string, bool) {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&types.IsBoolean != 0:
			return "false", true
		case u.Info()&types.IsString != 0:
			return `""`, true
		case u.Info()&types.IsNumeric != 0:
			return "0", true
		}
		return "nil", true
	case *types.Struct, *types.Array:
		name, ok := s.TypeString(t)
		return name + "{}", ok
	case *types.Interface:
		if _, ok := types.Unalias(t).(*types.TypeParam); ok {
			name, ok := s.TypeString(t)
			return "*new(" + name + ")", ok
		}
	}
	return "nil", true
}

// ContextIn returns the innermost variable of type context.Context that can be
// named where the scope is: one that is used there, or else one that fn declares;
// "" if there is none. It is one that serves.
func (s *Scope) ContextIn(fn ast.Node, used func(types.Object) bool, serves func(*types.Var) bool) string {
	var own *types.Var
	for _, sc := range s.Pkg.ScopesAt(s.Pos) {
		for _, v := range s.contextsOf(sc) {
			if !serves(v) {
				continue
			}
			if used(v) {
				return v.Name()
			}
			if own == nil && fn.Pos() <= v.Pos() && v.Pos() < fn.End() {
				own = v
			}
		}
	}
	if own == nil {
		return ""
	}
	return own.Name()
}

// contextsOf returns the contexts that sc declares and that can be named where the
// scope is, the last one first.
func (s *Scope) contextsOf(sc *types.Scope) (list []*types.Var) {
	for _, name := range sc.Names() {
		if v, ok := sc.Lookup(name).(*types.Var); ok && code.IsContext(v.Type()) && name != "_" && s.Lookup(name) == v {
			list = append(list, v)
		}
	}
	slices.SortFunc(list, func(v, w *types.Var) int { return int(w.Pos() - v.Pos()) })
	return list
}
