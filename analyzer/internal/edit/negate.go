package edit

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// Negate returns the edits that write the opposite of cond.
func Negate(info *types.Info, cond ast.Expr) []Edit {
	around := func(before, behind string) []Edit {
		return []Edit{Insert(cond.Pos(), before), Insert(cond.End(), behind)}
	}
	switch e := cond.(type) {
	case *ast.ParenExpr:
		return Negate(info, e.X)
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			return []Edit{Span(e.Pos(), e.X.Pos(), "")}
		}
	case *ast.BinaryExpr:
		exact := e.Op == token.EQL || e.Op == token.NEQ || code.IsInteger(info.TypeOf(e.X)) && code.IsInteger(info.TypeOf(e.Y))
		switch op := code.Opposite[e.Op]; {
		case e.Op == token.LAND:
			return slices.Concat(Negate(info, e.X), []Edit{operator(e, "||")}, Negate(info, e.Y))
		case e.Op == token.LOR:
			return slices.Concat(apart(info, e.X), []Edit{operator(e, "&&")}, apart(info, e.Y))
		case op != token.ILLEGAL && exact:
			return []Edit{operator(e, op.String())}
		}
		return around("!(", ")")
	}
	return around("!", "")
}

func operator(e *ast.BinaryExpr, op string) Edit {
	return Span(e.OpPos, e.OpPos+token.Pos(len(e.Op.String())), op)
}

// apart is Negate for an operand of ||, whose opposite may need brackets.
func apart(info *types.Info, e ast.Expr) []Edit {
	if x, ok := e.(*ast.BinaryExpr); !ok || x.Op != token.LAND {
		return Negate(info, e)
	}
	return slices.Concat([]Edit{Insert(e.Pos(), "(")}, Negate(info, e), []Edit{Insert(e.End(), ")")})
}
