package flow

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// eval returns what is known of e.
func (w *walker) eval(e ast.Expr, f facts) value {
	e = ast.Unparen(e)
	if x := w.paths.operand(e); x.fixed {
		return x.value
	}
	switch e := e.(type) {
	case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr, *ast.StarExpr:
		return w.evalPath(e, f)
	case *ast.CallExpr:
		if vals := w.results(e, f); len(vals) == 1 && vals[0] != isUnknown {
			w.looked = w.looked || vals[0].isStatus()
			return vals[0]
		}
		return w.evalPath(e, f)
	case *ast.UnaryExpr:
		return w.evalUnary(e, f)
	case *ast.BinaryExpr:
		return w.evalBinary(e, f)
	case *ast.FuncLit:
		return isNonZero
	case *ast.TypeAssertExpr:
		if v := w.eval(e.X, f); v == isZero || w.judge.isErrorLike(w.info.TypeOf(e)) {
			return v
		}
	}
	return isUnknown
}

func (w *walker) evalUnary(e *ast.UnaryExpr, f facts) value {
	switch e.Op {
	case token.AND:
		return isNonZero
	case token.NOT:
		return truthValue(w.cond(e.X, f).not())
	case token.ARROW:
		if w.op != nil && e == w.op.node {
			return w.world.result(0)
		}
	}
	return isUnknown
}

func (w *walker) evalBinary(e *ast.BinaryExpr, f facts) value {
	switch e.Op {
	case token.LAND, token.LOR, token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return truthValue(w.cond(e, f))
	case token.ADD, token.SUB:
		x, ok1 := w.eval(e.X, f).num()
		y, ok2 := w.eval(e.Y, f).num()
		if ok1 && ok2 && e.Op == token.ADD {
			return intValue(x + y)
		} else if ok1 && ok2 {
			return intValue(x - y)
		}
	case token.QUO: // the class of a status: resp.StatusCode / 100
		if n, ok := w.eval(e.Y, f).num(); ok && n == 100 && w.eval(e.X, f).kind == okStatus {
			return intValue(2)
		}
	}
	return isUnknown
}

func truthValue(t truth) value {
	if t == maybe {
		return isUnknown
	}
	return boolValue(t == yes)
}

// evalPath returns what is known of a variable, or of a part of one whose whole
// is known to be good or bad.
func (w *walker) evalPath(e ast.Expr, f facts) value {
	n := w.paths.operand(e).path
	if n == none {
		return isUnknown
	}
	if v := f.get(n); v != isUnknown {
		w.looked = w.looked || v.isStatus()
		return v
	}
	p := w.paths.all[n]
	if w.depth == 0 && isContextErr(w.info, e) && !w.cycle.Made(p.root) {
		return isZero // what a cancelled context does is not the question
	}
	t := w.info.TypeOf(e)
	if w.judge.isErrorLike(t) && code.IsSentinel(w.info, e) {
		return isNonZero // such as io.EOF
	}
	if list, ok := e.(*ast.IndexExpr); ok && w.eval(list.X, f) == isZero {
		return isZero // no errors
	}
	whole := w.paths.whole(n, f)
	if whole == isUnknown {
		return isUnknown
	}
	status := w.isStatus(e)
	if strings.HasSuffix(p.rest, "()") && !isGetter(p.rest) && !status {
		return isUnknown // another operation
	}
	good := whole == isClean
	switch {
	case w.judge.isErrorLike(t):
		w.looked = true
		return boolValue(!good)
	case status:
		w.looked = true
		if good {
			return value{kind: okStatus}
		}
		return value{kind: badStatus}
	}
	return isUnknown
}

// isGetter reports whether the path ends in a method that by convention returns
// the error or status that a result holds: Err, GetError, StatusCode.
func isGetter(rest string) bool {
	name := strings.TrimPrefix(rest[strings.LastIndexByte(rest, '.')+1:], "Get")
	return strings.HasPrefix(name, "Err") || strings.HasPrefix(name, "StatusCode")
}
