package write

import (
	"go/ast"
	"go/token"
	"go/types"
	"go/version"
	"maps"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/delays"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// A Writer writes what takes the place of a loop that has been read: the names, the
// delays, the limits and the context that every form needs.
type Writer struct {
	*reading.Reading
	Ends     []pass.Exit       // its exits, with what is known where only the last attempt comes
	Served   map[ast.Stmt]bool // its timers
	Scope    *edit.Scope
	Packages *edit.Imports
	Imports  map[string]string // package names that are used, with their paths
	Refusal  reason.Refusal

	UseCtx       string       // the context that the helper is given, or ""
	UseDone      string       // the channel that it is given, or ""
	Endless      bool         // success goes on, and nothing lets the delays start anew
	Delay, Limit ast.Expr     // that the text mentions
	rule         delays.Limit // by which the delays are limited
	limitOfFirst bool         // the limit names the first delay beside that of the source
	waits        waits
	SparesLast   bool     // the fix leaves out the delay behind the last attempt, in a loop that stays
	CounterDecl  string   // the declaration of the counter before the call
	Declared     []string // variables that are declared before the loop
	Same         bool     // the delays stay what they are

	Reasons []string // comments on what computes the delays, which have more to say

	Result     types.Object // the variable that holds the last error behind the loop, or nil
	GiveUp     *ast.IfStmt  // what is done behind the last attempt, where the body tests for it
	GiveUpCond ast.Expr     // the part of its condition that stays, or nil
	Fail       []ast.Stmt   // what is done when the attempts have run out; nil if it is what follows the loop
}

// NewWriter returns the writer of a loop that has been read.
func NewWriter(b *reading.Reading) *Writer {
	w := &Writer{Reading: b, Ends: slices.Clone(b.Exits), Served: b.Timers, Imports: make(map[string]string)}
	w.Scope = &edit.Scope{Pkg: b.Pkg, File: b.File, Pos: b.Loop.Outer.Pos(), Used: make(map[string]bool)}
	maps.Copy(w.Scope.Used, b.Taken[w.Scope.Block()])
	want := map[string]string{"time": "time"}
	maps.Copy(want, b.Helper.Imports)
	w.Packages = edit.NewImports(w.Scope, want, b.Elsewhere)
	return w
}

// Drop returns the edit that leaves out n. What stands above it and tells more of how
// long the waits are than a line holds is kept for where the policy is.
func (w *Writer) Drop(n ast.Node) edit.Edit {
	s, isStmt := n.(ast.Stmt)
	above, _ := w.Attached(n)
	if isStmt && w.Pauses[s] == nil && w.AboutWait(above) && len(above.List) > 1 && !w.AboutGone(above, n) {
		if text := w.Text(above); !slices.Contains(w.Reasons, text) {
			w.Reasons = append(w.Reasons, text)
		}
	}
	return w.Source.Drop(n)
}

// Body returns the text of the body with edits. A comment behind the header is about the
// loop, and is kept for above what takes its place.
func (w *Writer) Body(edits []edit.Edit) string {
	for _, g := range code.Comments(w.File, w.Loop.From, w.Loop.To) {
		c := g.List[0]
		if strings.TrimLeft(w.Between(w.Loop.From, c.Pos()), " \t") == "" && strings.HasPrefix(c.Text, "// ") {
			w.Reasons = append(w.Reasons, c.Text)
			edits = append(edits, edit.Span(c.Pos(), c.End(), ""))
		}
	}
	return w.Apply(w.Loop.From, w.Loop.To, edits)
}

// OfWait reports whether obj is the error of a function that waited.
func (w *Writer) OfWait(obj types.Object) bool {
	for _, s := range code.InOrder(w.Pauses) {
		p := w.Pauses[s]
		if p.Told && s.Pos() <= obj.Pos() && obj.Pos() < s.End() {
			return true
		}
		x, ok := p.Stmt.(*ast.IfStmt)
		if ok && x.Init != nil && code.Within(x.Init, p.Delay.Node) && x.Pos() <= obj.Pos() && obj.Pos() < x.Init.End() {
			return true
		}
	}
	return false
}

// HoldsPause reports whether a delay is part of s.
func (w *Writer) HoldsPause(s ast.Stmt) bool {
	return slices.ContainsFunc(code.InOrder(w.Pauses), func(p ast.Stmt) bool { return code.Within(s, p) })
}

// Outside reports whether all that n names is declared outside the loop, but
// for the objects in but.
func (w *Writer) Outside(n ast.Node, but ...types.Object) bool {
	return !code.Any(n, func(n ast.Node) bool {
		if id, isID := n.(*ast.Ident); isID {
			obj := w.Info.ObjectOf(id)
			return obj != nil && w.Loop.Has(obj.Pos()) && !slices.Contains(but, obj)
		}
		_, lit := n.(*ast.FuncLit)
		return lit
	})
}

// DropBefore returns the edits that leave out the statements before the loop that only
// served it, what else is declared there for nothing but what is removed, and more
// declarations.
func (w *Writer) DropBefore(dead map[ast.Stmt]bool, removed map[ast.Node]bool, needed []ast.Expr, more ...ast.Node) (edits []edit.Edit) {
	list := slices.Clone(more)
	for _, s := range code.InOrder(dead) {
		list = append(list, s)
		removed[s] = true
	}
	for _, spec := range code.DeadSpecs(w.Info, w.Loop.Decl, removed, needed) {
		list = append(list, spec)
	}
	list = w.wholeGroups(list)
	list, edits = w.lastOfGroups(list)
	for _, n := range list {
		if !w.Loop.Has(n.Pos()) && n.Pos() < w.Loop.Outer.Pos() {
			edits = append(edits, w.Drop(n))
		}
	}
	return edits
}

// HasMax reports whether the builtins min and max can be called where the loop is.
func (w *Writer) HasMax() bool {
	_, least := w.Scope.Lookup("min").(*types.Builtin)
	_, most := w.Scope.Lookup("max").(*types.Builtin)
	return least && most && version.Compare(w.GoVersion, "go1.21") >= 0
}

// Removed returns what the fix removes of the function.
func (w *Writer) Removed() map[ast.Node]bool {
	removed := make(map[ast.Node]bool)
	maps.Copy(removed, w.Untold.Gone)
	for _, set := range []map[ast.Stmt]bool{w.Served, w.Gone} {
		for s := range set {
			removed[s] = true
		}
	}
	for s := range w.Pauses {
		removed[s] = true
	}
	for _, n := range []ast.Node{w.Loop.Post, w.Loop.Init} {
		if n != nil {
			removed[n] = true
		}
	}
	r, ranges := w.Loop.Cycle.(*ast.RangeStmt)
	if ranges {
		removed[r.X] = true
	}
	if w.Bounded && w.CountedByHeader() {
		if ranges && r.Key != nil {
			removed[r.Key] = true
		}
		if w.Loop.Cond != nil {
			w.MarkCount(w.Loop.Cond, removed)
		}
	}
	if w.GiveUp != nil && w.OnlyWaitsAfter(w.GiveUp) {
		removed[w.LastTest()] = true
	}
	return removed
}

// Used reports whether n uses v, but for what is gone.
func (w *Writer) Used(n ast.Node, v types.Object, gone func(ast.Node) bool) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if n == nil || w.Untold.Gone[n] || gone(n) {
			return false
		}
		if id, ok := n.(*ast.Ident); ok && w.Info.Uses[id] == v {
			found = true
		}
		return !found
	})
	return found
}

// CountStays reports whether what stays of the body uses the attempt's number.
func (w *Writer) CountStays() bool { return w.UseStays(w.Counter.Obj, nil) }

// UseStays reports whether what stays of the body uses count, but for step.
func (w *Writer) UseStays(count types.Object, step ast.Stmt) bool {
	return w.Used(&ast.BlockStmt{List: w.Loop.Body}, count, func(n ast.Node) bool {
		if w.GiveUp != nil && n == ast.Node(w.GiveUp) {
			return w.GiveUpCond == nil
		}
		if w.GiveUp != nil && n == ast.Node(w.GiveUp.Cond) {
			return !code.Mentions(w.Info, w.GiveUpCond, count)
		}
		s, ok := n.(ast.Stmt)
		return ok && (s == step || w.Gone[s] || w.Pauses[s] != nil)
	})
}

// Needed returns the expressions that the fix uses before the loop.
func (w *Writer) Needed() []ast.Expr {
	return w.WithReceivers(append(w.LimitExprs(), w.Delay, w.Limit, w.Ctx)...)
}

// IsNilTest reports whether e is name == nil.
func (w *Writer) IsNilTest(e ast.Expr, name string) bool {
	cmp, ok := ast.Unparen(e).(*ast.BinaryExpr)
	return ok && cmp.Op == token.EQL && w.Text(cmp.X) == name && w.Text(cmp.Y) == "nil"
}

// NumberBefore returns the number before the first one.
func (w *Writer) NumberBefore(c *loop.Counter) (string, bool) {
	n := c.First(w.Info).Add(-c.Step)
	if n.Expr == nil {
		return Itoa(n.Offset), true
	}
	return "", false
}

// Render expands a template, and notes which packages it needs.
func (w *Writer) Render(t *helper.Template, a helper.Args) string {
	return w.render(t, a, w.Packages.Names())
}

func (w *Writer) render(t *helper.Template, a helper.Args, names map[string]string) string {
	if t == nil {
		return ""
	}
	a.Name, a.Logger = w.opName(), w.Helper.Logger
	for _, name := range t.Packages(a, w.Helper.Imports) {
		w.Imports[name] = w.Helper.Imports[name]
	}
	return t.Render(a, names)
}
