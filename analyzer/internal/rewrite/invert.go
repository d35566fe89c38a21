package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// inverted writes a loop that goes round where attempts are left so that it
// leaves where none are:
//
//	if n > 0 {
//		time.Sleep(d)
//		continue
//	}
//	return err
//
// becomes `if n <= 0 { return err }`, with the delay behind it; nil if the loop
// has no such statement.
func (b *binder) inverted(s *ast.ForStmt) *Form {
	b.counter = b.loop.Counter()
	if b.counter == nil {
		return nil
	}
	var edits []edit.Edit
	code.EachList(s.Body, func(list []ast.Stmt) {
		for i, s := range list[:max(len(list)-1, 0)] {
			if x, ok := s.(*ast.IfStmt); ok && len(edits) == 0 && b.goesRound(x) && code.Terminating(list[i+1:]) {
				rest := list[i+1:]
				until := rest[len(rest)-1].End()
				body := strings.TrimRight(b.Between(x.Body.Lbrace+1, x.Body.Rbrace), " \t\n")
				text := "if " + b.negation(x.Cond) + " {\n" + b.Between(rest[0].Pos(), until) + "\n}" + body
				edits = append(edits, edit.Span(x.Pos(), until, text))
			}
		}
	})
	if len(edits) == 0 {
		return nil
	}
	return newForm(b.Request, s.Pos(), s.End(), b.Apply(s.Pos(), s.End(), edits), b.Indent(s.Pos()))
}

// goesRound reports whether x tests the counter, and goes on to the next pass.
func (b *binder) goesRound(x *ast.IfStmt) bool {
	if x.Init != nil || x.Else != nil || len(x.Body.List) == 0 || !code.Mentions(b.info, x.Cond, b.counter.Obj) {
		return false
	}
	s, ok := x.Body.List[len(x.Body.List)-1].(*ast.BranchStmt)
	return ok && s.Tok == token.CONTINUE && s.Label == nil
}

// negation writes the opposite of cond.
func (b *binder) negation(cond ast.Expr) string {
	switch e := ast.Unparen(cond).(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			return b.Text(e.X)
		}
	case *ast.BinaryExpr:
		switch {
		case e.Op == token.LAND:
			return b.negation(e.X) + " || " + b.negation(e.Y)
		case e.Op == token.LOR:
			return "(" + b.negation(e.X) + ") && (" + b.negation(e.Y) + ")"
		case opposite[e.Op] != "" && (e.Op == token.EQL || e.Op == token.NEQ || b.isInteger(e.X) && b.isInteger(e.Y)):
			return b.Text(e.X) + " " + opposite[e.Op] + " " + b.Text(e.Y)
		}
		return "!(" + b.Text(e) + ")"
	}
	return "!" + b.Text(ast.Unparen(cond))
}

func (b *binder) isInteger(e ast.Expr) bool {
	basic, ok := b.info.TypeOf(e).Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsInteger != 0
}

// opposite has, for each comparison, the one that holds where it does not.
var opposite = map[token.Token]string{
	token.EQL: "!=", token.NEQ: "==", token.LSS: ">=", token.GEQ: "<", token.GTR: "<=", token.LEQ: ">",
}
