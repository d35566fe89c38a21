// Package source answers questions about the code of one package that every
// stage asks: which function a call reaches, and where its body is.
package source

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// A Func is a function of the package whose body is at hand.
type Func struct {
	Node ast.Node     // *ast.FuncDecl or *ast.FuncLit
	Obj  types.Object // the *types.Func declared, or the *types.Var that holds the literal; nil for other literals
	Type *ast.FuncType
	Body *ast.BlockStmt
}

// Signature returns the type of fn, or nil if it does not type-check.
func (p *Package) Signature(fn *Func) *types.Signature {
	var t types.Type
	switch node := fn.Node.(type) {
	case *ast.FuncDecl:
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

	insp     *inspector.Inspector
	skips    func(*ast.File) bool
	decls    map[types.Object]*Func // built when a declared function is first looked up
	literals map[types.Object]*Func // built when a variable is first looked up
	calls    map[ast.Node]map[types.Object]bool
	enders   map[ast.Node]bool // functions that do not return
	names    map[*ast.File]map[string]bool
}

// New returns the view of pass's package. The files that skips reports are read
// for the functions in them only. Pass must have the result of inspect.Analyzer.
func New(pass *analysis.Pass, skips func(*ast.File) bool) *Package {
	return &Package{
		Fset: pass.Fset, Types: pass.Pkg, Info: pass.TypesInfo, Files: pass.Files,
		insp: pass.ResultOf[inspect.Analyzer].(*inspector.Inspector), skips: skips,
	}
}

// Inspector returns the inspector of the package's files.
func (p *Package) Inspector() *inspector.Inspector {
	if p.insp == nil {
		p.insp = inspector.New(p.Files)
	}
	return p.insp
}

// Size returns how many bytes the files of the package have.
func (p *Package) Size() (n int) {
	for _, file := range p.Files {
		n += int(file.FileEnd - file.FileStart)
	}
	return n
}

// DeclAt returns the declaration of a file of the package that pos is in, or nil.
func (p *Package) DeclAt(pos token.Pos) ast.Decl {
	for _, file := range p.Files {
		if file.FileStart <= pos && pos < file.FileEnd {
			return code.DeclAt(file, pos)
		}
	}
	return nil
}

// Declares reports whether file declares name somewhere.
func (p *Package) Declares(file *ast.File, name string) bool {
	names, ok := p.names[file]
	if !ok {
		names = make(map[string]bool)
		ast.Inspect(file, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && p.Info.Defs[id] != nil {
				names[id.Name] = true
			}
			return true
		})
		if p.names == nil {
			p.names = make(map[*ast.File]map[string]bool)
		}
		p.names[file] = names
	}
	return names[name]
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
func (p *Package) Skips(file *ast.File) bool { return p.skips != nil && p.skips(file) }

// Lookup returns the function that obj names, or nil if its body is not in
// this package, or if obj is a variable that holds several functions.
func (p *Package) Lookup(obj types.Object) *Func {
	if obj == nil || obj.Pkg() != p.Types {
		return nil
	}
	switch obj := obj.(type) {
	case *types.Func:
		if p.decls == nil {
			p.indexDecls()
		}
		return p.decls[obj.Origin()]
	case *types.Var:
		if _, ok := obj.Type().Underlying().(*types.Signature); !ok {
			return nil
		}
		if p.literals == nil {
			p.indexLiterals()
		}
		return p.literals[obj]
	}
	return nil
}

// Callee returns the function of this package that call reaches, or nil.
func (p *Package) Callee(call *ast.CallExpr) *Func {
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		return &Func{Node: lit, Type: lit.Type, Body: lit.Body}
	}
	return p.Lookup(typeutil.Callee(p.Info, call))
}

func (p *Package) indexDecls() {
	p.decls = make(map[types.Object]*Func)
	for _, file := range p.Files {
		for _, decl := range file.Decls {
			if decl, ok := decl.(*ast.FuncDecl); ok && decl.Body != nil {
				if obj := p.Info.Defs[decl.Name]; obj != nil {
					p.decls[obj] = &Func{Node: decl, Obj: obj, Type: decl.Type, Body: decl.Body}
				}
			}
		}
	}
}

// indexLiterals finds every variable that is given one function literal and
// nothing else.
func (p *Package) indexLiterals() {
	p.literals = make(map[types.Object]*Func)
	p.Inspector().Preorder([]ast.Node{(*ast.AssignStmt)(nil), (*ast.ValueSpec)(nil)}, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, lhs := range n.Lhs {
				if id, ok := lhs.(*ast.Ident); ok && len(n.Rhs) > 0 {
					p.bind(id, n.Rhs[min(i, len(n.Rhs)-1)])
				}
			}
		case *ast.ValueSpec:
			if len(n.Names) != len(n.Values) {
				return
			}
			for i, id := range n.Names {
				p.bind(id, n.Values[i])
			}
		}
	})
}

// bind records that id is given value; a second value makes it unknown.
func (p *Package) bind(id *ast.Ident, value ast.Expr) {
	v, ok := p.Info.ObjectOf(id).(*types.Var)
	if !ok {
		return
	}
	if _, ok := v.Type().Underlying().(*types.Signature); !ok {
		return
	}
	lit, ok := ast.Unparen(value).(*ast.FuncLit)
	if _, twice := p.literals[v]; twice || !ok {
		p.literals[v] = nil
		return
	}
	p.literals[v] = &Func{Node: lit, Obj: v, Type: lit.Type, Body: lit.Body}
}

// Calls returns what fn calls by name, in its own body and in the function
// literals inside it.
func (p *Package) Calls(fn *Func) map[types.Object]bool {
	if calls, ok := p.calls[fn.Node]; ok {
		return calls
	}
	calls := make(map[types.Object]bool)
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if obj := typeutil.Callee(p.Info, call); obj != nil {
				calls[obj] = true
			}
		}
		return true
	})
	if p.calls == nil {
		p.calls = make(map[ast.Node]map[types.Object]bool)
	}
	p.calls[fn.Node] = calls
	return calls
}
