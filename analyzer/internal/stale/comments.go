package stale

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/delays"
	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
)

// sleep matches a comment that explains why there is a sleep.
var sleep = pattern.New(`(?i)\b(sleep(s|ing)?|tickers?)\b`)

// waiting matches text that says what is done next, linear what says how delays grow, and
// random that they are drawn.
var (
	waiting = pattern.New(`(?i)\b(waiting|sleeping|pausing|backing[ -]?off)\b`)
	linear  = pattern.New(`(?i)\blinear(ly)?\b`)
	random  = pattern.New(`(?i)\b(jitter\w*|random(ly|i[sz]e\w*)?|thundering)\b`)
)

// comment looks at the lines of a comment.
func (f *finder) comment(g *ast.CommentGroup) {
	for _, c := range g.List {
		switch {
		case f.Random && random().MatchString(c.Text):
			f.add(c.Pos())
			continue
		case f.Alike:
			continue
		}
		named := slices.ContainsFunc(f.Timers, func(name string) bool { return delays.NamesInterval(c.Text, name) })
		for _, e := range f.names {
			obj := f.object(e)
			named = named || obj != nil && !f.Computes(obj) && delays.NamesInterval(c.Text, obj.Name()) // or it may say how it is computed
		}
		listed := delays.Lists(c.Text, f.Today, f.With) || f.Linear && linear().MatchString(c.Text)
		if named || listed || delays.Names(c.Text, f.Amounts) || f.Moves && f.Has(c.Pos()) && sleep().MatchString(c.Text) {
			f.add(c.Pos())
		}
	}
}

// object returns the variable of the function, or the constant, that e names; or nil.
func (f *finder) object(e ast.Expr) types.Object {
	if v := code.Local(f.Pkg.Info, e); v != nil {
		return v
	}
	id, _ := e.(*ast.Ident)
	if id == nil {
		return nil
	}
	if c, ok := f.Pkg.Info.Uses[id].(*types.Const); ok {
		return c
	}
	return nil
}

// passed looks at text that says what is done next, where that has been done before.
func (f *finder) passed(n ast.Node) bool {
	if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && f.Passed(lit.Pos()) && waiting().MatchString(f.Text(lit)) {
		f.add(lit.Pos())
	}
	return true
}
