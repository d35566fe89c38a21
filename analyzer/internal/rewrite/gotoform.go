package rewrite

import (
	"go/ast"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// gotoAsLoop writes a cycle of gotos as a loop that holds the rest of the
// function, where that uses what a pass declares:
//
//	again:
//		v, err := op()
//		if err != nil && n < 3 {
//			n++
//			goto again
//		}
//		return v, err
func gotoAsLoop(req Request, labeled *ast.LabeledStmt) *Form {
	l := &loop{fn: req.Site.Func, cycle: labeled}
	if !l.place(l.fn.Body) || l.outer != ast.Stmt(labeled) || !l.last || !code.DeclaresUsed(append([]ast.Stmt{labeled.Stmt}, l.after...), l.after) {
		return nil
	}
	edits, ok := gotosTo(labeled, &ast.BlockStmt{List: append([]ast.Stmt{labeled.Stmt}, l.after...)})
	if !ok {
		return nil
	}
	end := labeled.Stmt.End()
	rest := []ast.Stmt{labeled.Stmt}
	if len(l.after) > 0 {
		rest = l.after
		end = rest[len(rest)-1].End()
	}
	text := "for {\n" + req.Apply(labeled.Stmt.Pos(), end, edits)
	if !code.Terminating(rest) {
		text += "\nreturn"
	}
	by := req.Indent(labeled.Stmt.Pos())
	form := newForm(req, labeled.Pos(), end, text+"\n}", by)
	return form
}
