package rewrite

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// A number is an integer of the source: a constant, or an expression plus a
// constant.
type number struct {
	expr   ast.Expr // nil for a constant
	offset int64
}

// A counter counts the attempts of a loop.
type counter struct {
	obj    types.Object
	start  ast.Expr // nil for a range: 0
	step   int64    // 1 or -1
	stepAt ast.Stmt // the statement that counts; nil for a range
}

// numberOf reads e as a number.
func numberOf(info *types.Info, e ast.Expr) number {
	if v := info.Types[e].Value; v != nil && v.Kind() == constant.Int {
		if n, ok := constant.Int64Val(v); ok {
			return number{nil, n}
		}
	}
	if b, ok := ast.Unparen(e).(*ast.BinaryExpr); ok && (b.Op == token.ADD || b.Op == token.SUB) {
		x, y := numberOf(info, b.X), numberOf(info, b.Y)
		if b.Op == token.SUB {
			y.offset = -y.offset
		}
		if y.expr == nil {
			return number{x.expr, x.offset + y.offset}
		}
		if x.expr == nil && b.Op == token.ADD {
			return number{y.expr, x.offset + y.offset}
		}
	}
	return number{ast.Unparen(e), 0}
}

// minus returns x-y, if that is a constant.
func (x number) minus(y number) (int64, bool) {
	switch {
	case x.expr == nil && y.expr == nil,
		x.expr != nil && y.expr != nil && types.ExprString(x.expr) == types.ExprString(y.expr):
		return x.offset - y.offset, true
	}
	return 0, false
}

// counterOf returns the counter of the loop, or nil if there is none.
func (b *binder) counterOf() *counter {
	if r, ok := b.loop.cycle.(*ast.RangeStmt); ok {
		key := local(b.info, r.Key)
		if key == nil {
			return nil
		}
		return &counter{obj: key, step: 1}
	}
	steps := make(map[types.Object][]ast.Stmt)
	others := make(map[types.Object]bool)
	b.loop.inspect(func(n ast.Node) bool {
		switch s := n.(type) {
		case *ast.IncDecStmt:
			if v := local(b.info, s.X); v != nil {
				steps[v] = append(steps[v], s)
			}
			return true
		}
		for _, id := range assigned(n) {
			if v := local(b.info, id); v != nil && n != ast.Node(b.loop.init) {
				others[v] = true
			}
		}
		return true
	})
	for v, list := range steps {
		if len(list) != 1 || others[v] || !b.compared(v) {
			continue
		}
		c := &counter{obj: v, step: 1, stepAt: list[0]}
		if list[0].(*ast.IncDecStmt).Tok == token.DEC {
			c.step = -1
		}
		if c.start = b.startOf(v); c.start != nil {
			return c
		}
	}
	return nil
}

// compared reports whether the loop compares v, or has it counted in its header.
func (b *binder) compared(v types.Object) bool {
	if post, ok := b.loop.post.(*ast.IncDecStmt); ok && local(b.info, post.X) == v {
		return true
	}
	found := false
	b.loop.inspect(func(n ast.Node) bool {
		if cmp, ok := n.(*ast.BinaryExpr); ok && isComparison(cmp.Op) {
			found = found || mentions(b.info, cmp, v)
		}
		return !found
	})
	return found
}

// startOf returns the value that v has when the loop begins: the header's, or
// the last one given before the loop in its list of statements.
func (b *binder) startOf(v types.Object) ast.Expr {
	if e := valueGiven(b.info, b.loop.init, v); e != nil {
		return e
	}
	for i := b.loop.index - 1; i >= 0; i-- {
		s := b.loop.list[i]
		if e := valueGiven(b.info, s, v); e != nil {
			return e
		}
		if d, ok := s.(*ast.DeclStmt); ok {
			if e := declared(b.info, d, v); e != nil {
				return e
			}
		}
		if writes(b.info, s, v) {
			return nil
		}
	}
	return nil
}

// valueGiven returns e of the statement `v = e` or `v := e`, or nil.
func valueGiven(info *types.Info, s ast.Stmt, v types.Object) ast.Expr {
	a, ok := s.(*ast.AssignStmt)
	if !ok || len(a.Lhs) != len(a.Rhs) || a.Tok != token.ASSIGN && a.Tok != token.DEFINE {
		return nil
	}
	for i, lhs := range a.Lhs {
		if x := local(info, lhs); x != nil && x == v {
			return a.Rhs[i]
		}
	}
	return nil
}

func declared(info *types.Info, d *ast.DeclStmt, v types.Object) ast.Expr {
	for _, spec := range d.Decl.(*ast.GenDecl).Specs {
		if spec, ok := spec.(*ast.ValueSpec); ok && len(spec.Names) == len(spec.Values) {
			for i, id := range spec.Names {
				if info.Defs[id] == v {
					return spec.Values[i]
				}
			}
		}
	}
	return nil
}

func writes(info *types.Info, n ast.Node, v types.Object) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		for _, id := range assigned(n) {
			found = found || info.ObjectOf(id) == v
		}
		return !found
	})
	return found
}

func mentions(info *types.Info, n ast.Node, v types.Object) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && info.ObjectOf(id) == v {
			found = true
		}
		return !found
	})
	return found
}

const (
	sometimes  when = iota
	lastOnly        // in the last pass only
	exceptLast      // in all but the last
	firstOnly       // in the first pass only
	exceptFirst
)
