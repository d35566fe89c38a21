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
	byFile := make(map[*ast.File][]*finding)
	for _, f := range findings {
		if f.fix != nil {
			file := x.fileAt(f.fix.Pos)
			byFile[file] = append(byFile[file], f)
		}
	}
	for file, fixed := range byFile {
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

// leaveImport lets f leave out spec, unless a fix imports something in its place.
func (x *fixer) leaveImport(file *ast.File, spec *ast.ImportSpec, f *finding, d *done) {
	from, to := x.importLine(file, spec), spec.End()
	if from == token.NoPos { // the only import of its declaration, which f may make a list of
		from = spec.Pos()
		if !slices.ContainsFunc(f.fix.Edits, func(e analysis.TextEdit) bool { return e.Pos == spec.Pos() }) {
			from = importDeclOf(file, spec).Pos()
		}
	}
	at, _ := slices.BinarySearch(d.points, from+1)
	if at < len(d.points) && d.points[at] < to || spec.Comment != nil || spec.Doc != nil {
		return
	}
	less := *f.fix
	less.Edits = merge(less.Edits, []analysis.TextEdit{{Pos: from, End: to}})
	f.fix = &less
}

// importLine returns where the line before spec ends, which stands in a list; or none.
func (x *fixer) importLine(file *ast.File, spec *ast.ImportSpec) token.Pos {
	if !importDeclOf(file, spec).Lparen.IsValid() {
		return token.NoPos
	}
	before := bytes.TrimRight(x.source(file)[:spec.Pos()-file.FileStart], " \t")
	return file.FileStart + token.Pos(len(bytes.TrimSuffix(before, []byte("\n"))))
}

func importDeclOf(file *ast.File, spec *ast.ImportSpec) *ast.GenDecl {
	i := slices.IndexFunc(file.Decls, func(decl ast.Decl) bool { return code.Within(decl, spec) })
	return file.Decls[i].(*ast.GenDecl)
}
