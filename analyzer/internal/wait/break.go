package wait

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
)

// A wait that the context ends may leave the loop for what stands behind it.

// breakAt writes a break that leaves the loop in the place of s, by a label inside of a
// switch or select.
func (w *waiting) breakAt(s ast.Stmt) string {
	if !w.breaksInner(s) {
		return "break"
	}
	if w.label == "" {
		if w.label = w.Loop.Label; w.label == "" {
			w.label = w.Scope.Fresh(w.Loop.Decl, "attempts", "retries")
		}
	}
	return "break " + w.label
}

// labelled returns text, which is the loop, with the label that its breaks need.
func (w *waiting) labelled(text string) string {
	if w.label == w.Loop.Label || !strings.Contains(text, "break "+w.label+"\n") {
		return text
	}
	return w.label + ":\n" + text
}

// breaksInner reports whether a break in the place of s would not leave the loop.
func (w *waiting) breaksInner(s ast.Stmt) bool {
	return w.Loop.Any(func(n ast.Node) bool {
		switch n.(type) {
		case *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
			return n != ast.Node(s) && code.Within(n, s)
		}
		return false
	})
}

// toldAt reports whether each error that is read behind the loop is one already where the
// delay s may end: none that this pass, or the first of all, has yet to give a value.
func (w *waiting) toldAt(s ast.Stmt) bool {
	var known []pass.Facts
	w.Pass().Walk(pass.Watch{At: func(x ast.Stmt, f pass.Facts) {
		if x == s {
			known = append(known, f)
		}
	}})
	later := w.inLaterPass(s)
	missing := func(v types.Object) bool {
		return w.Loop.Assigns(v) && !(later && reading.AlwaysError(w.Passes(), v)) &&
			slices.ContainsFunc(known, func(f pass.Facts) bool { return f.Of(v) != pass.NotNil })
	}
	return !slices.ContainsFunc(w.Loop.After, func(x ast.Stmt) bool {
		return code.Any(x, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				v := w.Loop.ErrorVar(n)
				return v != nil && missing(v)
			case *ast.ReturnStmt: // of named results
				res := w.Loop.Sig.Results()
				return len(n.Results) == 0 && w.ReturnsError() && missing(res.At(res.Len()-1))
			}
			return false
		})
	})
}

// inLaterPass reports whether s stands where the counter tells that a pass has gone before.
func (w *waiting) inLaterPass(s ast.Stmt) bool {
	return w.Loop.Any(func(n ast.Node) bool {
		x, ok := n.(*ast.IfStmt)
		return ok && code.Within(x.Body, s) && slices.ContainsFunc(code.Operands(x.Cond, token.LAND), func(e ast.Expr) bool {
			return w.When(e) == loop.ExceptFirst
		})
	})
}
