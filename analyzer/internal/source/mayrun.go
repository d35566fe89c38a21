package source

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"
)

// A Part is code of the package that a call may run: a statement, the body of a
// function, a function literal; or a group of functions, of which a call by a func
// value tells no more than the type, and one by an interface no more than the name.
type Part struct {
	Code []ast.Node // each once; of a group, what its functions call is among it

	group bool
	asked bool    // whether next is known, and Code whole
	next  []*Part // what it may run
}

// parts are the parts of a package, as far as somebody has asked.
type parts struct {
	alone  map[ast.Node]*Part
	typed  typeutil.Map     // of type: *Part, the functions that are values of it
	method map[string]*Part // by name
	open   *Part            // what other packages may call, nil if there is nothing

	drafted map[*Part]*Part // groups of a draft by those that they belong to
}

// MayRun returns what may run when roots do, roots among it, each part once.
func (p *Package) MayRun(roots ...ast.Node) (list []*Part) {
	seen := make(map[*Part]bool)
	var add func(part *Part)
	add = func(part *Part) {
		if seen[part] {
			return
		}
		seen[part] = true
		list = append(list, part)
		for _, next := range p.next(part) {
			add(next)
		}
	}
	for _, root := range roots {
		add(p.of(root))
	}
	return list
}

// of returns n alone.
func (p *Package) of(n ast.Node) *Part {
	if !p.isOwn(n.Pos()) {
		return p.base.of(n)
	}
	return p.byCall().of(n)
}

// isOwnPart reports whether p itself reads a part, not the package that it is a draft of.
func (p *Package) isOwnPart(part *Part) bool { return p.isOwn(part.Code[0].Pos()) }

// next returns what a part may run, the groups that a group reaches among it. All
// loops that reach a group share what it reaches.
func (p *Package) next(part *Part) []*Part {
	if !p.isOwnPart(part) {
		return p.withDrafted(p.base.next(part))
	}
	if part.asked {
		return part.next
	}
	part.asked = true
	if !part.group {
		part.next = p.calls(part.Code[0])
		return part.next
	}
	functions := part.Code
	part.Code = nil
	seen := make(map[*Part]bool)
	var add func(*Part)
	add = func(m *Part) {
		switch {
		case seen[m]:
			return
		case m.group:
			part.next = append(part.next, m)
		default:
			part.Code = append(part.Code, m.Code...)
			seen[m] = true
			for _, next := range p.next(m) {
				add(next)
			}
		}
		seen[m] = true
	}
	for _, n := range functions {
		add(p.of(n))
	}
	return part.next
}

// withDrafted returns list with what a draft has in the place of its parts, or beside
// them.
func (p *Package) withDrafted(list []*Part) []*Part {
	own := p.byCall().drafted
	for _, part := range list {
		if more := own[part]; more != nil {
			list = append(slices.Clip(list), more)
		} else if p.replaced(part.Code[0].Pos()) {
			list = append(slices.Clip(list), p.of(bodyOf(p.draft.New)))
		}
	}
	return list
}

// bodyOf returns the body of a function, or a declaration of something else.
func bodyOf(d ast.Decl) ast.Node {
	if fn, ok := d.(*ast.FuncDecl); ok {
		return fn.Body
	}
	return d
}

// calls returns what the calls in n may run.
func (p *Package) calls(n ast.Node) (list []*Part) {
	seen := map[*Part]bool{nil: true}
	ast.Inspect(n, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			for _, part := range p.called(call) {
				if !seen[part] {
					seen[part] = true
					list = append(list, part)
				}
			}
		}
		return true
	})
	return list
}

// called returns what a call may run, nil among it. A call by a func value may run
// the functions of its type, and so may what another package has and is given such a
// value. A func value may also be one of another package, which calls what is exported.
func (p *Package) called(call *ast.CallExpr) (list []*Part) {
	if fn := p.Callee(call); fn != nil {
		if fn.Body != nil {
			list = append(list, p.of(fn.Body))
		}
		return list
	}
	switch fn := typeutil.Callee(p.Info, call).(type) {
	case *types.Func:
		if recv := fn.Signature().Recv(); recv != nil && types.IsInterface(recv.Type()) {
			list = append(append(list, p.methods(fn.Name())...), p.open()...)
		}
		for _, arg := range call.Args { // what it may call back
			list = append(list, p.values(p.Info.TypeOf(arg))...)
		}
	case *types.Builtin:
	default:
		if !p.Info.Types[call.Fun].IsType() {
			list = append(append(list, p.values(p.Info.TypeOf(call.Fun))...), p.open()...)
		}
	}
	return list
}

// open returns the exported functions and methods, nil among them.
func (p *Package) open() []*Part {
	list := []*Part{p.byCall().open}
	if p.draft != nil {
		list = append(list, p.base.open()...)
	}
	return list
}

// values returns the functions that are values of type t, nil among them.
func (p *Package) values(t types.Type) []*Part {
	list := []*Part{p.byCall().values(t)}
	if p.draft != nil {
		list = append(list, p.base.values(t)...)
	}
	return list
}

// methods returns the methods of a name, nil among them.
func (p *Package) methods(name string) []*Part {
	list := []*Part{p.byCall().method[name]}
	if p.draft != nil {
		list = append(list, p.base.methods(name)...)
	}
	return list
}

// of returns n alone.
func (ps *parts) of(n ast.Node) *Part {
	part := ps.alone[n]
	if part == nil {
		part = &Part{Code: []ast.Node{n}}
		ps.alone[n] = part
	}
	return part
}

// values returns the functions that are values of type t, or nil.
func (ps *parts) values(t types.Type) *Part {
	if t == nil {
		return nil
	}
	part, _ := ps.typed.At(t.Underlying()).(*Part)
	return part
}

// addValue notes that n is a value of type t.
func (ps *parts) addValue(n ast.Node, t types.Type) {
	if t == nil {
		return
	}
	part := ps.values(t)
	if part == nil {
		part = &Part{group: true}
		ps.typed.Set(t.Underlying(), part)
	}
	part.Code = append(part.Code, n)
}

// isOpen reports whether other packages may call fn, for what it does: options are made
// by functions that return others, and who is given a test serves tests.
func (p *Package) isOpen(fn *ast.FuncDecl) bool {
	if fn.Body == nil || !fn.Name.IsExported() || p.Types.Name() == "main" {
		return false
	}
	sig := p.Info.Defs[fn.Name].(*types.Func).Signature()
	serves := func(v *types.Var) bool {
		_, makes := v.Type().Underlying().(*types.Signature)
		return makes && v.Kind() == types.ResultVar || v.Kind() == types.ParamVar && isTest(v.Type())
	}
	return !slices.ContainsFunc(slices.Concat(slices.Collect(sig.Params().Variables()), slices.Collect(sig.Results().Variables())), serves)
}

// isTest reports whether t is what the package testing gives a test.
func isTest(t types.Type) bool {
	if ptr, ok := t.(*types.Pointer); ok {
		t = ptr.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "testing"
}

// addOpen notes that other packages may call fn. What fn calls is left out: setters
// set something themselves, and what else is exported makes most values anew.
func (ps *parts) addOpen(fn *ast.FuncDecl) {
	if ps.open == nil {
		ps.open = &Part{group: true, asked: true}
	}
	ps.open.Code = append(ps.open.Code, fn.Body)
}

// addMethod notes that methods of a name have the given body.
func (ps *parts) addMethod(fn *ast.FuncDecl) {
	part := ps.method[fn.Name.Name]
	if part == nil {
		part = &Part{group: true}
		ps.method[fn.Name.Name] = part
	}
	part.Code = append(part.Code, fn.Body)
}

// byCall goes through the package once.
func (p *Package) byCall() *parts {
	if p.parts != nil {
		return p.parts
	}
	p.parts = &parts{alone: make(map[ast.Node]*Part), method: make(map[string]*Part)}
	var values []inspector.Cursor
	called := make(map[*ast.Ident]bool)
	for file := range p.Inspector().Root().Children() {
		for c := range file.Preorder((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
			switch n := c.Node().(type) {
			case *ast.FuncDecl:
				if n.Recv != nil && n.Body != nil {
					p.parts.addMethod(n)
				}
				if p.isOpen(n) {
					p.parts.addOpen(n)
				}
			case *ast.FuncLit:
				values = append(values, c)
			}
		}
		for _, c := range p.CallsIn(file) {
			if c.Name != "" {
				called[calledIdent(c.At.Node().(*ast.CallExpr).Fun)] = true
			}
		}
	}
	values = append(values, p.namedFuncs(called)...)
	slices.SortFunc(values, p.Order)
	for _, c := range values {
		p.noteValue(c)
	}
	if p.draft != nil {
		p.parts.drafted = p.drafted()
	}
	return p.parts
}

// namedFuncs returns where p itself names functions of the package, but for the given
// names, in no order.
func (p *Package) namedFuncs(but map[*ast.Ident]bool) (list []inspector.Cursor) {
	uses := p.Info.Uses
	if p.draft != nil {
		uses = p.draft.Info.Uses
	}
	for id, obj := range uses {
		if fn, ok := obj.(*types.Func); ok && p.Owns(fn.Pkg()) && !but[id] {
			if c, ok := p.Find(id); ok {
				list = append(list, c)
			}
		}
	}
	return list
}

// drafted returns the groups of a draft by those of the rest of the package that they
// belong to.
func (p *Package) drafted() map[*Part]*Part {
	own := make(map[*Part]*Part)
	base := p.base.byCall()
	p.parts.typed.Iterate(func(t types.Type, part any) { own[base.values(t)] = part.(*Part) })
	for name, part := range p.parts.method {
		own[base.method[name]] = part
	}
	own[base.open] = p.parts.open
	delete(own, nil)
	return own
}

// noteValue notes a function literal, or a declared function or a method of a value
// that is named.
func (p *Package) noteValue(c inspector.Cursor) {
	switch n := c.Node().(type) {
	case *ast.FuncLit:
		p.parts.addValue(n, p.Info.TypeOf(n))
	case *ast.Ident:
		e := ast.Expr(n)
		if sel, ok := c.Parent().Node().(*ast.SelectorExpr); ok && sel.Sel == n {
			e = sel
		}
		if fn := p.Lookup(p.Info.Uses[n]); fn != nil && p.isOwn(fn.Body.Pos()) {
			p.parts.addValue(fn.Body, p.Info.TypeOf(e))
		}
	}
}
