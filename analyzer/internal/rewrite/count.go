package rewrite

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// A number is an integer of the source: expr - less + offset.
type number struct {
	expr   ast.Expr // nil for 0
	offset int64
	less   ast.Expr // nil for 0
}

// A counter counts the attempts of a loop.
type counter struct {
	obj    types.Object
	start  ast.Expr // nil for a range: 0; the parameter itself, where that is counted
	step   int64    // 1 or -1
	stepAt ast.Stmt // the statement that counts; nil for a range
}

// numberOf reads e as a number.
func numberOf(info *types.Info, e ast.Expr) number {
	if v := info.Types[e].Value; v != nil && v.Kind() == constant.Int {
		if n, ok := constant.Int64Val(v); ok {
			return number{offset: n}
		}
	}
	if b, ok := ast.Unparen(e).(*ast.BinaryExpr); ok && (b.Op == token.ADD || b.Op == token.SUB) {
		x, y := numberOf(info, b.X), numberOf(info, b.Y)
		if b.Op == token.SUB {
			y.offset = -y.offset
		}
		if y.expr == nil {
			return number{expr: x.expr, offset: x.offset + y.offset}
		}
		if x.expr == nil && b.Op == token.ADD {
			return number{expr: y.expr, offset: x.offset + y.offset}
		}
	}
	return number{expr: ast.Unparen(e)}
}

// constant reports whether n is its offset.
func (n number) constant() bool { return n.expr == nil && n.less == nil }

// plus returns x+y, if that has one expression on each side at most.
func (x number) plus(y number) (number, bool) {
	sum := number{offset: x.offset + y.offset}
	var plus, minus []ast.Expr
	for _, n := range []number{x, y} {
		if n.expr != nil {
			plus = append(plus, n.expr)
		}
		if n.less != nil {
			minus = append(minus, n.less)
		}
	}
	for i, p := range plus {
		for j, m := range minus {
			if p != nil && m != nil && types.ExprString(p) == types.ExprString(m) {
				plus[i], minus[j] = nil, nil
			}
		}
	}
	plus = slices.DeleteFunc(plus, func(e ast.Expr) bool { return e == nil })
	minus = slices.DeleteFunc(minus, func(e ast.Expr) bool { return e == nil })
	if len(plus) > 1 || len(minus) > 1 {
		return number{}, false
	}
	if len(plus) == 1 {
		sum.expr = plus[0]
	}
	if len(minus) == 1 {
		sum.less = minus[0]
	}
	return sum, true
}

// negated returns -n.
func (n number) negated() number { return number{expr: n.less, less: n.expr, offset: -n.offset} }

// add returns n+k.
func (n number) add(k int64) number {
	n.offset += k
	return n
}

// minus returns x-y, if that is a constant.
func (x number) minus(y number) (int64, bool) {
	d, ok := x.plus(y.negated())
	return d.offset, ok && d.constant()
}

// counterOf returns the counter of the loop, or nil if there is none.
func (l *loop) counterOf() *counter {
	if r, ok := l.cycle.(*ast.RangeStmt); ok {
		key := code.Local(l.info, r.Key)
		if key == nil {
			return nil
		}
		return &counter{obj: key, step: 1}
	}
	steps := make(map[types.Object][]ast.Stmt)
	others := make(map[types.Object]bool)
	l.inspect(func(n ast.Node) bool {
		switch s := n.(type) {
		case *ast.IncDecStmt:
			if v := code.Local(l.info, s.X); v != nil {
				steps[v] = append(steps[v], s)
			}
			return true
		}
		for _, id := range code.Assigned(n) {
			if v := code.Local(l.info, id); v != nil && n != ast.Node(l.init) {
				others[v] = true
			}
		}
		return true
	})
	for _, v := range code.ObjectsInOrder(steps) {
		list := steps[v]
		if len(list) != 1 || others[v] || !l.compared(v) {
			continue
		}
		c := &counter{obj: v, step: 1, stepAt: list[0]}
		if list[0].(*ast.IncDecStmt).Tok == token.DEC {
			c.step = -1
		}
		if c.start = l.startOf(v); c.start != nil {
			return c
		}
	}
	return nil
}

// compared reports whether the loop compares v, or has it counted in its header.
func (l *loop) compared(v types.Object) bool {
	if post, ok := l.post.(*ast.IncDecStmt); ok && code.Local(l.info, post.X) == v {
		return true
	}
	found := false
	l.inspect(func(n ast.Node) bool {
		if cmp, ok := n.(*ast.BinaryExpr); ok && code.IsComparison(cmp.Op) {
			found = found || code.Mentions(l.info, cmp, v)
		}
		return !found
	})
	return found
}

// startOf returns the value that v has when the loop begins: the header's, or
// the last one given before the loop in its list of statements, or v itself, if it
// is a parameter or a variable of a function around.
func (l *loop) startOf(v types.Object) ast.Expr {
	if e := code.ValueGiven(l.info, l.init, v); e != nil {
		return e
	}
	for i := l.index - 1; i >= 0; i-- {
		s := l.list[i]
		if e := code.ValueGiven(l.info, s, v); e != nil {
			return e
		}
		if d, ok := s.(*ast.DeclStmt); ok {
			if e := code.Declared(l.info, d, v); e != nil {
				return e
			}
		}
		if code.Writes(l.info, s, v) {
			return nil
		}
	}
	if l.cond != nil && v.Pos() < l.fn.Node.Pos() {
		return useOf(l.info, l.cond, v)
	}
	return l.parameter(v)
}

// useOf returns where n uses v, or nil.
func useOf(info *types.Info, n ast.Node, v types.Object) (use ast.Expr) {
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && use == nil && info.Uses[id] == v {
			use = id
		}
		return use == nil
	})
	return use
}

// parameter returns the parameter v of the loop's function, if only the loop
// writes it.
func (l *loop) parameter(v types.Object) ast.Expr {
	for _, field := range l.fn.Type.Params.List {
		for _, id := range field.Names {
			if l.info.Defs[id] == v && l.last && !code.Shared(l.info, l.fn.Body, v) {
				return id
			}
		}
	}
	return nil
}
