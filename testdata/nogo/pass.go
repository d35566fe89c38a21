package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer"
)

// analyse prints the findings in p and returns how many there are.
func (p listed) analyse(all []listed) (count int, err error) {
	dir, err := os.MkdirTemp("", "nogo")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	if err := p.copyTo(dir); err != nil {
		return 0, err
	}
	fset := token.NewFileSet()
	pass, err := p.load(fset, dir, p.imports(fset, all))
	if err != nil {
		return 0, err
	}
	_, found, err := run(analyzer.Analyzer, *pass)
	if err != nil {
		return 0, err
	}
	slices.SortFunc(found, func(a, b analysis.Diagnostic) int { return int(a.Pos - b.Pos) })
	for _, d := range found {
		pos := fset.Position(d.Pos)
		if filepath.Dir(pos.Filename) == dir {
			pos.Filename = filepath.Join(p.Dir, filepath.Base(pos.Filename))
		}
		log.Printf("%s: %s (%s)", pos, d.Message, analyzer.Analyzer.Name)
		for _, fix := range d.SuggestedFixes {
			for _, edit := range fix.TextEdits {
				log.Printf("%s: fix: %s", fset.Position(edit.Pos), edit.NewText)
			}
		}
	}
	return len(found), nil
}

// load returns a pass over the files of p in dir, with no more fields than nogo
// gives.
func (p listed) load(fset *token.FileSet, dir string, imports types.Importer) (*analysis.Pass, error) {
	pass := &analysis.Pass{Fset: fset, TypesSizes: types.SizesFor("gc", runtime.GOARCH), TypesInfo: &types.Info{
		Types:      make(map[ast.Expr]types.TypeAndValue),
		Uses:       make(map[*ast.Ident]types.Object),
		Defs:       make(map[*ast.Ident]types.Object),
		Implicits:  make(map[ast.Node]types.Object),
		Scopes:     make(map[ast.Node]*types.Scope),
		Selections: make(map[*ast.SelectorExpr]*types.Selection),
		Instances:  make(map[*ast.Ident]types.Instance),
	}}
	for _, name := range p.GoFiles {
		file, err := parser.ParseFile(fset, filepath.Join(dir, filepath.Base(name)), nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		pass.Files = append(pass.Files, file)
	}
	config := types.Config{Importer: imports}
	var err error
	pass.Pkg, err = config.Check(p.ImportPath, fset, pass.Files, pass.TypesInfo)
	return pass, err
}

// run runs a after the analyzers that it requires.
func run(a *analysis.Analyzer, pass analysis.Pass) (result any, found []analysis.Diagnostic, err error) {
	pass.ResultOf = make(map[*analysis.Analyzer]any)
	for _, req := range a.Requires {
		if pass.ResultOf[req], _, err = run(req, pass); err != nil {
			return nil, nil, err
		}
	}
	pass.Analyzer = a
	pass.Report = func(d analysis.Diagnostic) { found = append(found, d) }
	result, err = a.Run(&pass)
	return result, found, err
}
