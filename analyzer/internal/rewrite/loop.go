package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// A loop is the cycle of a site as a rewriting sees it: statements that run
// once a pass, in a list of statements of a function.
type loop struct {
	pkg   *source.Package
	info  *types.Info
	fn    *source.Func
	sig   *types.Signature
	decl  ast.Node // the declaration or the outermost literal around it
	cycle ast.Stmt // *ast.ForStmt, *ast.RangeStmt, or the *ast.LabeledStmt that a goto returns to
	place

	init, post ast.Stmt
	cond       ast.Expr
	body       []ast.Stmt
	from, to   token.Pos // the text of the body

	after []ast.Stmt // what follows it in list
	leaks bool       // what follows a cycle of gotos uses what a pass declares
}

// A place is where a statement stands.
type place struct {
	outer ast.Stmt   // it with its label
	label string     // or ""
	list  []ast.Stmt // that holds outer
	index int        // of outer in list
	last  bool       // nothing runs behind list in the function
}

// newLoop returns the loop of a site, or a refusal.
func newLoop(pkg *source.Package, fn *source.Func, cycle ast.Node) (*loop, reason.Refusal) {
	l := &loop{pkg: pkg, info: pkg.Info, fn: fn, sig: pkg.Signature(fn)}
	switch c := cycle.(type) {
	case *ast.ForStmt:
		l.cycle, l.init, l.cond, l.post = c, c.Init, c.Cond, c.Post
		l.setBody(c.Body)
	case *ast.RangeStmt:
		l.cycle = c
		l.setBody(c.Body)
	case *ast.LabeledStmt:
		l.cycle = c
	default:
		return nil, reason.ShapeOfCycle
	}
	var ok bool
	if l.place, ok = placeOfStmt(fn, l.cycle); !ok || l.sig == nil {
		return nil, reason.ShapeOfCycle
	}
	l.after = l.list[l.index+1:]
	if l.isGoto() && !l.setGoto() {
		return nil, reason.ShapeOfCycle
	}
	l.decl = fn.Node
	if d := pkg.DeclAt(cycle.Pos()); d != nil && code.Within(d, cycle) {
		l.decl = d
	}
	return l, nil
}

func (l *loop) setBody(b *ast.BlockStmt) {
	l.body, l.from, l.to = b.List, b.Lbrace+1, b.Rbrace
}

// placeOfStmt returns where s stands in fn; not ok if it is not in a list of its
// statements.
func placeOfStmt(fn *source.Func, s ast.Stmt) (p place, ok bool) {
	if labeled, ok := s.(*ast.LabeledStmt); ok {
		p.label = labeled.Label.Name
	}
	code.EachList(fn.Body, func(list []ast.Stmt) {
		for i, outer := range list {
			inner, name := outer, p.label
			for inner != s {
				labeled, ok := inner.(*ast.LabeledStmt)
				if !ok {
					break
				}
				inner, name = labeled.Stmt, labeled.Label.Name
			}
			if inner == s {
				p = place{outer, name, list, i, &fn.Body.List[0] == &list[0]}
			}
		}
	})
	return p, p.outer != nil
}

// setGoto sets the body of a cycle that gotos make: the statements from the
// label to the one that holds the last goto. Falling off its end leaves it.
func (l *loop) setGoto() bool {
	labeled := l.cycle.(*ast.LabeledStmt)
	if _, ok := labeled.Stmt.(*ast.EmptyStmt); ok || l.outer != l.cycle {
		return false
	}
	last := -1
	for i := l.index; i < len(l.list); i++ {
		ast.Inspect(l.list[i], func(n ast.Node) bool {
			if b, ok := n.(*ast.BranchStmt); ok && b.Tok == token.GOTO && b.Label.Name == l.label {
				last = i
			}
			return true
		})
	}
	if last < 0 {
		return false
	}
	l.body = append([]ast.Stmt{labeled.Stmt}, l.list[l.index+1:last+1]...)
	l.after = l.list[last+1:]
	l.from, l.to = labeled.Colon+1, l.list[last].End()
	l.leaks = code.DeclaresUsed(l.body, l.after)
	return true
}

// endsOuter reports whether s, which goes on with an outer loop, does the same
// as leaving this one: nothing follows it in the body of the other.
func (l *loop) endsOuter(s *ast.BranchStmt) bool {
	if len(l.after) > 0 {
		return false
	}
	ends := false
	ast.Inspect(l.fn.Body, func(n ast.Node) bool {
		var body *ast.BlockStmt
		label := ""
		switch n := n.(type) {
		case *ast.LabeledStmt:
			label = n.Label.Name
			switch loop := n.Stmt.(type) {
			case *ast.ForStmt:
				body = loop.Body
			case *ast.RangeStmt:
				body = loop.Body
			}
		case *ast.ForStmt:
			body = n.Body
		case *ast.RangeStmt:
			body = n.Body
		}
		same := body != nil && len(body.List) == len(l.list) && len(l.list) > 0 && body.List[0] == l.list[0]
		if same && s.Label != nil && s.Label.Name == label {
			ends = true
		}
		return true
	})
	return ends
}

// isGoto reports whether gotos make the cycle.
func (l *loop) isGoto() bool { _, ok := l.cycle.(*ast.LabeledStmt); return ok }

// end returns where the text of the loop ends.
func (l *loop) end() token.Pos {
	if l.isGoto() {
		return l.to
	}
	return l.cycle.End()
}

// has reports whether pos is in the loop.
func (l *loop) has(pos token.Pos) bool { return l.outer.Pos() <= pos && pos < l.end() }

// inBody reports whether pos is in what runs once a pass.
func (l *loop) inBody(pos token.Pos) bool { return l.from <= pos && pos < l.to }
