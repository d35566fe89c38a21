package source

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"
)

// Runs is what the calls in some code may run, each once.
type Runs struct {
	Bodies  []*ast.BlockStmt // of functions of the package
	Values  []*Literals      // func values
	Methods []string         // of interfaces
}

// Literals are the function literals of the package that have one type, in source order.
type Literals struct{ List []*ast.FuncLit }

// dynamic is what calls may run, as far as somebody has asked.
type dynamic struct {
	runs     map[ast.Node]*Runs
	literals typeutil.Map               // of type: *Literals
	methods  map[string][]*ast.FuncDecl // by name
}

// Methods returns the methods of the package with the given name.
func (p *Package) Methods(name string) []*ast.FuncDecl { return p.byCall().methods[name] }

// Runs returns what the calls in n may run. A call by a func value may run the literals
// of its type, and so may what another package has and is given such a value.
func (p *Package) Runs(n ast.Node) *Runs {
	d := p.byCall()
	if r := d.runs[n]; r != nil {
		return r
	}
	r := &runner{p: p, of: &Runs{}, seen: make(map[any]bool)}
	ast.Inspect(n, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			r.call(call)
		}
		return true
	})
	d.runs[n] = r.of
	return r.of
}

// A runner collects what calls may run.
type runner struct {
	p    *Package
	of   *Runs
	seen map[any]bool
}

// isNew reports whether x is seen for the first time.
func (r *runner) isNew(x any) bool {
	again := r.seen[x]
	r.seen[x] = true
	return !again
}

// call adds what call may run.
func (r *runner) call(call *ast.CallExpr) {
	if fn := r.p.Callee(call); fn != nil {
		if fn.Body != nil && r.isNew(fn.Body) {
			r.of.Bodies = append(r.of.Bodies, fn.Body)
		}
		return
	}
	switch fn := typeutil.Callee(r.p.Info, call).(type) {
	case *types.Func:
		recv := fn.Signature().Recv()
		if recv != nil && types.IsInterface(recv.Type()) && r.isNew(fn.Name()) {
			r.of.Methods = append(r.of.Methods, fn.Name())
		}
		for _, arg := range call.Args { // what it may call back
			r.value(r.p.Info.TypeOf(arg))
		}
	case *types.Builtin:
	default:
		if !r.p.Info.Types[call.Fun].IsType() {
			r.value(r.p.Info.TypeOf(call.Fun))
		}
	}
}

// value adds the literals that have the type t.
func (r *runner) value(t types.Type) {
	if t == nil {
		return
	}
	sig, ok := t.Underlying().(*types.Signature)
	if !ok {
		return
	}
	if list, ok := r.p.byCall().literals.At(sig).(*Literals); ok && r.isNew(list) {
		r.of.Values = append(r.of.Values, list)
	}
}

// byCall goes through the package once.
func (p *Package) byCall() *dynamic {
	if p.dynamic != nil {
		return p.dynamic
	}
	d := &dynamic{runs: make(map[ast.Node]*Runs), methods: make(map[string][]*ast.FuncDecl)}
	for _, file := range p.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Recv != nil && n.Body != nil {
					d.methods[n.Name.Name] = append(d.methods[n.Name.Name], n)
				}
			case *ast.FuncLit:
				d.note(n, p.Info.TypeOf(n))
			}
			return true
		})
	}
	p.dynamic = d
	return d
}

// note notes that lit has the type t.
func (d *dynamic) note(lit *ast.FuncLit, t types.Type) {
	if t == nil {
		return
	}
	list, ok := d.literals.At(t).(*Literals)
	if !ok {
		list = &Literals{}
		d.literals.Set(t, list)
	}
	list.List = append(list.List, lit)
}
