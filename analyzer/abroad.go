package analyzer

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/sharedretry/sharedretry/analyzer/bounded"
	"github.com/sharedretry/sharedretry/analyzer/gomod"
	"github.com/sharedretry/sharedretry/analyzer/internal/api"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// abroad returns what reads functions of the other packages of the module: delays
// are often told by one that all packages share.
func abroad(pass *analysis.Pass) source.Abroad {
	read := make(map[string]*source.Func)
	return func(fn *types.Func) *source.Func {
		name := fn.FullName()
		found, ok := read[name]
		if !ok {
			found = readAbroad(pass, fn)
			read[name] = found
		}
		return found
	}
}

// readAbroad reads a function of another package of the module, nil if that is not
// at hand.
func readAbroad(pass *analysis.Pass, fn *types.Func) *source.Func {
	mod, _ := gomod.At(packageDir(pass))
	path := fn.Pkg().Path()
	if mod == nil || mod.DirOf(path) == "" {
		return nil
	}
	locate := func(path string) string { return mod.Locate(path).Dir }
	body := api.ReadBody(pass.Fset, locate, path, fn.Name())
	if body == nil {
		return nil
	}
	pkg := source.New(&analysis.Pass{
		Fset: pass.Fset, Files: body.Files, Pkg: body.Types, TypesInfo: body.Info,
		ResultOf: map[*analysis.Analyzer]any{inspect.Analyzer: inspector.New(body.Files)},
	}, func(*ast.File) bool { return false })
	found := pkg.Lookup(body.Types.Scope().Lookup(fn.Name()))
	if found != nil {
		found.Home = pkg
	}
	return found
}

// declared returns what finds the declarations of functions and methods of the other
// packages of the module.
func declared(pass *analysis.Pass) func(*types.Func) *ast.FuncDecl {
	type place struct {
		name string
		line int
	}
	read := make(map[string]map[place]*ast.FuncDecl) // by file
	return func(fn *types.Func) *ast.FuncDecl {
		mod, _ := gomod.At(packageDir(pass))
		if mod == nil {
			return nil
		}
		dir, at := mod.DirOf(fn.Pkg().Path()), pass.Fset.Position(fn.Pos())
		if dir == "" || at.Filename == "" {
			return nil
		}
		name := filepath.Join(dir, filepath.Base(at.Filename))
		if read[name] == nil {
			read[name] = make(map[place]*ast.FuncDecl)
			fset := token.NewFileSet()
			for _, d := range functionsOf(fset, name) {
				read[name][place{d.Name.Name, fset.Position(d.Name.Pos()).Line}] = d
			}
		}
		return read[name][place{fn.Name(), at.Line}]
	}
}

// functionsOf returns the functions that a file declares, if it can be read.
func functionsOf(fset *token.FileSet, name string) (list []*ast.FuncDecl) {
	data, err := bounded.Read(name, bounded.Other)
	if err != nil {
		return nil
	}
	file, _ := parser.ParseFile(fset, name, data, parser.SkipObjectResolution)
	if file == nil {
		return nil
	}
	for _, d := range file.Decls {
		if d, ok := d.(*ast.FuncDecl); ok {
			list = append(list, d)
		}
	}
	return list
}
