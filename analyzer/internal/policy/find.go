package policy

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// A Use is a place where a library is given delays that do not grow, or only
// by a step.
type Use struct {
	Pos, End token.Pos
	Row      *Row
	Package  string // the import path of the library
	Name     string // the identifier, behind its type if it is a method or field
	Text     string // what a message calls it

	// Excuse says why it is so on purpose; "" if nothing says so.
	Excuse string

	// Edits replace one token, and Change says how the delays change; both are
	// empty if there is no fix.
	Edits  []analysis.TextEdit
	Change string
}

// Find returns the uses in the files that are not skipped, in source order. It
// returns at once if the package imports no library of the table.
func Find(pkg *source.Package, table *Table) []*Use {
	f := &finder{pkg: pkg, rows: make(map[*types.Package][]*Row)}
	for _, imp := range pkg.Types.Imports() {
		if rows := table.of(imp.Path()); len(rows) > 0 && !isOwn(imp.Path(), pkg.Types.Path()) {
			f.rows[imp] = rows
		}
	}
	if len(f.rows) == 0 {
		return nil
	}
	for file := range pkg.Inspector().Root().Children() {
		if n, ok := file.Node().(*ast.File); ok && !pkg.Skips(n) {
			for cur := range file.Preorder((*ast.Ident)(nil), (*ast.CompositeLit)(nil), (*ast.AssignStmt)(nil)) {
				f.visit(cur)
			}
		}
	}
	return f.uses
}

// isOwn reports whether the package with the second path is the library's, or
// below it, or is where Kubernetes says how conflicts are tried again.
func isOwn(library, pkg string) bool {
	library, pkg = plain(library), plain(strings.TrimSuffix(pkg, "_test"))
	return pkg == library || strings.HasPrefix(pkg, library+"/") || pkg == k8sRetry
}

type finder struct {
	pkg  *source.Package
	rows map[*types.Package][]*Row
	uses []*Use
}

func (f *finder) visit(cur inspector.Cursor) {
	switch n := cur.Node().(type) {
	case *ast.Ident:
		f.ident(cur, n)
	case *ast.CompositeLit:
		f.literal(cur, n)
	case *ast.AssignStmt:
		f.assignment(cur, n)
	}
}

// add notes the use of a row by the named identifier, from pos to end; at is the
// expression that stands for the delays.
func (f *finder) add(row *Row, pkg *types.Package, name string, at inspector.Cursor, pos, end token.Pos) *Use {
	u := &Use{Pos: pos, End: end, Row: row, Package: pkg.Path(), Name: name, Text: name}
	u.Excuse = f.excuse(row, at)
	f.uses = append(f.uses, u)
	return u
}

// ident looks at a name: a function, a variable, or a type that becomes a zero
// value.
func (f *finder) ident(cur inspector.Cursor, id *ast.Ident) {
	obj := f.pkg.Info.Uses[id]
	if v, ok := obj.(*types.Var); obj == nil || ok && v.IsField() {
		return
	}
	pkg, name := f.named(cur, obj)
	row := f.rowOf(pkg, name)
	if row == nil {
		return
	}
	at := expression(cur)
	if _, ok := obj.(*types.TypeName); ok && !f.isZeroValue(at) {
		return
	}
	pos, end := at.Node().Pos(), at.Node().End()
	if strings.Contains(row.Name, ".") {
		pos = id.Pos() // the receiver may be a chain of calls
		end = id.End()
	}
	if row.Arg == 0 {
		u := f.add(row, pkg, name, at, pos, end)
		f.rename(u, at, id, obj)
		return
	}
	call, ok := called(at)
	if !ok || call.Ellipsis.IsValid() || len(call.Args) < row.Arg {
		return
	}
	arg := call.Args[row.Arg-1]
	if v, ok := f.number(arg, at); ok && row.decides(v) {
		u := f.add(row, pkg, name, at.Parent(), pos, end)
		f.setValue(u, at.Parent(), arg, v)
	}
}

// named returns the package and the name that rows have for obj at cur: a
// method is that of the type it is called on.
func (f *finder) named(cur inspector.Cursor, obj types.Object) (*types.Package, string) {
	if sel, ok := cur.Parent().Node().(*ast.SelectorExpr); ok {
		if s := f.pkg.Info.Selections[sel]; s != nil {
			if t := typeName(s.Recv()); t != nil && s.Kind() != types.FieldVal {
				return t.Pkg(), t.Name() + "." + obj.Name()
			}
			return nil, ""
		}
	}
	return obj.Pkg(), obj.Name()
}

// rowOf returns the row of pkg with the given name, or nil.
func (f *finder) rowOf(pkg *types.Package, name string) *Row {
	for _, r := range f.rows[pkg] {
		if Match(r.Name, name) {
			return r
		}
	}
	return nil
}

// fieldRows returns the rows of the fields of the type t.
func (f *finder) fieldRows(t *types.TypeName) (rows []*Row) {
	for _, r := range f.rows[t.Pkg()] {
		if name, field, ok := strings.Cut(r.Name, "."); ok && r.isField(t, field) && Match(name, t.Name()) {
			rows = append(rows, r)
		}
	}
	return rows
}

// isField reports whether the struct type t has the field.
func (r *Row) isField(t *types.TypeName, field string) bool {
	s, ok := t.Type().Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for v := range s.Fields() {
		if v.Name() == field {
			return true
		}
	}
	return false
}

// decides reports whether the value v makes the row count.
func (r *Row) decides(v float64) bool {
	for _, value := range r.Values {
		if v == value {
			return true
		}
	}
	return false
}

// expression returns the whole of what a name begins or ends: its qualifier
// and its type arguments included.
func expression(cur inspector.Cursor) inspector.Cursor {
	for {
		switch cur.ParentEdgeKind() {
		case edge.SelectorExpr_Sel, edge.IndexExpr_X, edge.IndexListExpr_X, edge.ParenExpr_X:
			cur = cur.Parent()
		default:
			return cur
		}
	}
}

// called returns the call whose function at is.
func called(at inspector.Cursor) (*ast.CallExpr, bool) {
	if at.ParentEdgeKind() != edge.CallExpr_Fun {
		return nil, false
	}
	return at.Parent().Node().(*ast.CallExpr), true
}

// isZeroValue reports whether at, a type, is that of a variable without a value
// or of new(T).
func (f *finder) isZeroValue(at inspector.Cursor) bool {
	switch at.ParentEdgeKind() {
	case edge.ValueSpec_Type:
		return len(at.Parent().Node().(*ast.ValueSpec).Values) == 0
	case edge.CallExpr_Args:
		id, ok := ast.Unparen(at.Parent().Node().(*ast.CallExpr).Fun).(*ast.Ident)
		return ok && f.pkg.Info.Uses[id] == types.Universe.Lookup("new")
	}
	return false
}
