package analyzer

import (
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/bounded"
	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// elsewhere reports whether a file of the package that is no part of this build
// declares name: a test, or one for another system. An import of that name in a
// file of this build would not compile there.
func (x *fixer) elsewhere(name string) bool { return x.others().declared[name] }

// namedElsewhere reports whether such a file has name at all.
func (x *fixer) namedElsewhere(name string) bool { return x.others().named[name] }

// otherNames are the names in such files.
type otherNames struct{ declared, named map[string]bool }

// readOthers reads these files.
func (x *fixer) readOthers() *otherNames {
	o := &otherNames{make(map[string]bool), make(map[string]bool)}
	for dir, pkg := range x.dirs() {
		x.declaredIn(dir, pkg, o)
	}
	return o
}

// dirs returns the directories of the files under analysis, each with the name of
// the package.
func (x *fixer) dirs() map[string]string {
	dirs := make(map[string]string)
	for _, file := range x.pass.Files {
		if name := x.pass.Fset.File(file.FileStart).Name(); !fromGoCommand(name) {
			dirs[filepath.Dir(name)] = file.Name.Name
		}
	}
	return dirs
}

// declaredIn notes what the files in dir declare that are not under analysis. Those
// that cannot be read are left out.
func (x *fixer) declaredIn(dir, pkg string, o *otherNames) {
	known := make(map[string]bool)
	for _, file := range x.pass.Files {
		known[filepath.Base(x.pass.Fset.File(file.FileStart).Name())] = true
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if known[e.Name()] || e.IsDir() || !strings.HasSuffix(e.Name(), ".go") {
			continue
		}
		file, err := bounded.ParseFile(token.NewFileSet(), filepath.Join(dir, e.Name()), 0)
		if err == nil && file.Name.Name == pkg {
			o.note(file)
		}
	}
}

// note notes the names in file, and those that it declares for its package.
func (o *otherNames) note(file *ast.File) {
	for _, d := range file.Decls {
		for _, id := range code.Names(d) {
			o.declared[id.Name] = true
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			o.named[id.Name] = true
		}
		return true
	})
}
