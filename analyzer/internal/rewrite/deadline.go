package rewrite

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// addLead writes the delay that comes before the first attempt.
func (w *caller) addLead() {
	if w.lead != nil && len(w.timers) > 0 {
		w.add(w.timeDot() + "Sleep(" + w.firstText + ")")
		return
	}
	switch lead := w.lead.(type) {
	case nil:
		return
	case *ast.RangeStmt:
		w.add("<-" + w.Text(lead.X))
		return
	case *ast.BlockStmt:
		if w.outside(lead) {
			w.add(w.listText(lead.List))
			return
		}
	default:
		if w.outside(lead) {
			w.add(w.Text(lead))
			return
		}
	}
	if waits := w.Waits.Waits; len(waits) == 0 || w.Waits.Drawn {
		w.refusal = codeAfterDelay.At(w.lead.Pos())
	} else if d := waits[0]; d > 0 {
		w.add(w.timeDot() + "Sleep(" + w.duration(d) + ")")
	}
}

// addDeadline makes the context with the loop's deadline.
func (w *caller) addDeadline() {
	w.imports["context"] = "context"
	name := w.packages.NameOf("context", "context")
	parent := w.parent
	if parent == "" {
		parent = name + ".Background()"
	}
	w.add(w.useCtx + ", " + w.cancelName + " := " + name + "." + strings.Replace(w.deadline, "%s", parent, 1))
	if !w.repeats() {
		w.add("defer " + w.cancelName + "()")
	}
}

// endDeadline frees the context where the function may make many.
func (w *caller) endDeadline() {
	if w.deadline != "" && w.repeats() {
		w.add(w.cancelName + "()")
	}
}

// repeats reports whether the function may come to the loop again.
func (w *caller) repeats() bool {
	found := false
	ast.Inspect(w.loop.fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			found = found || n != ast.Node(w.loop.cycle) && code.Within(n, w.loop.outer)
		case *ast.BranchStmt:
			found = found || n.Tok == token.GOTO
		}
		return !found
	})
	return found
}
