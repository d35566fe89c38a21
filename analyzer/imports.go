package analyzer

import (
	"bytes"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// A package that only a loop used is imported for nothing where its fix is applied alone, as
// an editor does. The fix leaves the import out then. Where it takes several fixes, whoever
// applies them all does.

// leaveImports lets each fix leave out the imports that it alone needs no more.
func (x *fixer) leaveImports(findings []*finding) {
	for file, fixed := range x.fixedIn(findings) {
		d := newDone(fixed)
		uses := x.importUses(file)
		for _, spec := range file.Imports {
			name := x.pass.TypesInfo.PkgNameOf(spec)
			if by := d.removers(uses[name]); len(by) == 1 && !d.names[name.Name()] {
				x.leaveImport(file, spec, by[0], d)
			}
		}
	}
}

// importUses returns where file uses its imports.
func (x *fixer) importUses(file *ast.File) map[*types.PkgName][]*ast.Ident {
	uses := make(map[*types.PkgName][]*ast.Ident)
	ast.Inspect(file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if name, ok := x.pass.TypesInfo.Uses[id].(*types.PkgName); ok {
				uses[name] = append(uses[name], id)
			}
		}
		return true
	})
	return uses
}

// leaveImport lets f leave out spec, which has lines of its own, unless a fix imports
// something in its place.
func (x *fixer) leaveImport(file *ast.File, spec *ast.ImportSpec, f *finding, d *done) {
	i := slices.IndexFunc(file.Decls, func(decl ast.Decl) bool { return code.Within(decl, spec) })
	decl := file.Decls[i].(*ast.GenDecl)
	src := x.source(file)
	from, to, line := decl.Pos(), spec.End(), src[:decl.Pos()-file.FileStart]
	inserts := slices.ContainsFunc(f.fix.Edits, func(e analysis.TextEdit) bool { return decl.Pos() < e.Pos && e.Pos < decl.End() || e.Pos == spec.Pos() })
	switch {
	case decl.Lparen.IsValid() && len(decl.Specs) == 1 && !inserts:
		to = decl.End()
	case decl.Lparen.IsValid():
		line = bytes.TrimRight(src[:spec.Pos()-file.FileStart], " \t")
		from = file.FileStart + token.Pos(len(line)) - 1 // with the end of the line before
	case inserts:
		from = spec.Pos() // f makes a list of it
	}
	rest, _, _ := bytes.Cut(src[to-file.FileStart:], []byte("\n"))
	if !bytes.HasSuffix(line, []byte("\n")) || len(bytes.TrimSpace(rest)) > 0 || spec.Doc != nil {
		return
	}
	if at, _ := slices.BinarySearch(d.points, from+1); at < len(d.points) && d.points[at] < to {
		return
	}
	less := *f.fix
	less.Edits = merge(less.Edits, []analysis.TextEdit{{Pos: from, End: to}})
	f.fix = &less
}
