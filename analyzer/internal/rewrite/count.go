package rewrite

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
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
	tests  []*ast.BinaryExpr
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

var mirror = map[token.Token]token.Token{
	token.LSS: token.GTR, token.GTR: token.LSS, token.LEQ: token.GEQ, token.GEQ: token.LEQ,
	token.EQL: token.EQL, token.NEQ: token.NEQ,
}

func isComparison(op token.Token) bool { return mirror[op] != token.ILLEGAL }

// A when says in which passes a test of the counter holds.
type when int

const (
	sometimes  when = iota
	lastOnly        // in the last pass only
	exceptLast      // in all but the last
	firstOnly       // in the first pass only
	exceptFirst
)

// holds returns when a test of the counter holds, in a loop of n passes.
func (b *binder) holds(cond ast.Expr, c *counter, n number) when {
	if w, ok := b.simulated(cond, c, n); ok {
		return w
	}
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || !isComparison(cmp.Op) || c == nil {
		return sometimes
	}
	x, y, op := cmp.X, cmp.Y, cmp.Op
	if mentions(b.info, y, c.obj) {
		x, y, op = y, x, mirror[op]
	}
	left := numberOf(b.info, x)
	if left.expr == nil || local(b.info, left.expr) != c.obj || mentions(b.info, y, c.obj) || !b.loop.visibleBefore(b.pkg, y) {
		return sometimes
	}
	if c.stepAt != nil && c.stepAt != b.loop.post && c.stepAt.Pos() < cmp.Pos() {
		left.offset += c.step // it was counted before the test
	}
	start := number{}
	if c.start != nil {
		start = numberOf(b.info, c.start)
	}
	right := numberOf(b.info, y)
	// At the pass k = 1, 2, ... the counter is start + step*(k-1).
	first := func(k int64) (int64, bool) {
		d, ok := number{start.expr, start.offset + left.offset + c.step*(k-1)}.minus(right)
		return d, ok
	}
	last := func(j int64) (int64, bool) { // j passes before the last
		end := number{n.expr, n.offset - 1 - j}
		if c.step < 0 {
			// start - (n-1-j)
			d, ok := start.minus(end)
			return d + left.offset - right.offset, ok && right.expr == nil
		}
		if start.expr != nil {
			return 0, false
		}
		d, ok := number{end.expr, end.offset + start.offset + left.offset}.minus(right)
		return d, ok
	}
	pattern := func(at func(int64) (int64, bool), from int64) (bool, bool, bool) {
		var got [4]bool
		for i, k := range []int64{from, from + 1, from + 2, from + 1000} {
			d, ok := at(k)
			if !ok {
				return false, false, false
			}
			got[i] = compareInts(op, d)
		}
		return got[0] && !got[1] && !got[2] && !got[3], !got[0] && got[1] && got[2] && got[3], true
	}
	if only, except, ok := pattern(last, 0); ok && only {
		return lastOnly
	} else if ok && except {
		return exceptLast
	}
	if only, except, ok := pattern(first, 1); ok && only {
		return firstOnly
	} else if ok && except {
		return exceptFirst
	}
	return sometimes
}

// maxSimulated is how many passes are simulated.
const maxSimulated = 1000

// simulated returns when cond holds by computing it for each pass; not ok
// if the counter's first value or the number of passes is not known.
func (b *binder) simulated(cond ast.Expr, c *counter, n number) (when, bool) {
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || !isComparison(cmp.Op) || c == nil || n.expr != nil || n.offset < 1 || n.offset > maxSimulated || !mentions(b.info, cmp, c.obj) {
		return sometimes, false
	}
	held := int64(0)
	var first, last bool
	for k := int64(1); k <= n.offset; k++ {
		truth, ok := b.atPass(cmp, c, k)
		if !ok {
			return sometimes, false
		}
		if truth {
			held++
		}
		first = first || k == 1 && truth
		last = k == n.offset && truth
	}
	switch {
	case held == 1 && last:
		return lastOnly, true
	case held == n.offset-1 && !last:
		return exceptLast, true
	case held == 1 && first:
		return firstOnly, true
	case held == n.offset-1 && !first:
		return exceptFirst, true
	}
	return sometimes, true
}

// atPass computes a comparison of the counter in the k-th pass.
func (b *binder) atPass(cmp *ast.BinaryExpr, c *counter, k int64) (holds, ok bool) {
	start := number{}
	if c.start != nil {
		start = numberOf(b.info, c.start)
	}
	value := number{start.expr, start.offset + c.step*(k-1)}
	if c.stepAt != nil && c.stepAt != b.loop.post && c.stepAt.Pos() < cmp.Pos() {
		value.offset += c.step // it was counted before the test
	}
	x, okX := b.compute(cmp.X, c.obj, value)
	y, okY := b.compute(cmp.Y, c.obj, value)
	if !okX || !okY {
		return false, false
	}
	d, ok := x.minus(y)
	return compareInts(cmp.Op, d), ok
}

// compute returns e where obj has a value.
func (b *binder) compute(e ast.Expr, obj types.Object, value number) (number, bool) {
	if v := b.info.Types[e].Value; v != nil && v.Kind() == constant.Int {
		n, ok := constant.Int64Val(v)
		return number{nil, n}, ok
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if b.info.ObjectOf(e) == obj {
			return value, true
		}
	case *ast.BinaryExpr:
		x, okX := b.compute(e.X, obj, value)
		y, okY := b.compute(e.Y, obj, value)
		if !okX || !okY {
			return number{}, false
		}
		return x.combined(e.Op, y)
	}
	if mentions(b.info, e, obj) || !b.loop.visibleBefore(b.pkg, e) {
		return number{}, false
	}
	return number{ast.Unparen(e), 0}, true
}

// combined returns x op y.
func (x number) combined(op token.Token, y number) (number, bool) {
	switch {
	case op == token.ADD && y.expr == nil:
		return number{x.expr, x.offset + y.offset}, true
	case op == token.ADD && x.expr == nil:
		return number{y.expr, x.offset + y.offset}, true
	case op == token.SUB:
		if d, ok := x.minus(y); ok {
			return number{nil, d}, true
		}
		return number{x.expr, x.offset - y.offset}, y.expr == nil
	case op == token.MUL && x.expr == nil && y.expr == nil:
		return number{nil, x.offset * y.offset}, true
	}
	return number{}, false
}

func compareInts(op token.Token, d int64) bool {
	switch op {
	case token.LSS:
		return d < 0
	case token.LEQ:
		return d <= 0
	case token.GTR:
		return d > 0
	case token.GEQ:
		return d >= 0
	case token.EQL:
		return d == 0
	}
	return d != 0
}

// limitOf returns the number of attempts that bounds tell.
func limitOf(bounds growth.Bounds) (number, bool) {
	switch {
	case bounds.N > 0:
		return number{nil, bounds.N}, true
	case bounds.Limit != nil:
		return number{bounds.Limit, bounds.Offset}, true
	}
	return number{}, false
}

// atLeastOne reports whether n is known to be 1 or more.
func (b *binder) atLeastOne(n number) bool {
	if n.expr == nil {
		return n.offset >= 1
	}
	low, ok := b.lowest(n.expr, 0)
	return ok && low+n.offset >= 1
}

// lowest returns a number that e is not below.
func (b *binder) lowest(e ast.Expr, depth int) (int64, bool) {
	if v := b.info.Types[e].Value; v != nil && v.Kind() == constant.Int {
		return constant.Int64Val(v)
	}
	if depth > 3 {
		return 0, false
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		return b.lowestCall(e, depth)
	case *ast.Ident:
		return b.lowestVar(e, depth)
	case *ast.BinaryExpr:
		x, okX := b.lowest(e.X, depth+1)
		y, okY := b.lowest(e.Y, depth+1)
		if !okX || !okY || x < 0 || y < 0 {
			return 0, false
		}
		switch e.Op {
		case token.ADD:
			return x + y, true
		case token.MUL:
			return x * y, true
		}
	}
	if basic, ok := b.info.TypeOf(e).Underlying().(*types.Basic); ok && basic.Info()&types.IsUnsigned != 0 {
		return 0, true
	}
	return 0, false
}

func (b *binder) lowestCall(call *ast.CallExpr, depth int) (int64, bool) {
	if b.info.Types[call.Fun].IsType() && len(call.Args) == 1 {
		return b.lowest(call.Args[0], depth+1)
	}
	id, ok := ast.Unparen(call.Fun).(*ast.Ident)
	if !ok {
		return 0, false
	}
	if _, ok := b.info.ObjectOf(id).(*types.Builtin); !ok {
		return 0, false
	}
	switch id.Name {
	case "len", "cap":
		return 0, true
	case "max":
		best, found := int64(0), false
		for _, arg := range call.Args {
			if n, ok := b.lowest(arg, depth+1); ok && (!found || n > best) {
				best, found = n, true
			}
		}
		return best, found
	}
	return 0, false
}

// lowestVar reads all values that a variable is given in the package.
func (b *binder) lowestVar(id *ast.Ident, depth int) (int64, bool) {
	v, ok := b.info.ObjectOf(id).(*types.Var)
	if !ok || v.IsField() || v.Pkg() != b.pkg.Types || v.Exported() && v.Parent() == b.pkg.Types.Scope() {
		return 0, false
	}
	lowest, found := int64(0), false
	take := func(e ast.Expr) bool {
		n, ok := int64(0), false
		if e != nil {
			n, ok = b.lowest(e, depth+1)
		}
		if !ok {
			return false
		}
		if !found || n < lowest {
			lowest, found = n, true
		}
		return true
	}
	known := true
	for _, file := range b.pkg.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				for i, name := range n.Names {
					if b.info.Defs[name] == v {
						known = known && len(n.Names) == len(n.Values) && take(n.Values[i])
					}
				}
			case *ast.AssignStmt:
				if writes(b.info, &ast.AssignStmt{Lhs: n.Lhs}, v) {
					known = known && take(valueGiven(b.info, n, v))
				}
				return known
			case *ast.IncDecStmt:
				known = known && !(n.Tok == token.DEC && local(b.info, n.X) == v)
			default:
				for _, id := range assigned(n) {
					known = known && b.info.ObjectOf(id) != v
				}
			}
			return known
		})
	}
	return lowest, known && found
}
