package helper

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// unknownName returns a name that a template takes of a package, which does not
// export it, with what to say; sure is false if it may be there all the same.
func (f *fitting) unknownName() (id *ast.Ident, text string, sure bool) {
	ast.Inspect(f.sample.file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok || text != "" {
			return text == ""
		}
		x, ok := sel.X.(*ast.Ident)
		if !ok {
			return true
		}
		pkg, ok := f.info.Uses[x].(*types.PkgName)
		if !ok {
			return true
		}
		path := pkg.Imported().Path()
		has, known := f.set.Has(path, sel.Sel.Name)
		if has && sel.Sel.IsExported() {
			return true
		}
		id, sure = sel.Sel, known || !sel.Sel.IsExported()
		text = fmt.Sprintf("%s.%s is not in %s%s", x.Name, sel.Sel.Name, f.placeOf(path), f.othersThan(path, sel.Sel.Name))
		return false
	})
	return id, text, sure
}

// placeOf returns the path of a package, with the version of its module.
func (f *fitting) placeOf(path string) string {
	_, version, ok := strings.Cut(f.places[path].Module, " ")
	if !ok {
		return path
	}
	return path + " " + version
}

// othersThan lists what a package has instead of a name: what is like it, or all
// of the same kind if there is little of that.
func (f *fitting) othersThan(path, name string) string {
	called := func(sel *ast.SelectorExpr) bool { return sel.Sel.Name == name }
	isFunc := false
	ast.Inspect(f.sample.file, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
			isFunc = isFunc || ok && called(sel)
		}
		return true
	})
	return has(f.set.Exported(path, isFunc), name)
}

// fewNames is how many names a message lists.
const fewNames = 5

// has says which names there are, those that are like name if they are many.
func has(names []string, name string) string {
	if len(names) == 0 {
		return ""
	}
	if len(names) > fewNames {
		slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(distance(a, name), distance(b, name)) })
		names = names[:fewNames]
		slices.Sort(names)
	}
	return "; it has " + strings.Join(names, ", ")
}

// distance is how many letters must be added, left out or changed to make b of a.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(row[j]+1, row[j+1]+1, cost)
		}
	}
	return row[len(b)]
}

// fieldsAt returns the fields of the struct whose literal holds pos.
func (f *fitting) fieldsAt(pos token.Pos) (names []string) {
	ast.Inspect(f.sample.file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.CompositeLit); ok && lit.Lbrace <= pos && pos <= lit.Rbrace {
			names = fieldsOf(f.info.TypeOf(lit))
		}
		return true
	})
	return names
}

// selectableAt returns the fields and methods of which pos should name one.
func (f *fitting) selectableAt(pos token.Pos) (names []string) {
	ast.Inspect(f.sample.file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Pos() == pos {
			names = append(fieldsOf(f.info.TypeOf(sel.X)), methodsOf(f.info.TypeOf(sel.X))...)
		}
		return true
	})
	return names
}

// fieldsOf returns the exported fields of a struct, or of what t points to.
func fieldsOf(t types.Type) (names []string) {
	if t == nil {
		return nil
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	if s, ok := t.Underlying().(*types.Struct); ok {
		for v := range s.Fields() {
			if v.Exported() {
				names = append(names, v.Name())
			}
		}
	}
	return names
}

// methodsOf returns the exported methods of t.
func methodsOf(t types.Type) (names []string) {
	if t == nil {
		return nil
	}
	for m := range types.NewMethodSet(t).Methods() {
		if m.Obj().Exported() {
			names = append(names, m.Obj().Name())
		}
	}
	return names
}
