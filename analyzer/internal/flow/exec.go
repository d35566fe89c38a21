package flow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// exec returns what is known after a node that is not a condition.
func (w *walker) exec(n ast.Node, f facts) facts {
	f = w.effects(n, f)
	switch n := n.(type) {
	case *ast.AssignStmt:
		return w.assign(n, f)
	case *ast.ValueSpec:
		for i, name := range n.Names {
			switch {
			case len(n.Values) == 0:
				f = w.put(name, isZero, f)
			case len(n.Values) == len(n.Names):
				f = w.put(name, w.eval(n.Values[i], f), f)
			default:
				f = w.put(name, nth(w.tuple(n.Values[0], f), i), f)
			}
		}
	case *ast.ExprStmt:
		if call, ok := ast.Unparen(n.X).(*ast.CallExpr); ok {
			return w.arm(call, f)
		}
	case *ast.IncDecStmt:
		v := counted(w.eval(n.X, f), n.Tok)
		if n.Tok == token.INC && slices.ContainsFunc(w.inner, func(body ast.Node) bool { return code.Within(body, n) }) {
			v = value{kind: plenty}
		}
		return w.put(n.X, v, f)
	}
	return f
}

// maxCount is how far a walk counts: what has come that far is some number.
const maxCount = 8

// counted returns v after ++ or --.
func counted(v value, step token.Token) value {
	x, ok := v.num()
	switch {
	case step == token.INC && (v.kind == positive || ok && x >= maxCount):
		return value{kind: positive}
	case step == token.INC && ok:
		return intValue(x + 1)
	case ok:
		return intValue(x - 1)
	}
	return isUnknown
}

func (w *walker) assign(n *ast.AssignStmt, f facts) facts {
	if n.Tok != token.ASSIGN && n.Tok != token.DEFINE {
		v := isUnknown
		x, ok1 := w.eval(n.Lhs[0], f).num()
		y, ok2 := w.eval(n.Rhs[0], f).num()
		if ok1 && ok2 && n.Tok == token.ADD_ASSIGN {
			v = intValue(x + y)
		}
		return w.put(n.Lhs[0], v, f)
	}
	var vals []value
	if len(n.Lhs) == len(n.Rhs) {
		for _, rhs := range n.Rhs {
			vals = append(vals, w.eval(rhs, f))
		}
	} else {
		vals = w.tuple(n.Rhs[0], f)
	}
	coarse := w.coarse
	if w.op != nil && len(n.Rhs) == 1 && ast.Unparen(n.Rhs[0]) == w.op.node {
		w.coarse = false // this is what it is about
	}
	for i, lhs := range n.Lhs {
		f = w.put(lhs, nth(vals, i), f)
	}
	w.coarse = coarse
	return w.settle(n, f, f)
}

// tuple returns what is known of the values of an expression that has several.
func (w *walker) tuple(e ast.Expr, f facts) []value {
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		return w.results(e, f)
	case *ast.UnaryExpr: // v, ok := <-ch
		if w.op != nil && e == w.op.node {
			return w.world.results
		}
	case *ast.TypeAssertExpr: // v, ok := err.(T)
		if w.eval(e.X, f) == isZero {
			return []value{isZero, isZero}
		}
	}
	return nil
}

func nth(vals []value, i int) value {
	if i < len(vals) {
		return vals[i]
	}
	return isUnknown
}

// put records that lhs is given v.
func (w *walker) put(lhs ast.Expr, v value, f facts) facts {
	if id, ok := lhs.(*ast.Ident); ok && id.Name == "_" {
		return f
	}
	n := w.paths.operand(lhs).path
	if n == none {
		return f
	}
	f = w.paths.kill(f, w.paths.all[n])
	if w.coarse && !w.tells(v, lhs) {
		if v.kind == positive || v.kind == number && v.n == 1 {
			v = value{kind: positive} // of a count, whether there is anything at all
		} else if v != isZero || !code.IsInteger(w.info.TypeOf(lhs)) {
			return f
		}
	}
	return w.paths.set(f, n, v)
}

// tells reports whether a walk that keeps only what it must keeps v: outcomes
// and what is copied from them, not counters.
func (w *walker) tells(v value, lhs ast.Expr) bool {
	t := w.info.TypeOf(lhs)
	if t == nil {
		return false
	}
	b, ok := t.Underlying().(*types.Basic)
	return w.judge.isErrorLike(t) || v == isClean || v == isDirty || v.isStatus() || ok && b.Kind() == types.Bool
}

// effects forgets the variables that a node changes behind the scenes, through
// a pointer or in a function literal, and records what the operation tells
// through them.
func (w *walker) effects(n ast.Node, f facts) facts {
	before := f
	for _, p := range w.judge.touched(n) {
		f = w.paths.kill(f, p)
	}
	f = w.settle(n, before, f)
	if w.op != nil && len(w.op.targets) > 0 && w.op.top == n {
		for _, p := range w.op.targets {
			f = w.paths.set(f, w.paths.number(p), w.world.target)
		}
	}
	return f
}

// settle records what the operation, if n is where it stands, makes of variables that
// were known as before.
func (w *walker) settle(n ast.Node, before, f facts) facts {
	if w.op == nil || w.op.top != n {
		return f
	}
	for _, s := range w.world.sets {
		number := w.paths.number(s.path)
		if s.value == isUnknown {
			f = w.paths.set(f, number, before.get(number))
		} else {
			f = w.paths.set(f, number, s.value)
		}
	}
	return f
}

// touched lists the variables that n may change other than by assigning them
// at the top: those whose address it takes, and those that a function literal
// in it assigns.
func (j *Judge) touched(n ast.Node) []path {
	if list, ok := j.touches[n]; ok {
		return list
	}
	t := &toucher{info: j.pkg.Info}
	ast.Inspect(n, t.visit)
	j.touches[n] = t.list
	return t.list
}

// A toucher lists what [Judge.touched] does.
type toucher struct {
	info  *types.Info
	list  []path
	depth int // of function literals
}

func (t *toucher) add(e ast.Expr) {
	if p, ok := pathOf(t.info, e); ok {
		t.list = append(t.list, p)
	}
}

func (t *toucher) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.CallExpr:
		return !isInert(t.info, n)
	case *ast.FuncLit:
		t.depth++
		ast.Inspect(n.Body, t.visit)
		t.depth--
		return false
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			t.add(n.X)
		}
	case *ast.AssignStmt:
		if t.depth > 0 && n.Tok != token.DEFINE {
			for _, lhs := range n.Lhs {
				t.add(lhs)
			}
		}
	case *ast.IncDecStmt:
		if t.depth > 0 {
			t.add(n.X)
		}
	case *ast.RangeStmt:
		for _, e := range []ast.Expr{n.Key, n.Value} {
			if t.depth > 0 && n.Tok == token.ASSIGN && e != nil {
				t.add(e)
			}
		}
	}
	return true
}
