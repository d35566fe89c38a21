package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// classify tells success from final errors among the exits.
func (p *plan) classify() Refusal {
	var rets []*exit
	all := p.leave
	p.leave = nil
	for _, e := range p.exits {
		if e.kind == jumps {
			return exitFromAfar.At(p.loop.endOf(&e))
		}
	}
	for _, e := range all {
		if p.giveUp != nil && p.ifAround(e.node) == p.giveUp && p.giveUpCond == nil {
			continue
		}
		if e.kind == leaves {
			p.leave = append(p.leave, e)
			continue
		}
		rets = append(rets, e)
	}
	for _, e := range rets {
		r := e.node.(*ast.ReturnStmt)
		if len(r.Results) > 0 && len(r.Results) != p.loop.sig.Results().Len() {
			return valuesFromLoop.At(r.Pos())
		}
		switch p.errorOf(e) {
		case isNil:
			p.ok = append(p.ok, e)
		case notNil:
			p.final = append(p.final, e)
		default:
			p.ok = append(p.ok, e)
			if !p.splittable(e) {
				p.hoisted = &ast.AssignStmt{} // to be found
			}
		}
	}
	return p.bindValues()
}

// returnsError reports whether the function's last result is an error.
func (p *writer) returnsError() bool {
	res := p.loop.sig.Results()
	return res.Len() > 0 && code.IsError(res.At(res.Len()-1).Type())
}

// errorOf returns what is known of the error that a return hands on.
func (p *plan) errorOf(e *exit) nilness {
	r := e.node.(*ast.ReturnStmt)
	if !p.returnsError() || len(r.Results) == 0 {
		return isNil
	}
	w := p.walker()
	x := r.Results[len(r.Results)-1]
	if g := w.valueOf(x, e.facts); g.is != unknown {
		return g.is
	}
	if obj := w.errorVar(x); obj != nil && p.madeFrom(obj, e) {
		p.unsure = true
		return notNil
	}
	if call, ok := ast.Unparen(x).(*ast.CallExpr); ok {
		if sel, ok := call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Err" && code.IsContext(p.info.TypeOf(sel.X)) {
			return notNil
		}
		for _, arg := range call.Args {
			if obj := w.errorVar(arg); obj != nil && e.facts.errs[obj] == notNil || code.IsError(p.info.TypeOf(arg)) && w.valueOf(arg, e.facts).is == notNil {
				p.unsure = p.unsure || !wrapsError(code.Callee(p.info, call))
				return notNil
			}
		}
	}
	return unknown
}

// madeFrom reports whether a function has made the error obj, in the loop and
// once, of another error that is not nil where the pass ends.
func (p *plan) madeFrom(obj types.Object, e *exit) bool {
	if !p.loop.has(obj.Pos()) {
		return false
	}
	w := p.walker()
	made, times := false, 0
	p.loop.inspect(func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if !ok || !code.Writes(p.info, &ast.AssignStmt{Lhs: a.Lhs}, obj) {
			return true
		}
		times++
		if call, ok := ast.Unparen(a.Rhs[0]).(*ast.CallExpr); ok && len(a.Lhs) == 1 {
			for _, arg := range call.Args {
				from := w.errorVar(arg)
				made = made || from != nil && e.facts.errs[from] == notNil && e.facts.order[from] < e.facts.order[obj]
			}
		}
		return true
	})
	return made && times == 1
}

// wrapsError reports whether a function makes an error of one that is not nil,
// for certain.
func wrapsError(name string) bool {
	switch name {
	case "errors.Join", "github.com/pkg/errors.Wrap", "github.com/pkg/errors.Wrapf", "github.com/pkg/errors.WithMessage",
		"github.com/pkg/errors.WithMessagef", "github.com/pkg/errors.WithStack":
		return true
	}
	return code.MakesError(name)
}

// splittable reports whether an exit that returns an error which may be nil is
// `return err` in a function that returns nothing else: success and a final
// error can be told apart.
func (p *plan) splittable(e *exit) bool {
	r := e.node.(*ast.ReturnStmt)
	return len(r.Results) == 1 && p.walker().errorVar(r.Results[0]) != nil
}

// bindValues finds what the successful exits return.
func (p *plan) bindValues() Refusal {
	if len(p.ok) == 0 {
		return nil
	}
	first := p.ok[0].node.(*ast.ReturnStmt)
	p.okReturn = first
	if p.hoisted != nil {
		return p.bindHoisted()
	}
	n := len(first.Results)
	if p.returnsError() && n > 0 {
		n-- // the error
	}
	p.valueAt = -1
	for i := range n {
		same := true
		for _, e := range p.ok {
			r := e.node.(*ast.ReturnStmt)
			if len(r.Results) != len(first.Results) {
				return severalExits.At(r.Pos())
			}
			same = same && p.Text(r.Results[i]) == p.Text(first.Results[i]) && p.outside(r.Results[i])
		}
		if same {
			continue
		}
		if p.valueAt >= 0 {
			return p.bindHoisted()
		}
		p.valueAt, p.value = i, first.Results[i]
	}
	for _, e := range p.ok {
		if len(e.node.(*ast.ReturnStmt).Results) != len(first.Results) {
			return severalExits.At(e.node.Pos())
		}
	}
	return nil
}

// bindHoisted declares the variables that all successful exits return before
// the loop.
//
//	resp, err := call()
//	...
//	return resp, err
func (p *plan) bindHoisted() Refusal {
	p.value, p.valueAt = nil, -1
	first := p.okReturn
	for _, e := range p.ok {
		if p.Text(e.node) != p.Text(first) {
			return severalExits.At(e.node.Pos())
		}
	}
	p.hoisted = nil
	names := make(map[types.Object]bool)
	for _, r := range first.Results {
		if p.outside(r) {
			continue
		}
		obj := code.Local(p.info, r)
		if obj == nil {
			return valuesFromLoop.At(r.Pos())
		}
		names[obj] = true
	}
	if len(names) == 0 {
		p.movesOut = true
		return nil
	}
	for _, s := range p.loop.body {
		a, ok := s.(*ast.AssignStmt)
		if !ok || a.Tok != token.DEFINE {
			continue
		}
		n := 0
		for _, lhs := range a.Lhs {
			id, ok := lhs.(*ast.Ident)
			switch {
			case ok && id.Name == "_":
			case ok && names[p.info.Defs[id]]:
				n++
			default:
				n = -len(a.Lhs)
			}
		}
		if n == len(names) {
			p.hoisted = a
		}
	}
	if p.hoisted == nil || p.captured(names) {
		return valuesFromLoop.At(first.Pos())
	}
	for _, lhs := range p.hoisted.Lhs {
		if obj := code.Local(p.info, lhs); obj != nil {
			if _, ok := p.scope.TypeString(obj.Type()); !ok {
				return typeNotNamed.At(lhs.Pos())
			}
			if p.scope.Lookup(obj.Name()) != nil && p.inList(p.scope.Lookup(obj.Name())) {
				return valuesFromLoop.At(lhs.Pos())
			}
		}
	}
	return nil
}

// inList reports whether obj is declared in the list of statements around the
// loop.
func (p *plan) inList(obj types.Object) bool {
	return len(p.loop.list) > 0 && p.loop.list[0].Pos() <= obj.Pos() && obj.Parent() == p.scope.Block()
}

// captured reports whether a function literal in the loop uses one of objs.
func (p *writer) captured(objs map[types.Object]bool) bool {
	for obj := range objs {
		if p.kept(obj) {
			return true
		}
	}
	return false
}
