package wait

import (
	"go/ast"
	"go/types"
	"maps"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
)

// wakes reports whether p ends where the package sends a value, which lets the next attempt
// begin at once: a helper waits for a channel to be closed, and may take more than one.
func (w *waiting) wakes(p *pass.Pause) bool { return p.Done != nil && w.sentTo(p.Done) }

// sentTo reports whether the package sends a value to the channel e, or to one that may be the
// same: what receives that takes it from all others.
func (w *waiting) sentTo(e ast.Expr) bool {
	channels, _ := w.sameChannels(e)
	return len(channels) > 0 && slices.ContainsFunc(w.Pkg.Files, func(f *ast.File) bool {
		return code.Any(f, func(n ast.Node) bool {
			send, ok := n.(*ast.SendStmt)
			if !ok || !code.IsSignal(w.Info.TypeOf(send.Chan)) {
				return false
			}
			to, unknown := w.sameChannels(send.Chan)
			return unknown || slices.ContainsFunc(slices.Collect(maps.Keys(to)), func(v types.Object) bool { return channels[v] })
		})
	})
}

// sameChannels returns the variable that e names, and those that it is given in this package,
// as a copy or as a parameter. It may be another one, too, if not all of that is known, or if
// one of them is given what is no variable and not made there, such as an element.
func (w *waiting) sameChannels(e ast.Expr) (found map[types.Object]bool, unknown bool) {
	found = make(map[types.Object]bool)
	seen := make(map[ast.Expr]bool)
	for next := []ast.Expr{e}; len(next) > 0; next = next[1:] {
		if seen[next[0]] {
			continue // what a function that calls itself returns
		}
		seen[next[0]] = true
		v, ok := w.Pkg.Variable(next[0]).(*types.Var)
		if !ok {
			results, known := w.channelsOf(next[0])
			next, unknown = append(next, results...), unknown || !known
			continue
		}
		if found[v] {
			continue
		}
		found[v] = true
		args, known := w.Pkg.Arguments(v)
		next = append(append(next, args...), w.heldBy(v)...)
		unknown = unknown || v.Kind() == types.ParamVar && !known
		for _, given := range w.Pkg.Writes(v) {
			switch s := given.At.Node().(type) {
			case *ast.RangeStmt:
				unknown = true
			case *ast.AssignStmt:
				if len(s.Lhs) == len(s.Rhs) {
					next = append(next, s.Rhs[given.Index])
				}
			}
		}
	}
	return found, unknown
}

// heldBy returns what composite literals of the package give the field v.
//
//	c := &client{stop: ch}
func (w *waiting) heldBy(v *types.Var) (values []ast.Expr) {
	if !v.IsField() {
		return nil
	}
	for _, f := range w.Pkg.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			if kv, ok := n.(*ast.KeyValueExpr); ok && w.Pkg.Variable(kv.Key) == v {
				values = append(values, kv.Value)
			}
			return true
		})
	}
	return values
}

// channelsOf returns what e, which is no variable, may be: what a function of the package
// returns, or nothing, if it is a new channel, or that of another package; not known if it may
// be any, such as an element.
func (w *waiting) channelsOf(e ast.Expr) (results []ast.Expr, known bool) {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return nil, code.IsNil(w.Info, e)
	}
	fn := w.Pkg.Callee(call)
	if fn == nil {
		return nil, true
	}
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if ret, ok := n.(*ast.ReturnStmt); ok && len(ret.Results) == 1 {
			results = append(results, ret.Results[0])
		}
		_, lit := n.(*ast.FuncLit)
		return !lit
	})
	return results, true
}
