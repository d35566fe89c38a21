package analyzer

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer/bounded"
	"github.com/sharedretry/sharedretry/analyzer/gomod"
	"github.com/sharedretry/sharedretry/analyzer/internal/api"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// moduleOf returns what finds the module of the package, nil if there is none, once it is
// asked.
func moduleOf(pass *analysis.Pass) func() *gomod.Module {
	return sync.OnceValue(func() *gomod.Module {
		mod, _ := gomod.At(packageDir(pass))
		return mod
	})
}

// abroad returns what reads functions of the other packages of the module: delays
// are often told by one that all packages share.
func abroad(pass *analysis.Pass) source.Abroad {
	read := make(map[*types.Func]*source.Func)
	module := moduleOf(pass)
	return func(fn *types.Func) *source.Func {
		found, ok := read[fn]
		if !ok {
			found = readAbroad(pass, module(), fn)
			read[fn] = found
		}
		return found
	}
}

// readAbroad reads a function of another package of the module, nil if that is not
// at hand.
func readAbroad(pass *analysis.Pass, mod *gomod.Module, fn *types.Func) *source.Func {
	path := fn.Pkg().Path()
	if mod == nil || mod.DirOf(path) == "" {
		return nil
	}
	locate := func(path string) string { return mod.Locate(path).Dir }
	body := api.ReadBody(pass.Fset, locate, path, fn.Name())
	if body == nil {
		return nil
	}
	own := &analysis.Pass{Fset: pass.Fset, Files: body.Files, Pkg: body.Types, TypesInfo: body.Info}
	pkg := source.New(own, func(*ast.File) bool { return false })
	found := pkg.Lookup(body.Types.Scope().Lookup(fn.Name()))
	if found != nil {
		found.Home = pkg
	}
	return found
}

// declared returns what finds the declarations of functions and methods of the other
// packages of the module.
func declared(pass *analysis.Pass) func(*types.Func) (*ast.FuncDecl, map[string]*ast.FuncDecl) {
	read := make(map[string]*declarations) // by file
	module := moduleOf(pass)
	return func(fn *types.Func) (*ast.FuncDecl, map[string]*ast.FuncDecl) {
		mod := module()
		if mod == nil {
			return nil, nil
		}
		dir, at := mod.DirOf(fn.Pkg().Path()), pass.Fset.Position(fn.Pos())
		if dir == "" || at.Filename == "" {
			return nil, nil
		}
		name := filepath.Join(dir, filepath.Base(at.Filename))
		if read[name] == nil {
			read[name] = readDeclarations(name)
		}
		return read[name].at[nameAt{fn.Name(), at.Line}], read[name].functions
	}
}

// declarations are those of the functions and methods of a file.
type declarations struct {
	at        map[nameAt]*ast.FuncDecl
	functions map[string]*ast.FuncDecl // without the methods
}

// A nameAt is the line that a name stands in.
type nameAt struct {
	name string
	line int
}

// readDeclarations reads the named file.
func readDeclarations(name string) *declarations {
	found := &declarations{make(map[nameAt]*ast.FuncDecl), make(map[string]*ast.FuncDecl)}
	fset := token.NewFileSet()
	for _, d := range functionsOf(fset, name) {
		found.at[nameAt{d.Name.Name, fset.Position(d.Name.Pos()).Line}] = d
		if d.Recv == nil {
			found.functions[d.Name.Name] = d
		}
	}
	return found
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
