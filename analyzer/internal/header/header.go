// Package header writes the fix of a site by a helper that gives the attempts to a loop:
// its header changes, and its body stays.
package header

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
)

// A heading replaces the header of a loop by that of a helper, which counts
// the passes and waits between them. The body stays, but for its delays.
type heading struct {
	*write.Keeper
	leaves  bool         // success may go on behind the loop
	moved   bool         // what is done behind the last attempt stands behind the loop now
	dropped *ast.IfStmt  // the test for the last attempt, which is left out
	inner   types.Object // the error of the body that is needed behind the loop, or nil
	errVar  string       // the variable that holds it there
	again   string       // what is done at the end of each pass that another one follows
	number  string       // the variable of the attempt's number in the header, or ""
	byHand  ast.Stmt     // which counts in the body what is number now, or nil
	counted []ast.Node   // that, and the uses of what it counts
	head    []string     // statements at the begin of the body
}

// New returns the fix of a site by a helper of the shape loop.
func New(req reading.Request) (*write.Fix, reason.Refusal) {
	b, refusal := reading.Of(req)
	if refusal != nil {
		return nil, refusal
	}
	h := &heading{Keeper: write.NewKeeper(b)}
	for _, step := range []func() reason.Refusal{h.check, h.findNone, h.bindGiveUp, h.bindEnd, h.keepError, h.takeNumber, h.keepCount} {
		if refusal := step(); refusal != nil {
			return nil, refusal
		}
	}
	return h.write()
}

// check refuses loops whose header does more than count.
func (h *heading) check() reason.Refusal {
	switch {
	case h.Loop.IsGoto():
		return reason.ShapeOfCycle
	case h.Floor && !h.HasMax():
		return h.CountRefused(h.CountPos())
	case h.KeepCond != nil && (h.condContext() == nil || h.Helper.AtLeastOnce):
		return reason.HeaderAsksMore.At(h.KeepCond.Pos())
	case h.countedOutside():
		return reason.CounterEscapes.At(h.HeaderPos())
	}
	if refusal := h.checkTop(); refusal != nil {
		return refusal
	}
	for _, e := range h.Ends {
		branch, ok := e.Node.(*ast.BranchStmt)
		h.leaves = h.leaves || e.Kind == pass.Leaves && !(ok && branch.Tok == token.CONTINUE) // which passes by what is written behind
	}
	if pos := h.leftContext(); h.noEnd() && pos.IsValid() {
		return reason.LeavesContext.At(pos)
	}
	return nil
}

// leftContext returns where a pass makes a context that it does not cancel before
// another pass may follow; no position if there is none. A loop that has no end does
// not come to where that is missing.
func (h *heading) leftContext() (pos token.Pos) {
	for i, s := range h.Loop.Body {
		a, ok := s.(*ast.AssignStmt)
		if !ok || len(a.Lhs) != 2 {
			continue
		}
		cancel := code.Local(h.Info, a.Lhs[1])
		if cancel == nil || types.TypeString(cancel.Type(), nil) != "context.CancelFunc" {
			continue
		}
		until := h.Loop.To
		for _, x := range h.Loop.Body[i+1:] {
			if runsCall(x) && code.Mentions(h.Info, x, cancel) {
				until = x.Pos()
				break
			}
		}
		if slices.ContainsFunc(h.Ends, func(e pass.Exit) bool {
			return e.Kind == pass.Again && a.Pos() < e.Pos(h.Loop) && e.Pos(h.Loop) <= until
		}) {
			pos = a.Pos()
		}
	}
	return pos
}

// runsCall reports whether s calls a function, now or where its own ends.
func runsCall(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.ExprStmt, *ast.DeferStmt:
		return true
	}
	return false
}

// condContext returns ctx of the condition that it has not ended, or nil.
func (h *heading) condContext() ast.Expr {
	if ctx := h.Pkg.NotEnded(h.KeepCond); ctx != nil && h.Loop.VisibleBefore(ctx) {
		return ctx
	}
	return nil
}

// write makes the text of the loop.
func (h *heading) write() (*write.Fix, reason.Refusal) {
	args, refusal := h.Writer.Args()
	if refusal == nil {
		refusal = h.NamesBase(&args)
	}
	if refusal != nil {
		return nil, refusal
	}
	if h.UseCtx != "" && !h.Helper.Supports(helper.Context) {
		return nil, reason.LacksContext
	}
	before := len(h.Declared)
	h.Declare(h.Helper.Header, args)
	h.Declared = h.Declared[:before] // they are there in the loop alone
	header := h.Expand(h.Helper.Header, args)
	if pos := h.Loop.AsksFrame(); pos.IsValid() && strings.HasPrefix(strings.TrimSpace(header), "range ") {
		return nil, reason.AsksFrame.At(pos) // the body becomes a function
	}
	removed := h.removed()
	gone := h.Loop.Dead(removed, h.needed())
	maps.Copy(gone, h.Served)
	if h.byHand != nil {
		gone[h.byHand] = true
	}
	h.leaveBody(gone)
	h.Outer = h.DropBefore(gone, removed, h.needed())
	head := ""
	for _, s := range h.head {
		head += "\n" + s
	}
	body := write.Squeeze(h.Body(h.Inside))
	if h.again != "" && h.fallsOffEnd() {
		body = strings.TrimRight(body, " \t\n") + "\n" + h.again + "\n"
	}
	label := ""
	if h.Loop.Label != "" {
		label = h.Loop.Label + ":\n"
	}
	body = head + strings.TrimRight(body, " \t\n")
	fix, refusal := h.Finish(label + "for " + h.withNumber(header, body) + " {" + body + "\n}")
	if fix != nil {
		fix.Copies = h.inner != nil && h.errVar != h.inner.Name()
	}
	return fix, refusal
}

// fallsOffEnd reports whether a pass ends at the end of the body.
func (h *heading) fallsOffEnd() bool {
	return slices.ContainsFunc(h.Ends, func(e pass.Exit) bool {
		return e.Kind == pass.Again && (e.Node == nil || h.fallsOff(e.Node))
	})
}

// fallsOff reports whether the pass that ends at s, a pause, ends at the end
// of the body.
func (h *heading) fallsOff(s ast.Stmt) bool {
	p := h.Pauses[s]
	return p != nil && (!code.EndsPass(p.Then) || h.Loop.Body[len(h.Loop.Body)-1] == s)
}

// removed returns the nodes that the fix leaves out.
func (h *heading) removed() map[ast.Node]bool {
	removed := h.Removed()
	if h.Loop.Cond != nil {
		removed[h.Loop.Cond] = true
	}
	if r, ok := h.Loop.Cycle.(*ast.RangeStmt); ok && r.Key != nil {
		removed[r.Key] = true
	}
	for _, n := range h.counted {
		removed[n] = true
	}
	for _, s := range h.Loop.After {
		if s.End() <= h.Stop {
			removed[s] = true
		}
	}
	return removed
}

// needed returns the expressions that the fix uses before the loop.
func (h *heading) needed() []ast.Expr {
	needed := h.Needed()
	if h.CounterDecl != "" {
		needed = append(needed, h.WithReceivers(h.Counter.Start)...)
	}
	return needed
}
