package analyzer

import (
	"go/ast"
	"go/token"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/flow"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/loggers"
	"github.com/sharedretry/sharedretry/analyzer/internal/restate"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
)

// quieted returns the fix of a site by a helper that logs every failed attempt
// itself: without the lines that do so by hand. Only a helper that runs the
// operation knows of its failures.
func (x *fixer) quieted(f *finding, file *ast.File) *write.Fix {
	calling := x.set.helper.Only(func(h *helper.Helper) bool { return h.Shape == helper.Callback })
	if x.set.loggers == nil || calling == nil || f.verdict.Intent != flow.Retry {
		return nil
	}
	lines := x.logLines(f)
	if len(lines) == 0 {
		return nil
	}
	set := x.set
	set.helper, set.loggers = calling, nil
	req := x.request(f, calling, file)
	if logger := x.loggerOf(f, lines); logger != nil {
		set.helper = calling.LogsTo(req.Text(logger))
	}
	fix, _ := x.formed(f, req, restate.Without(restated(req), lines), set, 0)
	if fix == nil {
		return nil
	}
	if fix = fix.Sized(req.Source); fix.Worth(true) != nil {
		return nil
	}
	f.logged = nil
	for _, s := range lines {
		f.logged = append(f.logged, s.Pos())
	}
	return fix
}

// logLines returns the statements of a loop that only log that an attempt has failed
// and another one follows.
func (x *fixer) logLines(f *finding) (lines []ast.Stmt) {
	q := &quieter{table: x.set.loggers, x: x, f: f}
	switch s := f.site.Cycle.(type) {
	case *ast.ForStmt:
		q.body = s.Body
	case *ast.RangeStmt:
		q.body = s.Body
	default:
		return nil
	}
	q.list(q.body.List, false, true)
	nodes := make(map[ast.Node]ast.Stmt)
	var all []ast.Node
	for _, s := range q.found {
		var n ast.Node = s
		if cond, ok := s.(*ast.IfStmt); ok {
			n = cond.Cond
		}
		nodes[n], all = s, append(all, n)
	}
	for _, n := range f.judge.OnlyFailed(f.site, f.verdict, all) {
		lines = append(lines, nodes[n])
	}
	return lines
}

// A quieter collects lines of a log behind which the loop goes round.
type quieter struct {
	table *loggers.Table
	x     *fixer
	f     *finding
	body  *ast.BlockStmt // of the loop
	found []ast.Stmt
}

// list collects those of a list. Leaves says whether the loop is left behind it, and
// breaks whether a break in it leaves the loop. Before the attempt, only what stands
// beside a delay there runs between two.
func (q *quieter) list(list []ast.Stmt, leaves, breaks bool) {
	for i, s := range list {
		leaves := q.leaves(list[i+1:], leaves, breaks)
		switch {
		case !q.table.Line(q.x.pass.TypesInfo, s):
			q.within(s, leaves, breaks)
		case !leaves && (s.Pos() > q.f.verdict.Operation.Pos() || list[0] != q.body.List[0] && q.delays(list)):
			q.found = append(q.found, s)
		}
	}
}

// within collects those of the lists in s, but for inner loops.
func (q *quieter) within(s ast.Stmt, leaves, breaks bool) {
	switch s := s.(type) {
	case *ast.IfStmt:
		q.list(s.Body.List, leaves, breaks)
		if s.Else != nil {
			q.within(s.Else, leaves, breaks)
		}
	case *ast.BlockStmt:
		q.list(s.List, leaves, breaks)
	case *ast.LabeledStmt:
		q.within(s.Stmt, leaves, breaks)
	case *ast.SwitchStmt:
		q.clauses(s.Body, leaves)
	case *ast.TypeSwitchStmt:
		q.clauses(s.Body, leaves)
	case *ast.SelectStmt:
		q.clauses(s.Body, leaves)
	}
}

func (q *quieter) clauses(body *ast.BlockStmt, leaves bool) {
	for _, c := range body.List {
		switch c := c.(type) {
		case *ast.CaseClause:
			q.list(c.Body, leaves, false)
		case *ast.CommClause:
			q.list(c.Body, leaves, false)
		}
	}
}

// leaves reports whether the statements of rest leave the loop before they wait or
// go round; otherwise is what follows them.
func (q *quieter) leaves(rest []ast.Stmt, otherwise, breaks bool) bool {
	for i, s := range rest {
		switch s := s.(type) {
		case *ast.ReturnStmt:
			return true
		case *ast.BranchStmt:
			return s.Tok != token.CONTINUE && (s.Label != nil || s.Tok != token.BREAK || breaks)
		}
		if code.Panics(rest[i : i+1]) {
			return true
		}
		if q.delays(rest[i : i+1]) {
			return false
		}
	}
	return otherwise
}

// delays reports whether one of the statements is, or holds, a delay of the site.
func (q *quieter) delays(list []ast.Stmt) bool {
	for _, s := range list {
		for _, d := range q.f.site.Delays {
			if code.Within(s, d.Node) {
				return true
			}
		}
	}
	return false
}
