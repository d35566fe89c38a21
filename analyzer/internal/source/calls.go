package source

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"
)

// A Call is a call with the last name of what it calls, by which most calls are
// told apart; "" if there is none, as of a function literal.
type Call struct {
	At   inspector.Cursor
	Name string
}

// A listing is what a part of a package has of what is looked for by many.
type listing struct {
	calls  []Call
	waits  []inspector.Cursor // receives, and ranges
	writes []Write            // of what outlives functions
}

// CallsIn returns the calls in a file of the package, or in a part of one, in source
// order.
func (p *Package) CallsIn(part inspector.Cursor) []Call { return p.listed(part).calls }

// WaitsIn returns what may wait for a channel there: receives and ranges, in source order.
func (p *Package) WaitsIn(part inspector.Cursor) []inspector.Cursor { return p.listed(part).waits }

func (p *Package) listed(part inspector.Cursor) listing {
	if !p.isOwn(part.Node().Pos()) {
		return p.base.listed(part)
	}
	list, ok := p.lists[part]
	if !ok {
		list = p.list(part)
		if p.lists == nil {
			p.lists = make(map[inspector.Cursor]listing)
		}
		p.lists[part] = list
	}
	return list
}

// list lists what is in a part of a file. What is written is listed with it: what needs
// one often needs the other, and to look at each node takes the time.
func (p *Package) list(part inspector.Cursor) listing {
	found := listing{p.longest.calls[:0], p.longest.waits[:0], p.longest.writes[:0]}
	note := func(w Write) {
		if p.lasts(w) {
			found.writes = append(found.writes, w)
		}
	}
	for c := range part.Preorder(writers...) {
		switch n := c.Node().(type) {
		case *ast.CallExpr:
			name := ""
			if id := calledIdent(n.Fun); id != nil {
				name = id.Name
			}
			found.calls = append(found.calls, Call{c, name})
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				found.waits = append(found.waits, c)
			}
		case *ast.RangeStmt:
			found.waits = append(found.waits, c)
			if n.Tok != token.ASSIGN {
				continue
			}
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				continue
			}
		}
		writesAt(c, note)
	}
	p.longest = found
	return listing{slices.Clone(found.calls), slices.Clone(found.waits), slices.Clone(found.writes)}
}

// calledIdent returns the last name of a function that is called, or nil.
func calledIdent(fun ast.Expr) *ast.Ident {
	switch fun := ast.Unparen(fun).(type) {
	case *ast.Ident:
		return fun
	case *ast.SelectorExpr:
		return fun.Sel
	case *ast.IndexExpr:
		return calledIdent(fun.X)
	case *ast.IndexListExpr:
		return calledIdent(fun.X)
	}
	return nil
}

// Callees returns the functions of the package that n calls, in its own code and in
// the function literals inside it: each once, in source order.
func (p *Package) Callees(n ast.Node) []*Func {
	if list, ok := p.callees[n]; ok {
		return list
	}
	var list []*Func
	seen := make(map[ast.Node]bool)
	ast.Inspect(n, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if fn := p.Callee(call); fn != nil && !seen[fn.Node] {
				seen[fn.Node] = true
				list = append(list, fn)
			}
		}
		return true
	})
	if p.callees == nil {
		p.callees = make(map[ast.Node][]*Func)
	}
	p.callees[n] = list
	return list
}

// Calls reports whether fn calls a function that one of objs names, in its own code or in
// the function literals inside it.
func (p *Package) Calls(fn *Func, objs ...types.Object) bool {
	return slices.ContainsFunc(p.Callees(fn.Node), func(f *Func) bool { return f.Obj != nil && slices.Contains(objs, f.Obj) })
}

// Selves returns the names by which fn can call itself: its own, and those of the
// functions it calls that do nothing but call it.
//
//	func (c *client) connect(n int) error { return connect(c, n) }
func (p *Package) Selves(fn *Func) (names []types.Object) {
	if fn.Obj != nil {
		names = append(names, fn.Obj)
	}
	for _, called := range p.Callees(fn.Node) {
		if called.Obj != nil && p.onlyCall(called, fn) != nil {
			names = append(names, called.Obj)
		}
	}
	return names
}

// SelfCall reports whether call is one by which fn calls itself. If it is by a function
// that does nothing but that, outer is that function, and inner the call in it.
func (p *Package) SelfCall(fn *Func, call *ast.CallExpr) (outer *Func, inner *ast.CallExpr, ok bool) {
	called := p.Callee(call)
	switch {
	case called == nil:
		return nil, nil, false
	case called.Node == fn.Node:
		return nil, nil, true
	}
	inner = p.onlyCall(called, fn)
	return called, inner, inner != nil
}

// onlyCall returns the call of fn if that is all that outer does, or nil.
func (p *Package) onlyCall(outer, fn *Func) *ast.CallExpr {
	if len(outer.Body.List) != 1 {
		return nil
	}
	var e ast.Expr
	switch s := outer.Body.List[0].(type) {
	case *ast.ExprStmt:
		e = s.X
	case *ast.ReturnStmt:
		if len(s.Results) == 1 {
			e = s.Results[0]
		}
	}
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return nil
	}
	if called := p.Callee(call); called == nil || called.Node != fn.Node {
		return nil
	}
	return call
}
