package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// readsAfter reports whether something behind the loop, or around it, may read
// what the loop has given obj, but for statements in but.
func (p *writer) readsAfter(obj types.Object, but []ast.Stmt) bool {
	v, ok := obj.(*types.Var)
	if !ok {
		return true
	}
	if res := p.loop.sig.Results(); res != nil {
		for i := range res.Len() {
			if res.At(i) == v {
				return true // a named result
			}
		}
	}
	read := false
	seen := make(map[*ast.Ident]bool)
	ast.Inspect(p.loop.decl, func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok {
			for _, b := range but {
				if s == b {
					return false
				}
			}
		}
		if a, ok := n.(*ast.AssignStmt); ok && (a.Tok == token.ASSIGN || a.Tok == token.DEFINE) {
			for _, id := range code.Assigned(a) {
				seen[id] = true
			}
		}
		if id, ok := n.(*ast.Ident); ok && !seen[id] && p.info.Uses[id] == obj && !p.loop.has(id.Pos()) {
			read = read || id.Pos() > p.loop.end() || p.insideCycle(obj)
		}
		return true
	})
	return read
}

// insideCycle reports whether a loop or a function literal around the loop
// lies inside obj's scope: what is before the loop may run after it.
func (p *writer) insideCycle(obj types.Object) bool {
	found := false
	ast.Inspect(p.loop.decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.FuncLit:
			if n != p.loop.cycle && code.Within(n, p.loop.outer) && obj.Pos() < n.Pos() {
				found = true
			}
		}
		return true
	})
	return found
}

// findResult finds the variable that holds the last error behind the loop.
func (p *writer) findResult() Refusal {
	found := make(map[types.Object]bool)
	w := p.walker()
	p.loop.inspect(func(n ast.Node) bool {
		for _, id := range code.Assigned(n) {
			if obj := w.errorVar(id); obj != nil && !p.loop.has(obj.Pos()) && p.readsAfter(obj, nil) {
				found[obj] = true
			}
		}
		return true
	})
	if len(found) == 1 && p.deadline == "" { // the helper returns the context's error
		for _, obj := range code.ObjectsInOrder(found) {
			if p.isResult(obj) {
				p.result = obj
			}
		}
	}
	return nil
}

// findLater is findResult; but success may return the variable behind the call.
func (p *plan) findLater() Refusal {
	if p.findResult(); p.result != nil && p.returnedLater(p.result) {
		p.result = nil
	}
	return nil
}

// isResult reports whether obj is the error of the failed attempt whenever the
// loop goes round.
func (p *writer) isResult(obj types.Object) bool {
	rounds := 0
	for _, e := range p.exits {
		if e.kind != again {
			continue
		}
		rounds++
		if e.facts.errs[obj] != notNil && obj != p.opErr && !(e.facts.same[obj] != nil && e.facts.same[obj] == p.opErr) {
			return false
		}
		if !e.facts.wrote[obj] {
			return false // it is that of an earlier attempt
		}
	}
	return rounds > 0 && !p.madeOfItself(obj)
}

// madeOfItself reports whether an attempt makes obj of what an earlier one has
// left in it.
func (p *writer) madeOfItself(obj types.Object) bool {
	found := false
	w := p.walker()
	w.before = func(s ast.Stmt, f facts) {
		a, ok := s.(*ast.AssignStmt)
		if !ok || f.wrote[obj] || !code.Writes(p.info, &ast.AssignStmt{Lhs: a.Lhs}, obj) {
			return
		}
		for _, x := range a.Rhs {
			found = found || code.Mentions(p.info, x, obj)
		}
	}
	w.run(newFacts())
	return found
}

// returnedLater reports whether success returns obj behind the call of the helper
// though it may hold an error: the nil of the helper must not take its place.
func (p *plan) returnedLater(obj types.Object) bool {
	for _, e := range p.ok {
		r := e.node.(*ast.ReturnStmt)
		reads := len(r.Results) == 0 || p.movesOut && code.Mentions(p.info, r, obj)
		if reads && e.facts.errs[obj] != isNil {
			return true
		}
	}
	return false
}

// returnsFailure reads `return zero, err`, where err is the last error, and
// returns its other results as text; not ok if it is something else.
func (p *plan) returnsFailure(list []ast.Stmt, errs ...types.Object) (string, bool) {
	if len(list) != 1 {
		return "", false
	}
	r, ok := list[0].(*ast.ReturnStmt)
	if !ok || len(r.Results) == 0 || !p.returnsError() || len(r.Results) != p.loop.sig.Results().Len() {
		return "", false
	}
	obj := p.walker().errorVar(r.Results[len(r.Results)-1])
	known := false
	for _, e := range errs {
		known = known || e != nil && e == obj
	}
	known = known || p.headCtx && p.Text(r.Results[len(r.Results)-1]) == p.useCtx+".Err()"
	return p.others(r), known && p.outsideOthers(r)
}

// others returns the results of r but for the error.
func (p *plan) others(r *ast.ReturnStmt) string {
	var parts []string
	for _, x := range r.Results[:len(r.Results)-1] {
		parts = append(parts, p.Text(x))
	}
	return strings.Join(parts, ", ")
}

func (p *plan) outsideOthers(r *ast.ReturnStmt) bool {
	for _, x := range r.Results[:len(r.Results)-1] {
		if !p.outside(x) {
			return false
		}
	}
	return true
}
