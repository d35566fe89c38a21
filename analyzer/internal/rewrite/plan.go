package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// A plan says what the statements around a call of the helper look like:
//
//	value, err := helper(func() (T, error) { ... })
//	if final != nil { return final }
//	if err != nil && ctx.Err() != nil { what is done on cancellation }
//	if err != nil { what is done on failure }
//	what is done on success
type plan struct {
	*binder
	scope *scope

	ok    []*exit // exits that mean success, or that nothing more is to be done
	final []*exit // returns of an error that ends the attempts
	leave []*exit // exits to what follows the loop
	back  []*exit // exits to another pass

	okReturn *ast.ReturnStmt // what ok exits return; nil if there are none
	value    ast.Expr        // the part of okReturn that only the loop knows, or nil
	valueAt  int
	capture  string // the variable that value is kept in, if the helper does not hand it on
	hoisted  *ast.AssignStmt

	giveUp     *ast.IfStmt // what is done behind the last attempt, where the body tests for it
	giveUpCond ast.Expr    // the part of its condition that stays, or nil
	fail       []ast.Stmt  // what is done when the attempts have run out; nil if it is what follows the loop
	failMoves  bool        // fail is part of what follows the loop, and moves

	result    types.Object // the variable that holds the last error behind the loop, or nil
	assigns   bool         // result is given what the helper returns
	drops     bool         // result's declaration is replaced as well
	localized bool         // the operation has a variable of its own for it
	copies    []ast.Stmt   // copies of the error to result, which are left out

	useCtx            string // the context that the helper is given, or ""
	movesOut          bool   // what success returns is computed behind the call of the helper
	headCtx           bool   // the loop's condition is that the context is not cancelled
	unsure            bool   // a final error may be nil after all: a function has made it from another
	finalFlag         string // the variable that tells so, or ""
	deadline          string // the context with the loop's deadline, over its parent; or ""
	parent            string // the context that it is made from
	cancelName        string
	flag              string // the variable that tells a return from an exit to what follows, or ""
	guard             string // the condition under which there are attempts at all, or ""
	stash             string // the variable that keeps a final error, or ""
	errName           string
	permanent         *helper.Template
	tailCount         string     // the statement that counts at the end of a pass
	scratch           []ast.Node // declarations of variables that only the operation uses
	waits             waits
	valueVar, lastVar string
	localNames        map[string]string
	declOf            ast.Node // the declaration of result that the fix may replace
	limitText         string
	counterDecl       string // the declaration of the counter before the call
	plainFail         string // what is returned beside the error, where fail is no statement of the source
	form              form
}

// A form is how what the helper returns is used.
type form int

const (
	tailReturn form = iota // return helper(...)
	alone                  // helper(...)
	assign                 // result = helper(...), and what follows looks at it
	ifFailed               // if err := helper(...); err != nil { fail }, then success
	ifWorked               // if err := helper(...); err == nil { success }, then what follows
)

// newPlan decides on the form of the fix.
func newPlan(b *binder) (*plan, Refusal) {
	p := &plan{binder: b}
	p.scope = &scope{pkg: b.pkg, file: b.File, pos: b.loop.outer.Pos(), used: make(map[string]bool)}
	maps.Copy(p.scope.used, b.Taken[p.scope.block()])
	p.sort()
	p.bindDeadline()
	for _, step := range []func() Refusal{p.findGiveUp, p.classify, p.findResult, p.findContext, p.choose} {
		if refusal := step(); refusal != "" {
			return nil, refusal
		}
	}
	return p, ""
}

func (p *plan) sort() {
	for i := range p.exits {
		switch e := &p.exits[i]; e.kind {
		case again:
			p.back = append(p.back, e)
		case leaves, returns:
			p.leave = append(p.leave, e)
		}
	}
}

// outside reports whether all that n names is declared outside the loop, but
// for the objects in but.
func (p *plan) outside(n ast.Node, but ...types.Object) bool {
	ok := true
	ast.Inspect(n, func(n ast.Node) bool {
		if _, lit := n.(*ast.FuncLit); lit {
			ok = false
		}
		if id, isID := n.(*ast.Ident); isID {
			obj := p.info.ObjectOf(id)
			if obj != nil && p.loop.has(obj.Pos()) {
				ok = false
				for _, b := range but {
					ok = ok || b != nil && b == obj
				}
			}
		}
		return ok
	})
	return ok
}

// findGiveUp finds the statement that the body runs in the last pass only.
//
//	if i == attempts-1 { return err }
//	if err == nil || i == attempts-1 { return err }
func (p *plan) findGiveUp() Refusal {
	if !p.bounded {
		return ""
	}
	for _, e := range p.leave {
		s := p.ifAround(e.node)
		if s == nil || s.Init != nil || s.Else != nil {
			continue
		}
		rest, found := p.splitLast(s.Cond)
		if !found || p.giveUp == s {
			continue
		}
		if p.giveUp != nil {
			return severalExits
		}
		p.giveUp, p.giveUpCond = s, rest
		if rest != nil { // the last attempt apart, rest holds there
			e.facts = p.walker().refine(rest, true, e.facts)
		}
	}
	if p.giveUp == nil {
		return ""
	}
	p.fail = p.giveUp.Body.List
	if b, ok := p.fail[len(p.fail)-1].(*ast.BranchStmt); ok {
		if b.Tok != token.BREAK || len(p.fail) > 1 {
			p.giveUp, p.fail = nil, nil
			return ""
		}
		p.fail = nil // what follows the loop
		return ""
	}
	var names []types.Object
	for _, s := range p.fail {
		ast.Inspect(s, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				if obj := p.walker().errorVar(id); obj != nil && p.loop.has(obj.Pos()) {
					names = append(names, obj)
				}
			}
			return true
		})
	}
	for _, obj := range names {
		if obj != names[0] {
			p.giveUp, p.fail = nil, nil
			return ""
		}
	}
	names = append(names, nil)
	for _, s := range p.fail {
		if !p.outside(s, names[0]) {
			p.giveUp, p.fail = nil, nil // stays where it is
			return ""
		}
	}
	return ""
}

// ifAround returns the if whose body ends with s, or nil.
func (p *plan) ifAround(s ast.Stmt) *ast.IfStmt {
	var found *ast.IfStmt
	p.loop.inspect(func(n ast.Node) bool {
		if x, ok := n.(*ast.IfStmt); ok && s != nil && len(x.Body.List) > 0 && x.Body.List[len(x.Body.List)-1] == s {
			found = x
		}
		return true
	})
	return found
}

// splitLast reports whether cond holds in the last pass, whatever else, and
// returns the other reasons why it holds.
func (p *plan) splitLast(cond ast.Expr) (rest ast.Expr, found bool) {
	if p.when(cond) == lastOnly {
		return nil, true
	}
	if b, ok := ast.Unparen(cond).(*ast.BinaryExpr); ok && b.Op == token.LOR {
		switch {
		case p.when(b.X) == lastOnly:
			return b.Y, true
		case p.when(b.Y) == lastOnly:
			return b.X, true
		}
	}
	return nil, false
}

// classify tells success from final errors among the exits.
func (p *plan) classify() Refusal {
	var rets []*exit
	all := p.leave
	p.leave = nil
	for _, e := range p.exits {
		if e.kind == jumps {
			return exitFromAfar
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
			return valuesFromLoop
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
func (p *plan) returnsError() bool {
	res := p.loop.sig.Results()
	return res.Len() > 0 && isError(res.At(res.Len()-1).Type())
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
		if sel, ok := call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Err" && isContext(p.info.TypeOf(sel.X)) {
			return notNil
		}
		for _, arg := range call.Args {
			if obj := w.errorVar(arg); obj != nil && e.facts.errs[obj] == notNil || isError(p.info.TypeOf(arg)) && w.valueOf(arg, e.facts).is == notNil {
				p.unsure = p.unsure || !wrapsError(calleeOf(p.info, call))
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
		if !ok || !writes(p.info, &ast.AssignStmt{Lhs: a.Lhs}, obj) {
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
	return makesError(name)
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
		return ""
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
				return severalExits
			}
			same = same && p.text(r.Results[i]) == p.text(first.Results[i]) && p.outside(r.Results[i])
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
			return severalExits
		}
	}
	return ""
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
		if p.text(e.node) != p.text(first) {
			return severalExits
		}
	}
	p.hoisted = nil
	names := make(map[types.Object]bool)
	for _, r := range first.Results {
		if p.outside(r) {
			continue
		}
		obj := local(p.info, r)
		if obj == nil {
			return valuesFromLoop
		}
		names[obj] = true
	}
	if len(names) == 0 {
		p.movesOut = true
		return ""
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
		return valuesFromLoop
	}
	for _, lhs := range p.hoisted.Lhs {
		if obj := local(p.info, lhs); obj != nil {
			if _, ok := p.scope.typeString(obj.Type()); !ok {
				return typeNotNamed
			}
			if p.scope.lookup(obj.Name()) != nil && p.inList(p.scope.lookup(obj.Name())) {
				return valuesFromLoop
			}
		}
	}
	return ""
}

// inList reports whether obj is declared in the list of statements around the
// loop.
func (p *plan) inList(obj types.Object) bool {
	return len(p.loop.list) > 0 && p.loop.list[0].Pos() <= obj.Pos() && obj.Parent() == p.scope.block()
}

// captured reports whether a function literal in the loop uses one of objs.
func (p *plan) captured(objs map[types.Object]bool) bool {
	found := false
	p.loop.inspect(func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok {
			for obj := range objs {
				found = found || mentions(p.info, lit, obj)
			}
			return false
		}
		return true
	})
	return found
}

// readsAfter reports whether something behind the loop, or around it, may read
// what the loop has given obj, but for statements in but.
func (p *plan) readsAfter(obj types.Object, but []ast.Stmt) bool {
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
			for _, id := range assigned(a) {
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
func (p *plan) insideCycle(obj types.Object) bool {
	found := false
	ast.Inspect(p.loop.decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.FuncLit:
			if n != p.loop.cycle && within(n, p.loop.outer) && obj.Pos() < n.Pos() {
				found = true
			}
		}
		return true
	})
	return found
}

// findResult finds the variable that holds the last error behind the loop.
func (p *plan) findResult() Refusal {
	found := make(map[types.Object]bool)
	w := p.walker()
	p.loop.inspect(func(n ast.Node) bool {
		for _, id := range assigned(n) {
			if obj := w.errorVar(id); obj != nil && !p.loop.has(obj.Pos()) && p.readsAfter(obj, nil) {
				found[obj] = true
			}
		}
		return true
	})
	if len(found) == 1 && p.deadline == "" { // the helper returns the context's error
		for obj := range found {
			if p.isResult(obj) {
				p.result = obj
			}
		}
	}
	return ""
}

// isResult reports whether obj is the error of the failed attempt whenever the
// loop goes round.
func (p *plan) isResult(obj types.Object) bool {
	for _, e := range p.back {
		if e.facts.errs[obj] != notNil && obj != p.opErr && !(e.facts.same[obj] != nil && e.facts.same[obj] == p.opErr) {
			return false
		}
	}
	return len(p.back) > 0
}

// terminates reports whether a list of statements ends by leaving the function.
func terminates(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	switch s := list[len(list)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		if !ok {
			return false
		}
		id, ok := call.Fun.(*ast.Ident)
		return ok && id.Name == "panic"
	}
	return false
}

func (p *plan) hasComment(pos, end token.Pos) bool {
	for _, g := range p.File.Comments {
		if pos <= g.Pos() && g.End() <= end {
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
	known = known || p.headCtx && p.text(r.Results[len(r.Results)-1]) == p.useCtx+".Err()"
	return p.others(r), known && p.outsideOthers(r)
}

// others returns the results of r but for the error.
func (p *plan) others(r *ast.ReturnStmt) string {
	var parts []string
	for _, x := range r.Results[:len(r.Results)-1] {
		parts = append(parts, p.text(x))
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

// take keeps the names that the fix declares from the fixes of other loops in
// the same list of statements.
func (p *plan) take() {
	block := p.scope.block()
	if p.Taken == nil || block == nil {
		return
	}
	if p.Taken[block] == nil {
		p.Taken[block] = make(map[string]bool)
	}
	maps.Copy(p.Taken[block], p.scope.used)
}
