package rewrite

import (
	"go/ast"
	"go/token"
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
	if !l.place(l.fn.Body) || l.outer != ast.Stmt(labeled) || !l.last || !declaresUsed(append([]ast.Stmt{labeled.Stmt}, l.after...), l.after) {
		return nil
	}
	var edits []edit
	ok := true
	for _, s := range append([]ast.Stmt{labeled.Stmt}, l.after...) {
		inner := 0 // loops around
		ast.PreorderStack(s, nil, func(n ast.Node, stack []ast.Node) bool {
			b, isBranch := n.(*ast.BranchStmt)
			if !isBranch || b.Label == nil || b.Label.Name != labeled.Label.Name {
				return true
			}
			for _, outer := range stack {
				switch outer.(type) {
				case *ast.ForStmt, *ast.RangeStmt:
					inner++
				}
			}
			ok = ok && b.Tok == token.GOTO && inner == 0
			edits = append(edits, edit{b.Pos(), b.End(), "continue"})
			return true
		})
	}
	if !ok || len(edits) == 0 {
		return nil
	}
	end := labeled.Stmt.End()
	rest := []ast.Stmt{labeled.Stmt}
	if len(l.after) > 0 {
		rest = l.after
		end = rest[len(rest)-1].End()
	}
	text := "for {\n" + req.apply(labeled.Stmt.Pos(), end, edits)
	if !terminating(rest) {
		text += "\nreturn"
	}
	by := indentOf(req.Src, req.offset(labeled.Stmt.Pos()))
	form := newForm(req, labeled.Pos(), end, text+"\n}", by)
	return form
}
