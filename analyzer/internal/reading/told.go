package reading

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"time"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/delays"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/stale"
)

// bindTold finds what lines of a log tell of delays that become others, which is left
// out. The variables that it named may serve nothing else then.
func (r *Reading) bindTold() {
	if r.Helper.Stateless() || r.Tells {
		return
	}
	told := r.Written(r.Timers)
	for _, p := range r.pauses() {
		told = append(told, slices.DeleteFunc(slices.Concat(r.tellers(p)...), func(e ast.Expr) bool { return !site.IsDuration(r.Info.TypeOf(e)) })...)
	}
	var amounts []time.Duration
	if r.Alike {
		told = slices.DeleteFunc(told, func(e ast.Expr) bool { return !r.computed(e) })
	} else if waits := r.Waits.Waits; len(waits) > 0 && delays.GrowthOf(waits) == delays.Constant {
		amounts = waits[:1]
	}
	l := r.Said(told, r.Timers)
	l.Amounts = amounts
	r.Untold = l.Cut(r.Source)
	r.Cuts = r.Untold.Edits
}

// Said returns the loop as one of which something may say how long it waits, by what
// tells that; served are the timers of its delays.
func (r *Reading) Said(told []ast.Expr, served map[ast.Stmt]bool) stale.Loop {
	return stale.Loop{
		Pkg: r.Pkg, File: r.File, Decl: r.Loop.Decl, Has: r.Loop.Has, After: func(pos token.Pos) bool { return pos >= r.Loop.End() },
		Computes: r.Computed, Counts: r.stepped, Delays: told, Logs: func(call *ast.CallExpr) bool { return r.Loop.OnlyLogs(&ast.ExprStmt{X: call}) },
		Stays: func(s ast.Stmt) bool {
			_, branches := s.(*ast.SelectStmt) // of which others stay
			return !r.Gone[s] && !served[s] && (r.Pauses[s] == nil || branches) && !slices.Contains(r.Untold.Stmts, s)
		},
	}
}

// Written returns the durations of the delays as they are written: where they wait,
// or where their timers are set.
func (r *Reading) Written(served map[ast.Stmt]bool) (list []ast.Expr) {
	for _, p := range r.pauses() {
		if d := p.Delay.Duration; d != nil {
			list = append(list, d)
		}
	}
	for _, s := range code.InOrder(served) {
		ast.Inspect(s, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok && site.IsDuration(r.Info.TypeOf(e)) {
				list = append(list, e)
				return false
			}
			return true
		})
	}
	return list
}

// Computed reports whether the loop gives v a value.
func (r *Reading) Computed(v types.Object) bool {
	return r.Loop.Has(v.Pos()) || r.Loop.Assigns(v)
}

// stepped reports whether the loop gives v nothing but steps of one, and constants to begin
// with.
func (r *Reading) stepped(v types.Object) bool {
	steps, others := false, false
	r.Loop.Inspect(func(n ast.Node) bool {
		if !slices.ContainsFunc(code.Assigned(n), func(id *ast.Ident) bool { return r.Info.ObjectOf(id) == v }) {
			return true
		}
		switch n := n.(type) {
		case *ast.IncDecStmt, *ast.RangeStmt:
			steps = true
		case *ast.AssignStmt:
			value := n.Rhs[min(len(n.Rhs), len(n.Lhs))-1]
			by, constant := code.Int(r.Info, value)
			steps = steps || n.Tok != token.ASSIGN && n.Tok != token.DEFINE
			others = others || !constant || len(n.Lhs) > 1 || by != 1 && n.Tok != token.ASSIGN && n.Tok != token.DEFINE
		}
		return true
	})
	return steps && !others
}

// computed reports whether e is made of what the passes compute.
func (r *Reading) computed(e ast.Expr) bool {
	read := make(map[types.Object]bool)
	code.Reads(r.Info, e, read)
	for v := range read {
		if r.Computed(v) {
			return true
		}
	}
	return false
}
