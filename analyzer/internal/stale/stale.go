// Package stale finds what says how long a loop waits, outside of the delays: lines of
// a log, comments. Where the delays become others, that is no longer so.
package stale

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"time"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/delays"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/loggers"
	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// A Loop is a loop whose delays become others.
type Loop struct {
	Pkg  *source.Package
	File *ast.File
	Decl ast.Node // the declaration that it is in

	Has      func(token.Pos) bool           // reports what is in the loop
	After    func(token.Pos) bool           // reports what stands behind it
	Computes func(types.Object) bool        // reports what the passes give values
	Counts   func(types.Object) bool        // reports what of that they only step by one
	Logs     func(*ast.CallExpr) bool       // reports which calls do nothing but write lines
	Stays    func(ast.Stmt) bool            // reports which statements are not left out
	Goes     func(g *ast.CommentGroup) bool // reports which comments are left out

	Delays  []ast.Expr      // what tells how long the delays are, as it is written
	Timers  []string        // the names of their timers, tickers and channels
	Amounts []time.Duration // what is no longer so
	Moves   bool            // whether the helper waits somewhere else
	Fixed   bool            // whether all delays are the same today
	Linear  bool            // whether they grow by as much each time, and no longer
	Random  bool            // whether they are drawn at random, and no longer
	Alike   bool            // whether they are as long as today all the same

	Today, With []time.Duration       // the delays one after the other, as they are and as they become
	Passed      func(token.Pos) bool  // reports what stands in front of a delay that comes before it then
	Text        func(ast.Node) string // how something is written then
}

// Lines returns where that is which stays and says how long the delays are, by what
// tells them or by an amount: one place a line, in source order.
func (l Loop) Lines() []token.Pos {
	f := l.finder()
	if !l.Alike {
		ast.Inspect(l.Decl, f.visit)
		ast.Inspect(l.Decl, f.passed)
	}
	from := l.Decl.Pos()
	if fn, ok := l.Decl.(*ast.FuncDecl); ok && fn.Doc != nil {
		from = fn.Doc.Pos()
	}
	for _, g := range code.Comments(l.File, from, l.Decl.End()) {
		if !l.Goes(g) {
			f.comment(g)
		}
	}
	if l.Fixed && !l.Alike {
		f.docs()
	}
	return f.list()
}

// Told returns where calls of the loop are given what tells the delays, beside text.
func (l Loop) Told() []token.Pos {
	f := l.finder()
	f.After = func(token.Pos) bool { return false }
	f.toldOnly = true
	ast.Inspect(l.Decl, f.visit)
	return f.list()
}

// A Cut takes out of lines of a log how long the delays are.
type Cut struct {
	Stmts []ast.Stmt  // that change
	Lines []token.Pos // where they do, in source order
	Edits []edit.Edit
	Gone  map[ast.Node]bool // arguments that are left out
}

// Cut returns what takes the delays out of the lines of the loop, as far as these are
// written in a way that is known.
func (l Loop) Cut(src edit.Source) (c Cut) {
	f := l.finder()
	byName := &loggers.Teller{Info: l.Pkg.Info, Is: f.tells, Makes: l.Pkg.Computes, Logs: l.Logs, Source: src, In: func(text string) (int, int, bool) { return delays.Find(text, l.Amounts) }}
	byLength := *byName
	byLength.Is = func(e ast.Expr) bool { return f.tells(e) || f.isAsLong(e) }
	c.Gone = make(map[ast.Node]bool)
	ast.Inspect(l.Decl, func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok && !l.Stays(s) {
			return false
		}
		s, ok := n.(*ast.ExprStmt)
		if !ok || !l.Has(s.Pos()) {
			return true
		}
		call, isCall := s.X.(*ast.CallExpr)
		if !isCall {
			return true
		}
		edits, gone, ok := byName.Without(call)
		if !ok {
			edits, gone, ok = byLength.Without(call)
		}
		if !ok {
			return true
		}
		at := edits[0].Pos
		for _, n := range gone {
			c.Gone[n] = true
			at = n.Pos()
		}
		c.Stmts, c.Lines, c.Edits = append(c.Stmts, s), append(c.Lines, at), append(c.Edits, edits...)
		return false
	})
	slices.SortFunc(c.Edits, func(a, b edit.Edit) int { return int(a.Pos - b.Pos) })
	return c
}

// A finder collects places.
type finder struct {
	Loop
	names    []ast.Expr // what names a delay
	products []product  // what is computed of the passes in one

	toldOnly bool // what is added to something does not count

	lines   map[token.Position]token.Pos
	rounded map[ast.Expr]bool         // what times are rounded to
	timed   map[ast.Expr][]int64      // the units of time that formats have for what they are given
	once    map[types.Object]ast.Expr // what variables are given, nil where that may be more than one
}

func (l Loop) finder() *finder {
	f := &finder{Loop: l, lines: make(map[token.Position]token.Pos)}
	for _, d := range l.Delays {
		f.names = append(f.names, f.namesOf(d)...)
	}
	for _, e := range f.names {
		if sum, ok := e.(*ast.BinaryExpr); ok && sum.Op == token.ADD {
			continue // its parts are names
		}
		if p := f.productOf(e); len(p.factors) > 0 {
			f.products = append(f.products, p)
		}
	}
	return f
}

func (f *finder) list() (list []token.Pos) {
	for _, pos := range f.lines {
		list = append(list, pos)
	}
	slices.Sort(list)
	return list
}

// add notes the first place of a line.
func (f *finder) add(pos token.Pos) {
	at := f.Pkg.Fset.PositionFor(pos, false)
	at.Offset, at.Column = 0, 0
	if old, ok := f.lines[at]; !ok || pos < old {
		f.lines[at] = pos
	}
}

// visit looks at calls that stay, such as of a logger, and at what adds a delay to
// something.
func (f *finder) visit(n ast.Node) bool {
	if s, ok := n.(ast.Stmt); ok && !f.Stays(s) {
		return false
	}
	switch n := n.(type) {
	case *ast.CallExpr:
		f.call(n)
	case *ast.AssignStmt: // waited += delay
		if n.Tok == token.ADD_ASSIGN && f.Has(n.Pos()) && f.isDelay(n.Rhs[0]) {
			f.add(n.Pos())
		}
	}
	return true
}

// call looks at a call that stays.
func (f *finder) call(call *ast.CallExpr) {
	if code.Callee(f.Pkg.Info, call) == "time.Add" && len(call.Args) == 1 && f.Has(call.Pos()) && f.isDelay(call.Args[0]) {
		f.add(call.Pos()) // time.Now().Add(delay)
	}
	texts := f.textsOf(call)
	for i, arg := range call.Args {
		text, ok := f.text(arg)
		text = f.filled(text, call.Args[i+1:])
		if ok && (delays.Names(text, f.Amounts) || f.Has(call.Pos()) && delays.CountsUnits(text, f.Amounts) && f.computes(call)) {
			f.add(arg.Pos())
		}
		at := f.named(arg, texts)
		if at.IsValid() && (f.Has(call.Pos()) || f.isCalled(call) || f.isOutside(call, arg)) {
			f.add(at)
		}
	}
}

// isCalled reports whether n is in a function literal that a variable has which the loop names.
//
//	warn := func(err error) { log.Printf("%v, again in %v", err, delay) }
func (f *finder) isCalled(n ast.Node) bool {
	return code.Any(f.Decl, func(m ast.Node) bool {
		a, ok := m.(*ast.AssignStmt)
		if !ok || f.Has(a.Pos()) || !code.Within(a, n) || len(a.Lhs) != 1 || len(a.Rhs) != 1 {
			return false
		}
		_, isLit := a.Rhs[0].(*ast.FuncLit)
		v := code.Local(f.Pkg.Info, a.Lhs[0])
		return isLit && v != nil && code.AnyName(f.Decl, func(id *ast.Ident) bool { return f.Has(id.Pos()) && f.Pkg.Info.Uses[id] == types.Object(v) })
	})
}

// filled returns text with the numbers among args in the place of its verbs.
//
//	log.Printf("again in %d seconds", 5)
func (f *finder) filled(text string, args []ast.Expr) string {
	verbs, plain := loggers.Verbs(text)
	if !plain || len(verbs) != len(args) {
		return text
	}
	for i, at := range slices.Backward(verbs) {
		if n := number(f.Pkg.Info.Types[args[i]].Value); n != nil {
			text = text[:at[0]] + n.String() + text[at[1]:]
		}
	}
	return text
}

// computes reports whether call is given what the passes compute.
func (f *finder) computes(call *ast.CallExpr) bool {
	return slices.ContainsFunc(call.Args, func(arg ast.Expr) bool {
		return code.AnyLocal(f.Pkg.Info, arg, func(v *types.Var) bool { return f.Computes(v) })
	})
}

// isOutside reports whether call stands behind the loop, and makes something of a delay
// that has a name there, or in front of it, and multiplies one: what they take in all.
func (f *finder) isOutside(call *ast.CallExpr, arg ast.Expr) bool {
	return delays.Named(types.ExprString(arg)) && (f.After(call.Pos()) || code.Any(arg, func(n ast.Node) bool {
		x, ok := n.(*ast.BinaryExpr)
		return ok && x.Op == token.MUL && !f.isUnit(x.X) && !f.isUnit(x.Y)
	}))
}

// isDelay reports whether e is how long a delay is.
func (f *finder) isDelay(e ast.Expr) bool {
	if f.toldOnly || !code.IsNumeric(f.Pkg.Info.TypeOf(e)) {
		return false
	}
	value := f.Pkg.Info.Types[e].Value
	return slices.ContainsFunc(f.Delays, func(d ast.Expr) bool {
		if v := f.Pkg.Info.Types[d].Value; v != nil && value != nil {
			return constant.Compare(v, token.EQL, value)
		}
		return types.ExprString(d) == types.ExprString(e)
	}) || f.recomputed(e)
}

// text returns the constant text that e is.
func (f *finder) text(e ast.Expr) (string, bool) {
	if v := f.Pkg.Info.Types[e].Value; v != nil && v.Kind() == constant.String {
		return constant.StringVal(v), true
	}
	return "", false
}

// key matches a word that a log gives the length of a delay as a name.
var key = pattern.New(`(?i)wait|delay|interval|retry|back[-_ ]?off|sleep|pause|after`)

// texts are the constant texts that a call is given.
type texts struct {
	n    int
	tell bool // one of them has several words, a verb, or names a delay
}

func (f *finder) textsOf(call *ast.CallExpr) (t texts) {
	for _, e := range call.Args {
		for _, part := range f.parts(e) {
			text, ok := f.text(part)
			tells := ok && (strings.ContainsAny(text, " %") || part == e && key().MatchString(text))
			if tells || ok && part == e {
				t.n, t.tell = t.n+1, t.tell || tells
			}
		}
	}
	return t
}

// parts returns what e joins by +, or e.
func (f *finder) parts(e ast.Expr) []ast.Expr {
	sum, ok := ast.Unparen(e).(*ast.BinaryExpr)
	if _, constant := f.text(e); !ok || constant || sum.Op != token.ADD {
		return []ast.Expr{e}
	}
	return append(f.parts(sum.X), f.parts(sum.Y)...)
}

// named returns where arg, of a call that is given text as well, has what tells a delay,
// as it is written there. A constant may be the time of something else where the text
// is a single word that says nothing of a delay:
//
//	net.DialTimeout("tcp", addr, time.Second)
func (f *finder) named(arg ast.Expr, beside texts) (at token.Pos) {
	if beside.n == 0 || beside.n == 1 && !beside.tell && f.Pkg.Info.Types[arg].Value != nil {
		return token.NoPos
	}
	ast.Inspect(arg, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok && !at.IsValid() && f.tells(e) {
			at = e.Pos()
		}
		return !at.IsValid()
	})
	return at
}

// is reports whether e is what tells a delay.
func (f *finder) is(e ast.Expr) bool {
	return slices.ContainsFunc(f.names, func(name ast.Expr) bool { return types.ExprString(e) == types.ExprString(name) })
}
