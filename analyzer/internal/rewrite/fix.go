// Package rewrite replaces the loop of a site by a call of a shared retry
// helper.
//
// Four steps follow each other, with one value between them that does not
// change any more: what the source says (binder), what the fix looks like
// (plan), the operation that the helper is given (operation), and the text
// around it (writer). Any doubt in one of them is a Refusal.
//
// What stays the same: how often the operation runs for any sequence of
// outcomes, the order of all statements that stay, the values and the error
// that come back. What changes: the delays; there is none behind the last
// attempt; and a context that is in scope ends them.
package rewrite

import (
	"go/ast"
	"go/format"
	"go/scanner"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer/internal/flow"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// A Fix replaces one loop.
type Fix struct {
	Edits    []analysis.TextEdit
	Pos, End token.Pos // of the statements that are replaced
	Decl     ast.Node  // the declaration that they are in
	Lines    int       // by how many the source gets shorter

	check []edit // Edits with a call that type-checks without the helper's package; nil for Edits

	// Schedule is the delays with the helper; nil if constants do not tell them.
	Schedule *growth.Schedule
}

// New returns the fix of a retry, or the reason why there is none.
func New(req Request) (*Fix, Refusal) {
	switch {
	case req.Helper.Shape == helper.Wait:
		return newWait(req)
	case req.Verdict.Intent != flow.Retry:
		return nil, IntentIsOther
	case req.Helper.Shape == helper.Loop:
		return newHeader(req)
	}
	b, refusal := bind(req)
	if refusal != "" {
		return nil, refusal
	}
	if obj := b.carried(); obj != nil {
		if refusal := b.turn(obj); refusal != "" {
			return nil, refusal
		}
	}
	p, refusal := newPlan(b)
	if refusal != "" {
		return nil, refusal
	}
	p.nameErrors()
	p.dropDecl()
	o, body, refusal := p.operation()
	if refusal != "" {
		return nil, refusal
	}
	w, text, refusal := o.write(body)
	if refusal != "" {
		return nil, refusal
	}
	return w.fix(text)
}

// fix makes the edits of the file.
func (w *writer) fix(text string) (*Fix, Refusal) {
	pos, end := w.loop.outer.Pos(), w.loop.end()
	if w.first != nil {
		pos = w.first.Pos()
	}
	if list := w.consumed(); len(list) > 0 {
		end = list[len(list)-1].End()
	}
	text, ok := layout(text, indentOf(w.Src, w.offset(pos)))
	if !ok {
		return nil, doesNotCompile
	}
	others := append(w.dropOutside(), w.dropLabels(pos, end)...)
	others = append(others, w.importEdits(w.imports)...)
	edits := append([]edit{{pos, end, text}}, others...)
	slices.SortStableFunc(edits, func(a, b edit) int { return int(a.pos - b.pos) })
	f := &Fix{Pos: pos, End: end, Decl: w.loop.decl, Schedule: w.schedule()}
	for _, e := range edits {
		f.Edits = append(f.Edits, analysis.TextEdit{Pos: e.pos, End: e.end, NewText: []byte(e.text)})
		f.Lines += strings.Count(w.between(e.pos, e.end), "\n") - strings.Count(e.text, "\n")
	}
	f.check = append([]edit{{pos, end, w.stub}}, w.withNames(others, w.imports)...)
	if err := w.compiles(f.check, w.loop.decl); err != nil {
		if Debug != nil {
			Debug(err, text)
		}
		return nil, doesNotCompile
	}
	w.take()
	return f, ""
}

// layout formats statements as they stand behind an indentation.
func layout(text, by string) (string, bool) {
	src, err := format.Source([]byte(snippetHead + text + "\n}\n"))
	if err != nil {
		return "", false
	}
	lines := strings.Split(string(src), "\n")
	raw := rawLines(src)
	first, last := 0, len(lines)-1
	for i, l := range lines {
		if strings.HasPrefix(l, "func _() {") {
			first = i + 1
			break
		}
	}
	for last > first && lines[last] != "}" {
		last--
	}
	var out []string
	for i := first; i < last; i++ {
		l := lines[i]
		if !raw[i] {
			l = strings.TrimPrefix(l, "\t")
			if l != "" && len(out) > 0 {
				l = by + l
			}
		}
		out = append(out, l)
	}
	return strings.Join(out, "\n"), true
}

// rawLines returns the lines, counted from 0, that begin inside a raw string.
func rawLines(src []byte) map[int]bool {
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(src))
	var s scanner.Scanner
	s.Init(file, src, nil, scanner.ScanComments)
	raw := make(map[int]bool)
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			return raw
		}
		if tok == token.STRING && lit[0] == '`' || tok == token.COMMENT && strings.HasPrefix(lit, "/*") {
			line := file.Line(pos) - 1
			for i := range strings.Count(lit, "\n") {
				raw[line+1+i] = true
			}
		}
	}
}

// dropDecl finds the declaration of the result that the fix makes its own.
func (p *plan) dropDecl() {
	if p.result == nil || p.loop.index == 0 {
		return
	}
	if p.first != nil {
		p.drops = p.declaresResult()
		return
	}
	for _, s := range p.loop.list[:p.loop.index] {
		d, ok := s.(*ast.DeclStmt)
		if !ok {
			continue
		}
		g := d.Decl.(*ast.GenDecl)
		if g.Tok != token.VAR {
			continue
		}
		for _, spec := range g.Specs {
			spec := spec.(*ast.ValueSpec)
			if len(spec.Names) != 1 || len(spec.Values) > 0 || p.info.Defs[spec.Names[0]] != p.result || p.usedBetween(d) || p.guard != "" {
				continue
			}
			p.declOf = d
			if len(g.Specs) > 1 {
				p.declOf = spec
			}
			p.drops = p.assigns
		}
	}
}

// usedBetween reports whether the result is used between its declaration and
// the loop.
func (p *plan) usedBetween(d *ast.DeclStmt) bool {
	used := false
	for _, s := range p.loop.list[:p.loop.index] {
		used = used || s != ast.Stmt(d) && mentions(p.info, s, p.result)
	}
	return used
}

// dropOutside drops what before the loop only served it.
func (w *writer) dropOutside() (edits []edit) {
	removed := w.removed()
	var needed []ast.Expr
	for _, e := range []ast.Expr{w.delay, w.limit, w.binder.limit.expr} {
		if e != nil && (w.bounded || e != w.binder.limit.expr) {
			needed = append(needed, e)
		}
	}
	if w.counterDecl != "" && w.counter != nil {
		if c := w.counter.start; c != nil {
			needed = append(needed, c)
		}
	}
	gone := dead(w.pkg, w.loop.decl, removed, needed)
	edits = append(edits, w.dropSpecs(removed, gone, needed)...)
	for s := range gone {
		if !w.loop.has(s.Pos()) && s.Pos() < w.loop.outer.Pos() && (w.first == nil || s.End() <= w.first.Pos()) {
			edits = append(edits, w.dropLine(s))
		}
	}
	for s := range w.timers {
		if !w.loop.has(s.Pos()) {
			edits = append(edits, w.dropLine(s))
		}
	}
	if w.declOf != nil && (w.drops || !w.assigns && w.localized && !w.stillUsed()) {
		edits = append(edits, w.dropLine(w.declOf))
	}
	for _, n := range w.scratch {
		edits = append(edits, w.dropLine(n))
	}
	return edits
}

// dropLabels drops the labels that only what lies between pos and end names.
func (w *writer) dropLabels(pos, end token.Pos) (edits []edit) {
	ast.Inspect(w.loop.fn.Body, func(n ast.Node) bool {
		l, ok := n.(*ast.LabeledStmt)
		if !ok || pos <= l.Pos() && l.Pos() < end {
			return true
		}
		inside, outside := 0, 0
		obj := w.info.Defs[l.Label]
		ast.Inspect(w.loop.fn.Body, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && obj != nil && w.info.Uses[id] == obj {
				if pos <= id.Pos() && id.Pos() < end {
					inside++
				} else {
					outside++
				}
			}
			return true
		})
		if inside > 0 && outside == 0 {
			edits = append(edits, w.line(l.Pos(), l.Colon+1))
		}
		return true
	})
	return edits
}

// dropSpecs drops the variables of a group of declarations before the loop that
// nothing uses any more.
func (w *writer) dropSpecs(removed map[ast.Node]bool, gone map[ast.Stmt]bool, needed []ast.Expr) (edits []edit) {
	for _, s := range w.loop.list[:w.loop.index] {
		d, ok := s.(*ast.DeclStmt)
		if !ok || len(d.Decl.(*ast.GenDecl).Specs) < 2 {
			continue
		}
		for _, spec := range d.Decl.(*ast.GenDecl).Specs {
			v, ok := spec.(*ast.ValueSpec)
			if !ok || len(v.Names) != 1 || len(v.Values) != 1 || !pureExpr(w.info, v.Values[0]) {
				continue
			}
			if obj := w.info.Defs[v.Names[0]]; obj != nil && w.onlyIn(obj, v, removed, gone, needed) {
				edits = append(edits, w.dropLine(v))
			}
		}
	}
	return edits
}

// onlyIn reports whether obj is used, but only in what is removed or dead.
func (w *writer) onlyIn(obj types.Object, decl ast.Node, removed map[ast.Node]bool, gone map[ast.Stmt]bool, needed []ast.Expr) bool {
	for _, e := range needed {
		if mentions(w.info, e, obj) {
			return false
		}
	}
	used, left := false, false
	ast.Inspect(w.loop.decl, func(n ast.Node) bool {
		if n == nil || n == decl {
			return false
		}
		s, isStmt := n.(ast.Stmt)
		if removed[n] || isStmt && (gone[s] || w.gone[s]) {
			used = used || mentions(w.info, n, obj)
			return false
		}
		if id, ok := n.(*ast.Ident); ok && w.info.ObjectOf(id) == obj {
			left = true
		}
		return true
	})
	return used && !left
}

// removed returns what the fix removes of the function.
func (w *operation) removed() map[ast.Node]bool {
	removed := map[ast.Node]bool{}
	for s := range w.timers {
		removed[s] = true
	}
	for s := range w.pauses {
		removed[s] = true
	}
	for s := range w.gone {
		removed[s] = true
	}
	for _, n := range []ast.Node{w.loop.post, w.loop.init} {
		if n != nil && !isNilNode(n) {
			removed[n] = true
		}
	}
	if w.bounded && w.countedByHeader() {
		if r, ok := w.loop.cycle.(*ast.RangeStmt); ok && r.Key != nil {
			removed[r.Key] = true
		}
		if w.loop.cond != nil {
			w.markCount(w.loop.cond, removed)
		}
	}
	if w.giveUp != nil && w.onlyWaitsAfter(w.giveUp) {
		removed[w.giveUp.Cond] = true
	}
	if r, ok := w.loop.cycle.(*ast.RangeStmt); ok {
		removed[r.X] = true
	}
	return removed
}

func isNilNode(n ast.Node) bool {
	s, ok := n.(ast.Stmt)
	return ok && s == nil
}

// stillUsed reports whether the result is used outside what the fix replaces.
func (w *writer) stillUsed() bool {
	end := w.loop.end()
	if list := w.consumed(); len(list) > 0 {
		end = list[len(list)-1].End()
	}
	used := false
	ast.Inspect(w.loop.decl, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && w.info.Uses[id] == w.result && (id.Pos() < w.loop.outer.Pos() || id.Pos() >= end) {
			used = true
		}
		return !used
	})
	return used
}

// dropLine drops a statement with its line.
func (w *writer) dropLine(n ast.Node) edit {
	e := w.drop(n)
	return e
}

// Debug, if it is set, is told why a result does not compile, with its text.
var Debug func(err error, text string)
