package rewrite

import (
	"go/ast"
	"go/types"
	"maps"
	"slices"

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
	*writer

	ok    []*exit // exits that mean success, or that nothing more is to be done
	final []*exit // returns of an error that ends the attempts
	leave []*exit // exits to what follows the loop
	back  []*exit // exits to another pass

	okReturn *ast.ReturnStmt // what ok exits return; nil if there are none
	value    ast.Expr        // the part of okReturn that only the loop knows, or nil
	valueAt  int
	hoisted  *ast.AssignStmt

	failMoves bool // fail is part of what follows the loop, and moves

	assigns   bool       // result is given what the helper returns
	drops     bool       // result's declaration is replaced as well
	localized bool       // the operation has a variable of its own for it
	copies    []ast.Stmt // copies of the error to result, which are left out

	movesOut          bool // what success returns is computed behind the call of the helper
	headCtx           bool // the loop's condition is that the context is not cancelled
	unsure            bool // a final error may be nil after all: a function has made it from another
	cancelName        string
	guard             string // the condition under which there are attempts at all, or ""
	errName           string
	permanent         *helper.Template
	tailCount         string     // the statement that counts at the end of a pass
	scratch           []ast.Node // declarations of variables that only the operation uses
	valueVar, lastVar string
	declOf            ast.Node // the declaration of result that the fix may replace
	plainFail         string   // what is returned beside the error, where fail is no statement of the source
	form              form
}

// A form is how what the helper returns is used.
type form int

const (
	tailReturn form = iota // return helper(...)
	assign                 // result = helper(...), and what follows looks at it
	ifFailed               // if err := helper(...); err != nil { fail }, then success
	ifWorked               // if err := helper(...); err == nil { success }, then what follows
)

// newPlan decides on the form of the fix.
func newPlan(b *binder) (*plan, Refusal) {
	p := &plan{writer: newWriter(b)}
	p.sort()
	p.bindDeadline()
	for _, step := range []func() Refusal{p.findGiveUp, p.classify, p.findLater, p.findContext, p.choose} {
		if refusal := step(); refusal != nil {
			return nil, refusal
		}
	}
	return p, nil
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
func (p *writer) outside(n ast.Node, but ...types.Object) bool {
	ok := true
	ast.Inspect(n, func(n ast.Node) bool {
		if _, lit := n.(*ast.FuncLit); lit {
			ok = false
		}
		if id, isID := n.(*ast.Ident); isID {
			obj := p.info.ObjectOf(id)
			if obj != nil && p.loop.has(obj.Pos()) && !slices.Contains(but, obj) {
				ok = false
			}
		}
		return ok
	})
	return ok
}

// take keeps the names that the fix declares from the fixes of other loops in
// the same list of statements.
func (p *plan) take() {
	block := p.scope.Block()
	if p.Taken == nil || block == nil {
		return
	}
	if p.Taken[block] == nil {
		p.Taken[block] = make(map[string]bool)
	}
	maps.Copy(p.Taken[block], p.scope.Used)
}

// renderIn expands a template for the place of the fix, and adds the packages
// that it needs to used.
func (p *writer) renderIn(t *helper.Template, a helper.Args, used map[string]string) string {
	if t == nil {
		return ""
	}
	for _, name := range t.Packages(a, p.Helper.Imports) {
		used[name] = p.Helper.Imports[name]
	}
	a.Name = p.opName()
	return t.Render(a, p.packages.Names())
}
