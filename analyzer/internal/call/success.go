package call

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// findSuccess finds the statements that run when the operation has worked: the
// first of a list from where its error is nil on, that end the pass.
func (r *retry) findSuccess() {
	starts, err := r.starts()
	if err == nil {
		return
	}
	r.okErr = err
	for _, list := range r.Loop.Lists() {
		for i, s := range list {
			from := list[i:]
			if f, reached := starts[s]; reached && f.Of(err) == pass.IsNil && r.endsPass(from) && (r.success == nil || s.Pos() < r.success[0].Pos()) {
				r.success = from
				break
			}
		}
	}
}

// starts returns what is known where each statement of a pass begins, and the
// variable that the operation gives its error.
func (r *retry) starts() (map[ast.Stmt]pass.Facts, types.Object) {
	starts := make(map[ast.Stmt]pass.Facts)
	r.Pass().Walk(pass.Watch{At: func(s ast.Stmt, f pass.Facts) {
		if known, again := starts[s]; again {
			f = known.Or(f)
		}
		starts[s] = f
	}})
	err, _ := r.Pass().Suppose(pass.IsNil)
	return starts, err
}

// endsPass reports whether each pass that comes to list ends in it for good: it
// leaves the loop, and nothing in it waits.
func (r *retry) endsPass(list []ast.Stmt) bool {
	in := func(n ast.Node) bool { return list[0].Pos() <= n.Pos() && n.End() <= list[len(list)-1].End() }
	for _, s := range code.InOrder(r.Pauses) {
		if in(s) {
			return false
		}
	}
	for i := range r.Ends {
		e := &r.Ends[i]
		if e.Node != nil && in(e.Node) && (e.Kind != pass.Returns && (e.Kind != pass.Leaves || e.Node != list[len(list)-1]) || r.setAnew(e)) {
			return false
		}
	}
	switch s := list[len(list)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return s.Tok == token.BREAK && slices.ContainsFunc(r.Ends, func(e pass.Exit) bool { return e.Node == ast.Stmt(s) && e.Kind == pass.Leaves })
	}
	return false
}

// setAnew reports whether the error that is read behind e, by its name, may be another
// than the operation's: one of what is done behind that.
func (r *retry) setAnew(e *pass.Exit) bool {
	if e.Kind == pass.Leaves {
		return r.Result != nil && e.Facts.Of(r.Result) != pass.IsNil
	}
	ret, ok := e.Node.(*ast.ReturnStmt)
	return ok && len(ret.Results) == 0 && r.ReturnsError() && r.namedError(e) != pass.IsNil
}

// inSuccess reports whether a pass ends at e because the operation has worked.
func (r *retry) inSuccess(e *pass.Exit) bool {
	return e.Node != nil && len(r.success) > 0 && r.success[0].Pos() <= e.Node.Pos() && e.Node.End() <= r.success[len(r.success)-1].End()
}

// oneSuccess refuses loops with several ways out for success.
func (r *retry) oneSuccess() reason.Refusal {
	switch {
	case len(r.success) == 0 && len(r.worked) > 0:
		r.success = []ast.Stmt{r.worked[0].Node}
	case len(r.success) == 0 && len(r.either) == 0:
		return reason.SeveralExits.At(reading.LastOf(r.Loop, r.final)) // it is never left but by an error
	}
	for _, e := range r.worked {
		if len(r.success) != 1 || r.Text(e.Node) != r.Text(r.success[0]) {
			return reason.SeveralExits.At(e.Pos(r.Loop))
		}
	}
	if len(r.either) > 0 && len(r.success) > 1 {
		return reason.SeveralExits.At(reading.LastOf(r.Loop, r.either))
	}
	for _, e := range r.either {
		if len(r.success) == 1 && e.Kind != pass.Leaves && isBreak(r.success[0]) || e.Kind == pass.Leaves && len(r.success) == 1 && !isBreak(r.success[0]) {
			return reason.SeveralExits.At(e.Pos(r.Loop))
		}
		if e.Kind == pass.Returns && !r.splittable(e) {
			return reason.SeveralExits.At(e.Pos(r.Loop))
		}
	}
	if r.asBehind() {
		r.breaks = true
		return nil
	}
	r.breaks = len(r.success) > 0 && isBreak(r.success[len(r.success)-1]) || len(r.success) == 0 && r.either[0].Kind == pass.Leaves
	return nil
}

// asBehind reports whether success returns as what follows the loop does, by the
// names of the results.
func (r *retry) asBehind() bool {
	if len(r.success) != 1 || len(r.Loop.After) != 1 || !r.runsOut || r.GiveUp != nil {
		return false
	}
	x, ok := r.success[0].(*ast.ReturnStmt)
	y, ok2 := r.Loop.After[0].(*ast.ReturnStmt)
	return ok && ok2 && len(x.Results)+len(y.Results) == 0 && r.Result != nil
}

func isBreak(s ast.Stmt) bool { _, ok := s.(*ast.BranchStmt); return ok }

// findResults finds the result that only the loop knows.
func (r *retry) findResults() reason.Refusal {
	if r.breaks || len(r.success) == 0 {
		return nil
	}
	r.ret = r.success[len(r.success)-1].(*ast.ReturnStmt)
	n := len(r.ret.Results)
	if r.ReturnsError() && n == r.Loop.Sig.Results().Len() {
		n-- // the error
	}
	for i, x := range r.ret.Results[:n] {
		switch {
		case !r.fromLoop(x):
		case r.valueAt >= 0:
			return reason.ValuesFromLoop.At(r.ret.Pos())
		default:
			r.valueAt = i
		}
	}
	return nil
}

// fromLoop reports whether x is what the loop makes: a variable of its own, or one
// that each pass gives a value.
func (r *retry) fromLoop(x ast.Expr) bool {
	if !r.Outside(x) {
		return true
	}
	v := code.Local(r.Info, x)
	return v != nil && r.ownable(v)
}

// worksAlone reports whether what is done on success may end in several ways, or
// with an error, which only a function's own statements can.
func (r *retry) worksAlone() bool {
	ends := 0
	for i := range r.Ends {
		e := &r.Ends[i]
		if !r.inSuccess(e) {
			continue
		}
		if ends++; r.ret != nil && e.Node == ast.Stmt(r.ret) && (len(r.ret.Results) > 0 && len(r.ret.Results) != r.Loop.Sig.Results().Len() || r.errorOf(e) != pass.IsNil) {
			return true
		}
	}
	return ends > 1
}

// okOthers returns what success returns beside its error; where a return may hand
// on either, that is nothing.
func (r *retry) okOthers() string {
	if r.ret == nil || len(r.ret.Results) == 0 {
		return ""
	}
	return r.othersOf(r.ret)
}
