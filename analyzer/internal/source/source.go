// Package source answers questions about the code of one package that every
// stage asks: which function a call reaches, and where its body is.
package source

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"runtime/debug"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"
)

// A Func is a function of the package whose body is at hand.
type Func struct {
	Node ast.Node     // *ast.FuncDecl or *ast.FuncLit
	Obj  types.Object // the *types.Func declared, or the *types.Var that holds the literal; nil for other literals
	Type *ast.FuncType
	Body *ast.BlockStmt

	Home *Package // the package it is of, if that is not the one under analysis; only what it names is at hand there
}

// Abroad returns a function of another package, with its body, or nil.
type Abroad func(*types.Func) *Func

// Signature returns the type of fn, or nil if it does not type-check.
func (p *Package) Signature(fn *Func) *types.Signature {
	var t types.Type
	switch node := fn.Node.(type) {
	case *ast.FuncDecl:
		if p.draft != nil && node == p.draft.New {
			return p.draft.Sig
		}
		if obj := p.Info.Defs[node.Name]; obj != nil {
			t = obj.Type()
		}
	case *ast.FuncLit:
		t = p.Info.TypeOf(node)
	}
	sig, _ := t.(*types.Signature)
	return sig
}

// A Package is the package under analysis.
type Package struct {
	Fset  *token.FileSet
	Types *types.Package
	Info  *types.Info
	Files []*ast.File

	Abroad Abroad // nil if nothing of other packages is read

	// Declared returns the declaration of a function or a method of another package, as
	// it is written, or nil, and the functions of its file by name. It may be nil.
	Declared func(*types.Func) (decl *ast.FuncDecl, near map[string]*ast.FuncDecl)

	// Elsewhere reports whether files of the package that are not under analysis have a
	// name: tests, and those of other builds. It may be nil.
	Elsewhere func(name string) bool

	base   *Package    // what the package is but for one declaration; nil if there is none
	draft  *Draft      // of that
	rest   *ast.File   // of base, that the declaration is in
	drafts *types.Info // what is known of the package and of its drafts; nil if there has been none

	insp    *inspector.Inspector
	skipped map[*ast.File]bool
	byPos   []*fileDecls                            // by position; built when a declaration is first looked up
	funcs   map[types.Object]*Func                  // what Lookup was asked for
	written map[inspector.Cursor]map[string][]Write // by declaration, and by name
	lasting map[string][]Write                      // what outlives functions, by name; nil if nobody has asked
	lists   map[inspector.Cursor]listing
	longest listing // room for the next one
	callees map[ast.Node][]*Func
	enders  map[ast.Node]bool            // functions that do not return
	locals  map[ast.Decl]map[string]bool // names by declaration
	naming  map[token.Pos]map[string]int // in how many of them a name is, by file
	parts   *parts                       // nil if nobody has asked
	handed  []*Handing                   // by calls in its own files; nil if nobody has asked
}

// New returns the view of pass's package. The files that skips reports are read
// for the functions in them only. Without the result of inspect.Analyzer, the package
// lists its nodes itself, if anything asks for them.
func New(pass *analysis.Pass, skips func(*ast.File) bool) *Package {
	p := &Package{Fset: pass.Fset, Types: pass.Pkg, Info: pass.TypesInfo, Files: pass.Files, skipped: make(map[*ast.File]bool)}
	p.insp, _ = pass.ResultOf[inspect.Analyzer].(*inspector.Inspector)
	for _, file := range p.Files {
		p.skipped[file] = skips(file)
	}
	return p
}

// Inspector returns the inspector of the package's files.
func (p *Package) Inspector() *inspector.Inspector {
	if p.insp == nil {
		p.insp = inspector.New(p.Files)
		if p.draft == nil && p.Size() > 1<<20 {
			debug.FreeOSMemory() // the list of all nodes has grown by copies
		}
	}
	return p.insp
}

// IsListed reports whether the nodes of the package are listed, or soon are.
func (p *Package) IsListed() bool { return p.insp != nil || p.draft != nil }

// Size returns how many bytes the files of the package have.
func (p *Package) Size() (n int) {
	if p.draft != nil {
		return p.base.Size()
	}
	for _, file := range p.Files {
		n += int(file.FileEnd - file.FileStart)
	}
	return n
}

// DeclAt returns the declaration of a file of the package that pos is in, or nil.
func (p *Package) DeclAt(pos token.Pos) ast.Decl {
	decl, ok := p.Declaration(pos)
	if !ok {
		return nil
	}
	return decl.Node().(ast.Decl)
}

// Declares reports whether file declares name in a function that may hold a retry.
// What stands in its package is for [Package.LookupAt] to tell.
func (p *Package) Declares(file *ast.File, name string) bool {
	if p.draft == nil || file != p.draft.File {
		return p.declarers(file)[name] > 0
	}
	others := p.base.declarers(p.rest)[name]
	if p.base.localsOf(p.draft.Old)[name] {
		others--
	}
	return others > 0 || p.localsOf(p.draft.New)[name]
}

// declarers returns how many declarations of file [Package.localsOf] has each name of: a
// file may have as many fixes as declarations, and each asks.
func (p *Package) declarers(file *ast.File) map[string]int {
	counts, ok := p.naming[file.Package]
	if !ok {
		counts = make(map[string]int)
		for _, decl := range file.Decls {
			for name := range p.localsOf(decl) {
				counts[name]++
			}
		}
		if p.naming == nil {
			p.naming = make(map[token.Pos]map[string]int)
		}
		p.naming[file.Package] = counts
	}
	return counts
}

// localsOf returns the names of the variables, types and constants that decl declares, if it may hold a retry: if it has a loop, a goto or a function literal,
// or names itself.
func (p *Package) localsOf(decl ast.Decl) map[string]bool {
	names, ok := p.locals[decl]
	if ok {
		return names
	}
	var self types.Object
	if fn, ok := decl.(*ast.FuncDecl); ok {
		self = p.Info.Defs[fn.Name]
	}
	repeats := false
	var ids []*ast.Ident
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.FuncLit:
			repeats = true
		case *ast.BranchStmt:
			repeats = repeats || n.Tok == token.GOTO
		case *ast.Ident:
			repeats = repeats || self != nil && n.Name == self.Name() && origin(p.Info.Uses[n]) == self
			ids = append(ids, n)
		}
		return true
	})
	if repeats {
		names = make(map[string]bool)
		for _, id := range ids {
			if takesName(p.Info.Defs[id]) {
				names[id.Name] = true
			}
		}
	}
	if p.locals == nil {
		p.locals = make(map[ast.Decl]map[string]bool)
	}
	p.locals[decl] = names
	return names
}

// takesName reports whether obj hides what has its name around it: fields, methods and
// labels do not.
func takesName(obj types.Object) bool {
	switch obj := obj.(type) {
	case nil, *types.Label:
		return false
	case *types.Var:
		return !obj.IsField()
	case *types.Func:
		return false // of a package, or a method
	}
	return true
}

// Compare orders positions in the files of the package by the name of the file,
// and then by the place in it. Positions as such are in the order in which the
// files happened to be read.
func (p *Package) Compare(a, b token.Pos) int {
	f, g := p.Fset.File(a), p.Fset.File(b)
	if f == g || f == nil || g == nil {
		return cmp.Compare(a, b)
	}
	return cmp.Or(cmp.Compare(f.Name(), g.Name()), cmp.Compare(a, b))
}

// Skips reports whether nothing in file is to be judged.
func (p *Package) Skips(file *ast.File) bool { return p.skipped[file] }

// Find returns where n is.
func (p *Package) Find(n ast.Node) (inspector.Cursor, bool) {
	decl, ok := p.Declaration(n.Pos())
	if !ok {
		return decl, false
	}
	return decl.FindNode(n)
}

// Lookup returns the function that obj names, or nil if its body is not in
// this package, or if obj is a variable that holds several functions.
func (p *Package) Lookup(obj types.Object) *Func {
	if obj == nil || !p.Owns(obj.Pkg()) {
		return nil
	}
	if fn, ok := obj.(*types.Func); ok {
		obj = fn.Origin()
	}
	fn, ok := p.funcs[obj]
	if !ok {
		if p.funcs == nil {
			p.funcs = make(map[types.Object]*Func)
		}
		fn = p.lookup(obj)
		p.funcs[obj] = fn
	}
	return fn
}

func (p *Package) lookup(obj types.Object) *Func {
	switch obj := obj.(type) {
	case *types.Func:
		return p.declared(obj)
	case *types.Var:
		if _, ok := obj.Type().Underlying().(*types.Signature); ok && !obj.IsField() {
			return p.literal(obj)
		}
	}
	return nil
}

// declared returns the function that is declared as obj.
func (p *Package) declared(obj *types.Func) *Func {
	cur, ok := p.Declaration(obj.Pos())
	if !ok {
		return nil
	}
	decl, ok := cur.Node().(*ast.FuncDecl)
	if !ok || decl.Body == nil || p.Info.Defs[decl.Name] != obj {
		return nil
	}
	return &Func{Node: decl, Obj: obj, Type: decl.Type, Body: decl.Body}
}

// literal returns the function literal that the variable v is given, and nothing
// else. Most that are given something else are so where they are declared.
func (p *Package) literal(v *types.Var) *Func {
	decl, ok := p.Declaration(v.Pos())
	if !ok {
		return nil
	}
	if _, ok := p.literalIn(v, p.writesIn(decl)[v.Name()]); !ok {
		return nil
	}
	fn, _ := p.literalIn(v, p.WritesLike(v))
	return fn
}

// literalIn returns the function literal that v is given by writes, nil if there is
// none; it is not ok if v is given something else as well.
func (p *Package) literalIn(v *types.Var, writes []Write) (fn *Func, ok bool) {
	for _, w := range writes {
		value, ok := w.value()
		if !ok || p.Variable(w.X) != v {
			continue
		}
		lit, ok := ast.Unparen(value).(*ast.FuncLit)
		if fn != nil || !ok {
			return nil, false
		}
		fn = &Func{Node: lit, Obj: v, Type: lit.Type, Body: lit.Body}
	}
	return fn, true
}

// LitOf returns the function literal that call reaches, or nil.
func (p *Package) LitOf(call *ast.CallExpr) (lit *ast.FuncLit) {
	if fn := p.Callee(call); fn != nil {
		lit, _ = fn.Node.(*ast.FuncLit)
	}
	return lit
}

// Callee returns the function of this package that call reaches, or nil.
func (p *Package) Callee(call *ast.CallExpr) *Func {
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		return &Func{Node: lit, Type: lit.Type, Body: lit.Body}
	}
	return p.Lookup(typeutil.Callee(p.Info, call))
}
