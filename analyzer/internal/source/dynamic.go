package source

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"
)

// dynamic is what may run by a call that does not say what it calls.
type dynamic struct {
	literals typeutil.Map               // of type: []*ast.FuncLit, in source order
	methods  map[string][]*ast.FuncDecl // by name
}

// Literals returns the function literals of the package that have the type sig.
func (p *Package) Literals(sig *types.Signature) []*ast.FuncLit {
	list, _ := p.byCall().literals.At(sig).([]*ast.FuncLit)
	return list
}

// Methods returns the methods of the package with the given name.
func (p *Package) Methods(name string) []*ast.FuncDecl { return p.byCall().methods[name] }

// byCall goes through the package once.
func (p *Package) byCall() *dynamic {
	if p.dynamic != nil {
		return p.dynamic
	}
	d := &dynamic{methods: make(map[string][]*ast.FuncDecl)}
	for _, file := range p.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Recv != nil && n.Body != nil {
					d.methods[n.Name.Name] = append(d.methods[n.Name.Name], n)
				}
			case *ast.FuncLit:
				if t := p.Info.TypeOf(n); t != nil {
					list, _ := d.literals.At(t).([]*ast.FuncLit)
					d.literals.Set(t, append(list, n))
				}
			}
			return true
		})
	}
	p.dynamic = d
	return d
}
