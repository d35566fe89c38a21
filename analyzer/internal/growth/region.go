package growth

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/graph"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// A region is code that runs on each pass, but for a part that runs once.
type region struct {
	from, to         token.Pos
	onceFrom, onceTo token.Pos
}

func (r region) has(pos token.Pos) bool {
	return r.from <= pos && pos <= r.to && !(r.onceFrom <= pos && pos < r.onceTo)
}

// cycleRegion returns what runs on each pass of the site.
func (a *Analysis) cycleRegion(s *site.Site) region {
	r := region{from: s.Cycle.Pos(), to: s.Cycle.End()}
	switch c := s.Cycle.(type) {
	case *ast.ForStmt:
		if c.Init != nil {
			r.onceFrom, r.onceTo = c.Init.Pos(), c.Init.End()
		}
	case *ast.LabeledStmt:
		r.to = max(r.to, a.lastGotos(s)[c])
	}
	return r
}

// lastGotos returns the end of the last goto to each label in the function of s.
func (a *Analysis) lastGotos(s *site.Site) map[*ast.LabeledStmt]token.Pos {
	ends, ok := a.gotos[s.Func.Body]
	if !ok {
		ends = make(map[*ast.LabeledStmt]token.Pos)
		for _, l := range graph.Labels(s.Func.Body) {
			ends[l.Stmt] = l.End
		}
		if a.gotos == nil {
			a.gotos = make(map[*ast.BlockStmt]map[*ast.LabeledStmt]token.Pos)
		}
		a.gotos[s.Func.Body] = ends
	}
	return ends
}

// covers reports whether pos is in code that runs on each pass.
func (ev *evaluator) covers(pos token.Pos) bool {
	return slices.ContainsFunc(ev.regions, func(r region) bool { return r.has(pos) })
}

// inside returns those of defs that run on each pass.
func (ev *evaluator) inside(defs []def) (in []def) {
	for _, d := range defs {
		if ev.covers(d.pos) {
			in = append(in, d)
		}
	}
	return in
}

// before returns the definitions of obj that do not run on each pass.
func (ev *evaluator) before(obj types.Object) []def {
	return slices.DeleteFunc(slices.Clone(ev.defsOf(obj)), func(d def) bool { return ev.covers(d.pos) })
}

// kept reports whether obj, which the cycle changes, is not given a value anew each time that
// the cycle is entered: it begins with what the cycle made of it before.
//
//	delay := time.Second
//	for _, page := range pages {
//		for get(page) != nil {
//			time.Sleep(delay)
//			delay *= 2
//		}
//	}
func (ev *evaluator) kept(obj types.Object) bool {
	if !code.IsLocal(obj) || len(ev.inside(ev.defsOf(obj))) == 0 {
		return false
	}
	given := ev.before(obj)
	for from, to := range ev.reruns {
		anew := func(d def) bool { return from <= d.pos && d.pos < to }
		if !within(obj, from, to) && !slices.ContainsFunc(given, anew) {
			return true
		}
	}
	return false
}

// entering returns the definitions of obj that it may have where the cycle begins: none that
// another always takes the place of, and none behind the cycle, if that is not run again. A
// function inside another may run later than where it stands, and other functions, which the
// cycle calls, wherever they stand.
func (ev *evaluator) entering(obj types.Object) []def {
	defs, cycle := ev.before(obj), ev.site.Cycle
	decl := ev.pkg.DeclAt(cycle.Pos())
	if !code.IsLocal(obj) || decl == nil || !within(obj, decl.Pos(), decl.End()) || ev.ofOuter(obj) || slices.ContainsFunc(defs, func(d def) bool { return d.inLiteral(obj) }) {
		return defs
	}
	if i := killer(defs, cycle.Pos()); i > 0 {
		defs = defs[i:]
	}
	for from, to := range ev.reruns {
		if !within(obj, from, to) {
			return defs
		}
	}
	return slices.DeleteFunc(defs, func(d def) bool { return d.pos >= cycle.End() })
}

// ofOuter reports whether the cycle is in a function literal that does not declare obj.
func (ev *evaluator) ofOuter(obj types.Object) bool {
	at, ok := ev.pkg.Find(ev.site.Cycle)
	if !ok {
		return true
	}
	for c := range at.Enclosing((*ast.FuncLit)(nil)) {
		if !within(obj, c.Node().Pos(), c.Node().End()) {
			return true
		}
	}
	return false
}

func within(obj types.Object, from, to token.Pos) bool { return from <= obj.Pos() && obj.Pos() < to }

// reruns yields the parts of the function that may run the cycle more than once.
func (ev *evaluator) reruns(yield func(from, to token.Pos) bool) {
	for label, end := range ev.lastGotos(ev.site) {
		if label.Pos() < ev.site.Cycle.Pos() && ev.site.Cycle.End() <= end && !yield(label.Pos(), end) {
			return
		}
	}
	at, ok := ev.pkg.Find(ev.site.Cycle)
	if !ok {
		return
	}
	for c := range at.Parent().Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.FuncLit)(nil)) {
		if again := runsAgain(c); again != nil && !yield(again.Pos(), again.End()) {
			return
		}
	}
}

// runsAgain returns what may run more than once of a loop or a function literal; nil if that
// is called where it stands.
func runsAgain(c inspector.Cursor) ast.Node {
	switch n := c.Node().(type) {
	case *ast.ForStmt:
		return n.Body
	case *ast.RangeStmt:
		return n.Body
	}
	if call, ok := c.Parent().Node().(*ast.CallExpr); ok && call.Fun == c.Node() {
		return nil
	}
	return c.Node()
}

// maxReach limits how many functions that the cycle calls are looked into.
const maxReach = 40

// reach adds the bodies of the functions that the cycle calls, directly or
// not: they may change what outlives them.
func (ev *evaluator) reach() {
	if ev.reached {
		return
	}
	ev.reached = true
	seen := map[ast.Node]bool{}
	queue := []ast.Node{ev.site.Cycle}
	for i := 0; i < len(queue) && i < maxReach; i++ {
		for _, fn := range ev.pkg.Callees(queue[i]) {
			if !seen[fn.Node] {
				seen[fn.Node] = true
				queue = append(queue, fn.Node)
			}
		}
	}
	for _, n := range queue[1:min(len(queue), maxReach)] {
		ev.regions = append(ev.regions, region{from: n.Pos(), to: n.End()})
	}
}

// outlives reports whether the variable obj keeps its value between passes.
func (ev *evaluator) outlives(obj types.Object) bool {
	return !code.IsLocal(obj) || !ev.covers(obj.Pos()) || ev.carried(obj)
}

// carried reports whether obj is a parameter of a function that calls itself, or of the
// one around a literal that does so by it: it is given its next value by the call.
func (ev *evaluator) carried(obj types.Object) bool {
	fn := funcType(ev.site.Cycle)
	if fn != nil && fn.Params != nil && fn.Params.Pos() <= obj.Pos() && obj.Pos() < fn.Params.End() {
		return true
	}
	v, ok := obj.(*types.Var)
	_, lit := ev.site.Cycle.(*ast.FuncLit)
	return ok && lit && v.Kind() == types.ParamVar && len(ev.handed(obj)) > 0
}

func funcType(n ast.Node) *ast.FuncType {
	switch n := n.(type) {
	case *ast.FuncDecl:
		return n.Type
	case *ast.FuncLit:
		return n.Type
	}
	return nil
}
