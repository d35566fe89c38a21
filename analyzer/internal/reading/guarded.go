package reading

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// A floor is a number that a variable is not below, if it is known.
type floor struct {
	n     int64
	known bool
}

// or returns what is known where f or g holds.
func (f floor) or(g floor) floor { return floor{min(f.n, g.n), f.known && g.known} }

// and returns what is known where f and g hold.
func (f floor) and(g floor) floor {
	if f.known && (!g.known || f.n > g.n) {
		return f
	}
	return g
}

// guarded returns a number that the variable id is not below where the loop begins, by
// what it is given before, and by what is asked on the way:
//
//	n := 3
//	if opts.Attempts > 0 {
//		n = opts.Attempts
//	}
func (r *Reading) guarded(id *ast.Ident) (int64, bool) {
	v, body := code.Local(r.Info, id), r.Loop.Func.Body
	if v == nil || code.Any(body, isGoto) {
		return 0, false
	}
	scope := ast.Node(r.Loop.Decl)
	if body.Pos() <= v.Pos() && v.Pos() < body.End() {
		scope = body
	}
	if code.Shared(r.Info, scope, v) {
		return 0, false
	}
	f := floors{r, v}.before(body.List, floor{})
	return f.n, f.known
}

func isGoto(n ast.Node) bool {
	b, ok := n.(*ast.BranchStmt)
	return ok && b.Tok == token.GOTO
}

// floors follows a variable through the statements of a function, to the loop.
type floors struct {
	*Reading
	v *types.Var
}

// before returns what is known where the loop begins, which is in list, if f is known
// where list does.
func (w floors) before(list []ast.Stmt, f floor) floor {
	for _, s := range list {
		switch {
		case code.Within(w.Loop.Outer, s):
			return f
		case code.Within(s, w.Loop.Outer):
			return w.inside(s, f)
		}
		f = w.behind(s, f)
	}
	return f
}

// inside is [floors.before] for a statement that has the loop in it.
func (w floors) inside(s ast.Stmt, f floor) floor {
	if x, ok := s.(*ast.IfStmt); ok {
		f = w.behind(x.Init, f)
		if code.Within(x.Body, w.Loop.Outer) {
			return w.before(x.Body.List, f.and(w.told(x.Cond, true, w.isVar)))
		}
		return w.before([]ast.Stmt{x.Else}, f.and(w.told(x.Cond, false, w.isVar)))
	}
	if code.Writes(w.Info, s, w.v) {
		f = floor{} // a pass before may have, or another case
	}
	var holding []ast.Stmt
	code.EachList(s, func(list []ast.Stmt) {
		if holding == nil && code.Holding(list, w.Loop.Outer) != nil {
			holding = list
		}
	})
	return w.before(holding, f)
}

// behind returns what is known behind s, which may be nil, if f is known where s begins.
func (w floors) behind(s ast.Stmt, f floor) floor {
	var given ast.Expr
	switch s := s.(type) {
	case nil:
		return f
	case *ast.IfStmt:
		return w.behindIf(s, f)
	case *ast.BlockStmt:
		return w.through(s.List, f)
	case *ast.DeclStmt:
		given = code.Declared(w.Info, s, w.v)
	default:
		given = code.ValueGiven(w.Info, s, w.v)
	}
	switch {
	case given != nil:
		n, known := w.lowest(given, 1)
		return floor{n, known}
	case code.Writes(w.Info, s, w.v):
		return floor{}
	}
	return f
}

func (w floors) through(list []ast.Stmt, f floor) floor {
	for _, s := range list {
		f = w.behind(s, f)
	}
	return f
}

func (w floors) behindIf(s *ast.IfStmt, f floor) floor {
	f = w.behind(s.Init, f)
	no := w.behind(s.Else, f.and(w.told(s.Cond, false, w.isVar)))
	if code.EndsInReturn(s.Body.List) {
		return no
	}
	yes, list := f.and(w.told(s.Cond, true, w.isVar)), s.Body.List
	if len(list) > 0 {
		if x := code.ValueGiven(w.Info, list[0], w.v); x != nil {
			same := func(e ast.Expr) bool {
				return code.Repeatable(w.Info, e) && code.SameText([]ast.Expr{e}, []ast.Expr{x})
			}
			if given := w.told(s.Cond, true, same); given.known {
				yes, list = given, list[1:]
			}
		}
	}
	return no.or(w.through(list, yes))
}

func (w floors) isVar(e ast.Expr) bool { return code.Local(w.Info, e) == w.v }

// told returns what cond, where it comes to is, tells of the operand that of reports.
func (w floors) told(cond ast.Expr, is bool, of func(ast.Expr) bool) floor {
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return floor{}
	}
	if cmp.Op == token.LAND && is || cmp.Op == token.LOR && !is {
		return w.told(cmp.X, is, of).and(w.told(cmp.Y, is, of))
	}
	x, y, op := cmp.X, cmp.Y, cmp.Op
	if of(y) {
		x, y, op = y, x, code.Mirror[op]
	}
	n, isConst := code.Int(w.Info, y)
	if !isConst || !of(x) {
		return floor{}
	}
	if !is {
		op = code.Opposite[op]
	}
	switch {
	case op == token.GEQ, op == token.EQL:
		return floor{n, true}
	case op == token.GTR, op == token.NEQ && n == 0 && code.IsUnsigned(w.Info.TypeOf(x)):
		return floor{n + 1, true}
	}
	return floor{}
}
