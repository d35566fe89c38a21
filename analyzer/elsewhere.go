package analyzer

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// elsewhere reports whether a file of the package that is no part of this build
// declares name: a test, or one for another system. An import of that name in a
// file of this build would not compile there.
func (x *fixer) elsewhere(name string) bool {
	x.readOthers()
	return x.others[name]
}

// namedElsewhere reports whether such a file has name at all.
func (x *fixer) namedElsewhere(name string) bool {
	x.readOthers()
	return x.otherNames[name]
}

// readOthers reads these files, once.
func (x *fixer) readOthers() {
	if x.others != nil {
		return
	}
	x.others, x.otherNames = make(map[string]bool), make(map[string]bool)
	for dir, pkg := range x.dirs() {
		x.declaredIn(dir, pkg)
	}
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
func (x *fixer) declaredIn(dir, pkg string) {
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
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, e.Name()), nil, parser.SkipObjectResolution)
		if err == nil && file.Name.Name == pkg {
			x.noteNames(file)
		}
	}
}

// noteNames notes the names that file declares for its package.
func (x *fixer) noteNames(file *ast.File) {
	for _, d := range file.Decls {
		for _, id := range code.Names(d) {
			x.others[id.Name] = true
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			x.otherNames[id.Name] = true
		}
		return true
	})
}
