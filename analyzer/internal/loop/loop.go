// Package loop has the loop of a site as a rewriting sees it, and answers questions
// about it: what a pass runs, where the loop stands, what it assigns, how it counts.
// Its values are read, and never changed.
package loop

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// A Loop is the cycle of a site as a rewriting sees it: statements that run
// once a pass, in a list of statements of a function.
type Loop struct {
	Pkg   *source.Package
	Info  *types.Info // of Pkg
	Func  *source.Func
	Sig   *types.Signature // of Func
	Decl  ast.Node         // the declaration or the outermost literal around it
	Cycle ast.Stmt         // *ast.ForStmt, *ast.RangeStmt, or the *ast.LabeledStmt that a goto returns to
	Place

	Init, Post ast.Stmt
	Cond       ast.Expr
	Body       []ast.Stmt
	From, To   token.Pos // the text of the body

	After []ast.Stmt // what follows it in List
	Leaks bool       // what follows a cycle of gotos uses what a pass declares

	// What is known once somebody has asked.
	runs     []*source.Part // see mayRun
	assigned map[types.Object]bool
	pointers map[types.Object][]*ast.UnaryExpr // see pointersTo
}

// A Place is where a statement of a function stands.
type Place struct {
	Outer ast.Stmt   // it with its label
	Label string     // or ""
	List  []ast.Stmt // that holds Outer
	Index int        // of Outer in List
	Last  bool       // nothing runs behind List in the function
}

// New returns the loop of a site, or a refusal.
func New(pkg *source.Package, fn *source.Func, cycle ast.Node) (*Loop, reason.Refusal) {
	l := &Loop{Pkg: pkg, Info: pkg.Info, Func: fn, Sig: pkg.Signature(fn)}
	switch c := cycle.(type) {
	case *ast.ForStmt:
		l.Cycle, l.Init, l.Cond, l.Post = c, c.Init, c.Cond, c.Post
		l.setBody(c.Body)
	case *ast.RangeStmt:
		l.Cycle = c
		l.setBody(c.Body)
	case *ast.LabeledStmt:
		l.Cycle = c
	default:
		return nil, reason.ShapeOfCycle.At(cycle.Pos())
	}
	var ok bool
	if l.Place, ok = PlaceOf(fn, l.Cycle); !ok || l.Sig == nil {
		return nil, reason.ShapeOfCycle.At(cycle.Pos())
	}
	l.After = l.List[l.Index+1:]
	if l.IsGoto() && !l.setGoto() {
		return nil, reason.ShapeOfCycle.At(cycle.Pos())
	}
	if b := l.gotoFromElsewhere(); b != nil {
		return nil, reason.Entered.At(b.Pos())
	}
	l.Decl = fn.Node
	if d := pkg.DeclAt(cycle.Pos()); d != nil && code.Within(d, cycle) {
		l.Decl = d
	}
	return l, nil
}

// gotoFromElsewhere returns a goto outside of a for loop that leads to its label, or nil.
func (l *Loop) gotoFromElsewhere() (from *ast.BranchStmt) {
	if l.Label == "" || l.IsGoto() {
		return nil
	}
	ast.Inspect(l.Func.Body, func(n ast.Node) bool {
		if b, ok := n.(*ast.BranchStmt); ok && b.Tok == token.GOTO && b.Label.Name == l.Label && !l.InBody(b.Pos()) {
			from = b
		}
		_, isLit := n.(*ast.FuncLit)
		return from == nil && !isLit
	})
	return from
}

func (l *Loop) setBody(b *ast.BlockStmt) {
	l.Body, l.From, l.To = b.List, b.Lbrace+1, b.Rbrace
}

// PlaceOf returns where s stands in fn; not ok if it is not in a list of its
// statements.
func PlaceOf(fn *source.Func, s ast.Stmt) (p Place, ok bool) {
	if labeled, ok := s.(*ast.LabeledStmt); ok {
		p.Label = labeled.Label.Name
	}
	code.EachList(fn.Body, func(list []ast.Stmt) {
		for i, outer := range list {
			inner, name := outer, p.Label
			for inner != s {
				labeled, ok := inner.(*ast.LabeledStmt)
				if !ok {
					break
				}
				inner, name = labeled.Stmt, labeled.Label.Name
			}
			if inner == s {
				p = Place{outer, name, list, i, &fn.Body.List[0] == &list[0]}
			}
		}
	})
	return p, p.Outer != nil
}

// setGoto sets the body of a cycle that gotos make: the statements from the
// label to the one that holds the last goto. Falling off its end leaves it.
func (l *Loop) setGoto() bool {
	labeled := l.Cycle.(*ast.LabeledStmt)
	if _, ok := labeled.Stmt.(*ast.EmptyStmt); ok || l.Outer != l.Cycle {
		return false
	}
	last := -1
	for i := l.Index; i < len(l.List); i++ {
		ast.Inspect(l.List[i], func(n ast.Node) bool {
			if b, ok := n.(*ast.BranchStmt); ok && b.Tok == token.GOTO && b.Label.Name == l.Label {
				last = i
			}
			return true
		})
	}
	if last < 0 {
		return false
	}
	l.Body = append([]ast.Stmt{labeled.Stmt}, l.List[l.Index+1:last+1]...)
	l.After = l.List[last+1:]
	l.From, l.To = labeled.Colon+1, l.List[last].End()
	l.Leaks = code.DeclaresUsed(l.Body, l.After)
	return true
}

// EndsOuter reports whether s, which goes on with an outer loop, does the same
// as leaving this one: nothing follows it in the body of the other.
func (l *Loop) EndsOuter(s *ast.BranchStmt) bool {
	if len(l.After) > 0 {
		return false
	}
	ends := false
	ast.Inspect(l.Func.Body, func(n ast.Node) bool {
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
		same := body != nil && len(body.List) == len(l.List) && len(l.List) > 0 && body.List[0] == l.List[0]
		if same && s.Label != nil && s.Label.Name == label {
			ends = true
		}
		return true
	})
	return ends
}

// IsGoto reports whether gotos make the cycle.
func (l *Loop) IsGoto() bool { _, ok := l.Cycle.(*ast.LabeledStmt); return ok }

// End returns where the text of the loop ends.
func (l *Loop) End() token.Pos {
	if l.IsGoto() {
		return l.To
	}
	return l.Cycle.End()
}

// Has reports whether pos is in the loop.
func (l *Loop) Has(pos token.Pos) bool { return l.Outer.Pos() <= pos && pos < l.End() }

// InBody reports whether pos is in what runs once a pass.
func (l *Loop) InBody(pos token.Pos) bool { return l.From <= pos && pos < l.To }
