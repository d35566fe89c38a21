package tidy

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// Unlabel leaves out the label of a loop that nothing names any more, or that breaks and
// continues do not need, though they did in was: without it they lead to the same place.
//
//	loop:
//		for { if !b.Wait(done) { break loop } }
func Unlabel(text, label, was string) string {
	is := labelOf(text, label)
	if is == nil || is.needed || len(is.branches) > 0 && !labelOf(was, label).needed {
		return text
	}
	for _, b := range slices.Backward(is.branches) {
		text = text[:b.Pos()-is.base] + b.Tok.String() + text[b.End()-is.base:]
	}
	return text[:is.labeled.Pos()-is.base] + text[is.labeled.Stmt.Pos()-is.base:]
}

// A labeling is how statements use the label of one of them.
type labeling struct {
	base     token.Pos
	labeled  *ast.LabeledStmt
	branches []*ast.BranchStmt // that name it
	needed   bool              // one of them would lead to another place without it
}

// labelOf returns how the statements in text use a label; nil if none of them has it.
func labelOf(text, label string) *labeling {
	s := edit.ParseSnippet(text)
	if s == nil {
		return nil
	}
	for _, stmt := range s.List {
		if l, ok := stmt.(*ast.LabeledStmt); ok && l.Label.Name == label {
			u := &labeling{base: s.Base, labeled: l}
			for _, x := range s.List {
				ast.PreorderStack(x, nil, u.visit)
			}
			return u
		}
	}
	return nil
}

func (u *labeling) visit(n ast.Node, stack []ast.Node) bool {
	b, ok := n.(*ast.BranchStmt)
	if !ok || b.Label == nil || b.Label.Name != u.labeled.Label.Name {
		return true
	}
	u.branches = append(u.branches, b)
	u.needed = u.needed || b.Tok == token.GOTO || slices.ContainsFunc(stack[min(2, len(stack)):], func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			return true
		case *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
			return b.Tok == token.BREAK
		}
		return false
	})
	return true
}
