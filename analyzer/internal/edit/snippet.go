package edit

import (
	"go/ast"
	"go/parser"
	"go/token"
)

// A Snippet is a parsed list of statements.
type Snippet struct {
	Text string
	List []ast.Stmt
	Base token.Pos
	File *ast.File
}

// snippetHead stands before statements that are parsed.
const snippetHead = "package p\nfunc _() {\n"

// ParseSnippet parses statements; nil if text is something else.
func ParseSnippet(text string) *Snippet {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", snippetHead+text+"\n}", parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	fn := file.Decls[0].(*ast.FuncDecl)
	return &Snippet{text, fn.Body.List, file.FileStart + token.Pos(len(snippetHead)), file}
}

// Of returns the text of n.
func (s *Snippet) Of(n ast.Node) string { return s.Text[n.Pos()-s.Base : n.End()-s.Base] }

// Replace replaces the text of the statements from a to b.
func (s *Snippet) Replace(a, b ast.Node, text string) string {
	return s.Text[:a.Pos()-s.Base] + text + s.Text[b.End()-s.Base:]
}

// Commented reports whether there is a comment between a and b.
func (s *Snippet) Commented(a, b ast.Node) bool {
	return s.CommentedBetween(a.Pos(), b.End())
}

// CommentedBetween reports whether there is a comment between pos and end.
func (s *Snippet) CommentedBetween(pos, end token.Pos) bool {
	for _, g := range s.File.Comments {
		if pos <= g.Pos() && g.End() <= end {
			return true
		}
	}
	return false
}

// Tail returns the last n statements, or nil.
func (s *Snippet) Tail(n int) []ast.Stmt {
	if len(s.List) < n {
		return nil
	}
	return s.List[len(s.List)-n:]
}

// Returned returns x of `return x`, or "".
func (s *Snippet) Returned(stmt ast.Stmt) string {
	r, ok := stmt.(*ast.ReturnStmt)
	if !ok || len(r.Results) != 1 {
		return ""
	}
	if _, ok := r.Results[0].(*ast.Ident); !ok {
		return ""
	}
	return s.Of(r.Results[0])
}

// NilTest returns x of `if x op nil { stmt }`, and stmt.
func (s *Snippet) NilTest(stmt ast.Stmt, op token.Token) (string, ast.Stmt) {
	x, ok := stmt.(*ast.IfStmt)
	if !ok || x.Else != nil || len(x.Body.List) != 1 {
		return "", nil
	}
	cmp, ok := x.Cond.(*ast.BinaryExpr)
	if !ok || cmp.Op != op || s.Of(cmp.Y) != "nil" {
		return "", nil
	}
	return s.Of(cmp.X), x.Body.List[0]
}
