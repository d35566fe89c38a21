package rewrite

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/flow"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// A Request is a judged site, and the helper that a fix is to call.
type Request struct {
	Pkg     *source.Package
	Site    *site.Site
	Verdict flow.Verdict
	Growth  growth.Growth
	Bounds  growth.Bounds
	Waits   []time.Duration // the delays, as far as constants tell them
	Helper  *helper.Helper

	GoVersion string // of the file, such as "go1.22"
	File      *ast.File
	Src       []byte // of File

	// Taken are the names that fixes declare in a scope. A fix adds its own, so
	// that all of a function can be applied.
	Taken map[*types.Scope]map[string]bool
}

// A binder reads off a site what a call of the helper needs.
type binder struct {
	Request
	pkg  *source.Package
	info *types.Info
	loop *loop

	pauses      map[ast.Stmt]*pause
	timers      map[ast.Stmt]bool // statements that only serve a timer
	gone        map[ast.Stmt]bool // statements of the body that are left out
	counter     *counter
	limit       number // of attempts
	ticks       bool   // the loop ranges over a time channel
	leadUnclear bool   // whether a delay comes before the first attempt cannot be told
	mayBeNone   bool   // the limit may be zero
	bounded     bool   // limit is known and is given to the helper
	keepCond    ast.Expr
	exits       []exit
	opErr       types.Object    // the error of the operation, if it is proven to be there whenever the loop goes round
	ctx         ast.Expr        // what ends a pause early
	cancel      []ast.Stmt      // what is done then
	first       *ast.AssignStmt // the attempt before the loop, if the loop is turned
	lead        ast.Stmt        // a pause that comes before the first attempt too
}

// bind reads the loop of a site, or says why it cannot.
func bind(req Request) (*binder, Refusal) {
	b := &binder{Request: req, pkg: req.Pkg, info: req.Pkg.Info, gone: make(map[ast.Stmt]bool)}
	var refusal Refusal
	if b.loop, refusal = newLoop(b.pkg, req.Site.Func, req.Site.Cycle); refusal != "" {
		return nil, refusal
	}
	for _, step := range []func() Refusal{b.bindHeader, b.bindPauses, b.bindTimers, b.bindCount, b.bindGone, b.bindExits, b.bindCancel} {
		if refusal := step(); refusal != "" {
			return nil, refusal
		}
	}
	return b, ""
}

func (b *binder) bindHeader() Refusal {
	if r, ok := b.loop.cycle.(*ast.RangeStmt); ok {
		if len(b.Site.Delays) == 1 && b.Site.Delays[0].Node == ast.Node(r) && r.Key == nil && b.loop.visibleBefore(b.pkg, r.X) {
			b.ticks, b.lead = true, r
			return ""
		}
		basic, ok := b.info.TypeOf(r.X).Underlying().(*types.Basic)
		if !ok || basic.Info()&types.IsInteger == 0 {
			return overItems
		}
	}
	return ""
}

func (b *binder) bindPauses() (refusal Refusal) {
	if b.ticks {
		b.pauses = make(map[ast.Stmt]*pause)
		return ""
	}
	b.pauses, refusal = pauses(b.pkg, b.loop, b.Site)
	return refusal
}

// bindCount finds what counts the attempts, and how many there are.
func (b *binder) bindCount() Refusal {
	b.counter = b.counterOf()
	limit, ok := limitOf(b.Bounds)
	inHeader := b.countedByHeader()
	if !ok && inHeader {
		limit, ok = b.countedInBody()
	}
	switch {
	case !ok && inHeader:
		return countNotKnown
	case !ok && b.Bounds.Counted, !inHeader && limit.expr != nil:
		return countNotKnown // the helper would not be told
	case !ok:
		return ""
	case inHeader && !b.atLeastOne(limit):
		b.mayBeNone = true
	}
	_, ranges := b.loop.cycle.(*ast.RangeStmt) // over what is computed before the loop
	if limit.expr != nil && !ranges && !b.loop.visibleBefore(b.pkg, limit.expr) && !b.isLifted(limit.expr) {
		return countNotKnown
	}
	if limit.expr != nil {
		more := limit.offset
		limit = numberOf(b.info, limit.expr)
		limit.offset += more
	}
	b.limit, b.bounded = limit, true
	return ""
}

// countedInBody returns the number of passes of a loop that counts where it
// goes round: the step is in the one list of statements that does.
//
//	for retries <= 10 {
//		...
//			retries++
//			continue
//		...
//	}
func (b *binder) countedInBody() (number, bool) {
	cmp, ok := ast.Unparen(b.loop.cond).(*ast.BinaryExpr)
	c := b.counter
	if !ok || c == nil || c.step != 1 || c.stepAt == nil || c.stepAt == b.loop.post || local(b.info, cmp.X) != c.obj || len(b.pauses) != 1 {
		return number{}, false
	}
	extra, ok := map[token.Token]int64{token.LSS: 0, token.NEQ: 0, token.LEQ: 1}[cmp.Op]
	start, end := numberOf(b.info, c.start), numberOf(b.info, cmp.Y)
	if !ok || start.expr != nil {
		return number{}, false
	}
	together := false
	for s := range b.pauses {
		eachList(b.loop.cycle.(*ast.ForStmt).Body, func(list []ast.Stmt) {
			together = together || slices.Contains(list, s) && slices.Contains(list, c.stepAt)
		})
	}
	return number{end.expr, end.offset - start.offset + extra}, together
}

// countedByHeader reports whether the loop's header ends the attempts by their
// number.
func (b *binder) countedByHeader() bool {
	if _, ok := b.loop.cycle.(*ast.RangeStmt); ok {
		return !b.ticks
	}
	return b.counter != nil && b.loop.cond != nil && mentions(b.info, b.loop.cond, b.counter.obj)
}

// bindGone finds what is left out: the delays, and what only counts attempts
// and computes delays.
func (b *binder) bindGone() Refusal {
	removed := map[ast.Node]bool{}
	for s, p := range b.pauses {
		removed[s] = true
		for _, then := range p.then {
			removed[then] = true
		}
	}
	if refusal := b.removeHeader(removed); refusal != "" {
		return refusal
	}
	for s := range b.timers {
		removed[s] = true
		if b.loop.inBody(s.Pos()) {
			b.gone[s] = true
		}
	}
	for s := range dead(b.pkg, b.loop.decl, removed, nil) {
		if b.loop.inBody(s.Pos()) {
			b.gone[s] = true
		} else if s == b.loop.post || s == b.loop.init {
			removed[s] = true
		}
	}
	if b.loop.post != nil && !removed[b.loop.post] || b.loop.init != nil && !removed[b.loop.init] {
		return counterEscapes
	}
	for _, p := range b.pauses {
		for _, s := range p.then {
			if branch, ok := s.(*ast.BranchStmt); !b.gone[s] && !(ok && branch.Tok == token.CONTINUE) && !b.deadThen(s, removed) {
				return codeAfterDelay
			}
		}
	}
	b.wrapDead()
	b.wrapPauses()
	return ""
}

// wrapDead lets a statement that is dead with the pause in it stand for the
// pause.
//
//	if delay > 0 { time.Sleep(delay); delay *= 2 }
func (b *binder) wrapDead() {
	for inner, p := range b.pauses {
		for s := range b.gone {
			if s != inner && within(s, inner) {
				delete(b.pauses, inner)
				delete(b.gone, s)
				b.pauses[s] = p
				break
			}
		}
	}
}

// deadThen reports whether s, which follows a delay in a select, only computes
// the next delay.
func (b *binder) deadThen(s ast.Stmt, removed map[ast.Node]bool) bool {
	lv := &liveness{info: b.info, removed: map[ast.Node]bool{}}
	return lv.machinery(s)
}

// removeHeader removes what the header has of the count.
func (b *binder) removeHeader(removed map[ast.Node]bool) Refusal {
	b.keepCond = b.loop.cond
	if b.loop.cond == nil && b.counter == nil {
		return ""
	}
	if b.counter != nil {
		if b.counter.stepAt == b.loop.post && b.loop.post != nil {
			removed[b.loop.post] = true
		}
		if b.loop.init != nil && valueGiven(b.info, b.loop.init, b.counter.obj) != nil {
			removed[b.loop.init] = b.allLifted(b.loop.init.(*ast.AssignStmt))
		}
	}
	if b.bounded && b.countedByHeader() && b.loop.cond != nil {
		rest, dropped := b.withoutCount(b.loop.cond)
		if !dropped {
			return countNotKnown
		}
		b.keepCond = rest
		b.markCount(b.loop.cond, removed)
	}
	return ""
}

// isLifted reports whether e is a variable that the fix declares before the
// loop.
func (b *binder) isLifted(e ast.Expr) bool {
	obj := local(b.info, e)
	return obj != nil && b.liftable(obj)
}

// allLifted reports whether all that the header declares beside the counter can
// be declared before the loop.
func (b *binder) allLifted(init *ast.AssignStmt) bool {
	for _, lhs := range init.Lhs {
		if obj := local(b.info, lhs); obj == nil || obj != b.counter.obj && !b.liftable(obj) {
			return false
		}
	}
	return true
}

// withoutCount returns cond without the comparisons of the counter, nil if
// nothing is left.
func (b *binder) withoutCount(cond ast.Expr) (ast.Expr, bool) {
	e := ast.Unparen(cond)
	bin, ok := e.(*ast.BinaryExpr)
	if ok && bin.Op == token.LAND {
		x, dx := b.withoutCount(bin.X)
		y, dy := b.withoutCount(bin.Y)
		switch {
		case x == nil:
			return y, true
		case y == nil:
			return x, true
		}
		return cond, dx || dy
	}
	if ok && isComparison(bin.Op) && mentions(b.info, bin, b.counter.obj) {
		return nil, true
	}
	return cond, false
}

func (b *binder) markCount(cond ast.Expr, removed map[ast.Node]bool) {
	e := ast.Unparen(cond)
	if bin, ok := e.(*ast.BinaryExpr); ok {
		if bin.Op == token.LAND {
			b.markCount(bin.X, removed)
			b.markCount(bin.Y, removed)
		} else if mentions(b.info, bin, b.counter.obj) {
			removed[bin] = true
		}
	}
}

// wrapPauses lets an if that holds nothing but a pause stand for it, where the
// condition is about the count or the delay.
func (b *binder) wrapPauses() {
	for range 3 {
		b.loop.inspect(func(n ast.Node) bool {
			s, ok := n.(*ast.IfStmt)
			if !ok || s.Init != nil || s.Else != nil || !pureExpr(b.info, s.Cond) || b.pauses[s] != nil || b.aboutOutcome(s.Cond) {
				return true
			}
			var only *pause
			var inner ast.Stmt
			for _, x := range s.Body.List {
				switch p := b.pauses[x]; {
				case b.gone[x]:
				case p != nil && only == nil:
					only, inner = p, x
				default:
					return true
				}
			}
			if only != nil {
				delete(b.pauses, inner)
				b.gone[inner] = true
				b.pauses[s] = only
			}
			return true
		})
	}
}

// aboutOutcome reports whether cond looks at anything but numbers, durations
// and times.
func (b *binder) aboutOutcome(cond ast.Expr) bool {
	about := false
	ast.Inspect(cond, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if v, ok := b.info.ObjectOf(id).(*types.Var); ok && !v.IsField() {
				basic, ok := v.Type().Underlying().(*types.Basic)
				about = about || !ok || basic.Info()&types.IsNumeric == 0 || !b.onlyComputed(v)
			}
		}
		return !about
	})
	return about
}

// onlyComputed reports whether the loop gives v only what it computes itself:
// no outcome of a call.
func (b *binder) onlyComputed(v types.Object) bool {
	only := true
	b.loop.inspect(func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok && writes(b.info, &ast.AssignStmt{Lhs: a.Lhs}, v) {
			for _, rhs := range a.Rhs {
				only = only && pureExpr(b.info, rhs)
			}
		}
		return only
	})
	return only
}

// when returns when a condition on the counter holds.
func (b *binder) when(cond ast.Expr) when {
	if !b.bounded {
		return b.holds(cond, b.counter, number{expr: &ast.BadExpr{}})
	}
	return b.holds(cond, b.counter, b.limit)
}

func (b *binder) walker() *walker {
	w := &walker{pkg: b.pkg, info: b.info, loop: b.loop, pause: b.pauses, gone: b.gone, count: b.when, ticks: b.ticks}
	if b.Verdict.Operation != nil {
		w.op = b.Verdict.Operation.Pos()
	}
	return w
}

func (b *binder) bindExits() Refusal {
	w := b.walker()
	w.run(newFacts())
	if w.refusal != "" {
		return w.refusal
	}
	b.exits = w.exits
	for _, e := range b.exits {
		if e.kind != again {
			continue
		}
		switch {
		case e.waits&excess != 0:
			return severalDelays
		case e.waits&none != 0:
			return passNotDelayed
		}
	}
	b.bindLead()
	if b.leadUnclear {
		return codeAfterDelay
	}
	if b.lead != nil && b.leavesBefore(b.lead) {
		return firstBefore
	}
	b.opErr = b.provenError()
	return ""
}

// bindLead finds a pause that comes before each attempt, the first too.
func (b *binder) bindLead() {
	for s, p := range b.pauses {
		cond, isIf := s.(*ast.IfStmt)
		if b.Verdict.Operation == nil || s.Pos() > b.Verdict.Operation.Pos() || b.notFirst(s) {
			continue
		}
		if !isIf || cond.Cond == nil || within(cond.Cond, p.delay.Node) || cond.Init != nil {
			b.lead = s
		} else if b.when(cond.Cond) != exceptFirst {
			b.lead = b.leadOf(cond)
		}
	}
}

// leavesBefore reports whether a pass may end before the delay s, by what an
// earlier pass has found.
func (b *binder) leavesBefore(s ast.Stmt) bool {
	for _, e := range b.exits {
		if e.kind == again || e.node == nil || e.node.Pos() > s.Pos() || b.ticks {
			continue
		}
		carried := false
		b.loop.inspect(func(n ast.Node) bool {
			x, ok := n.(*ast.IfStmt)
			if !ok || !within(x, e.node) || x.Init != nil {
				return true
			}
			ast.Inspect(x.Cond, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					v := local(b.info, id)
					carried = carried || v != nil && b.loop.assigns(b.pkg, v) && (b.counter == nil || v != b.counter.obj)
				}
				return !carried
			})
			return true
		})
		if carried {
			return true
		}
	}
	return false
}

// notFirst reports whether s stands in an if that the first pass leaves out.
func (b *binder) notFirst(s ast.Stmt) bool {
	found := false
	b.loop.inspect(func(n ast.Node) bool {
		if x, ok := n.(*ast.IfStmt); ok && ast.Stmt(x) != s && within(x.Body, s) {
			cmp, ok := ast.Unparen(x.Cond).(*ast.BinaryExpr)
			if ok && isComparison(cmp.Op) && b.counter != nil {
				holds, known := b.atPass(cmp, b.counter, 1)
				found = found || known && !holds
			}
			found = found || b.when(x.Cond) == exceptFirst
		}
		return !found
	})
	return found
}

// leadOf returns what waits before the first attempt: the body of s, if its
// condition on the counter holds then; nil if it does not.
func (b *binder) leadOf(s *ast.IfStmt) ast.Stmt {
	cmp, ok := ast.Unparen(s.Cond).(*ast.BinaryExpr)
	if !ok || b.counter == nil || !isComparison(cmp.Op) {
		return s
	}
	switch holds, ok := b.atPass(cmp, b.counter, 1); {
	case !ok && mentions(b.info, cmp, b.counter.obj):
		b.leadUnclear = true
		return nil
	case !ok:
		return s
	case holds:
		return s.Body
	}
	return nil
}

// provenError returns the error variable that the operation gives, if the loop
// goes round only where it is not nil.
func (b *binder) provenError() types.Object {
	var obj types.Object
	w := b.walker()
	w.after = func(s ast.Stmt, f facts) {
		a, ok := s.(*ast.AssignStmt)
		if !ok || len(a.Rhs) != 1 || ast.Unparen(a.Rhs[0]) != b.Verdict.Operation {
			return
		}
		if v := w.errorVar(a.Lhs[len(a.Lhs)-1]); v != nil {
			obj = v
			f.learn(v, isNil)
		}
	}
	w.run(newFacts())
	if obj == nil {
		return nil
	}
	if b.Verdict.Reason == flow.OnlyFailure && isError(b.info.TypeOf(b.Verdict.Operation.(ast.Expr))) {
		return obj // its success is nothing but a nil error, and does not go round
	}
	for _, e := range w.exits {
		if e.kind == again && e.facts.errs[obj] != notNil {
			return nil
		}
	}
	return obj
}

func (b *binder) bindCancel() Refusal {
	for _, p := range b.pauses {
		if p.ctx == nil {
			continue
		}
		if b.ctx != nil && types.ExprString(b.ctx) != types.ExprString(p.ctx) {
			return severalDelays
		}
		b.ctx = p.ctx
		b.cancel = slices.DeleteFunc(slices.Clone(p.exit), func(s ast.Stmt) bool { return b.timers[s] })
	}
	return ""
}

// delay returns the first delay and its limit.
func (b *binder) delay() (base, limit ast.Expr, refusal Refusal) {
	g := b.Growth
	if g.Base == nil && g.Kind == growth.Constant {
		g.Base = b.sameDuration()
	}
	if g.Base == nil && g.Kind == growth.Random && b.randomBound() > 0 {
		return nil, nil, ""
	}
	grows := g.Kind == growth.Exponential || g.Kind == growth.Linear
	if g.Base == nil && b.firstWait() == 0 && !grows {
		return nil, nil, delayNotKnown
	}
	if g.Capped && g.Cap == nil && b.lastWait() == 0 {
		return nil, nil, limitNotKnown
	}
	return g.Base, g.Cap, ""
}

// randomBound returns the longest that a random delay can be, as far as
// constants tell it, or 0: the first delay of what takes its place.
//
//	time.Sleep(time.Duration(rand.Intn(100)) * time.Millisecond)
func (b *binder) randomBound() time.Duration {
	e := b.sameDuration()
	if e == nil {
		for _, p := range b.pauses {
			e = p.delay.Duration
		}
	}
	if e == nil || len(b.pauses) != 1 {
		return 0
	}
	d, ok := b.bound(e, 0)
	if !ok || d <= 0 {
		return 0
	}
	return time.Duration(d)
}

// bound computes e with random numbers at their limits.
func (b *binder) bound(e ast.Expr, depth int) (int64, bool) {
	if v := b.info.Types[e].Value; v != nil {
		return constant.Int64Val(constant.ToInt(v))
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.BinaryExpr:
		x, okX := b.bound(e.X, depth)
		y, okY := b.bound(e.Y, depth)
		switch {
		case !okX || !okY:
		case e.Op == token.MUL:
			return x * y, true
		case e.Op == token.ADD:
			return x + y, true
		}
	case *ast.CallExpr:
		random := drawsRandom(b.info, e)
		if len(e.Args) == 1 && (random || b.info.Types[e.Fun].IsType()) {
			return b.bound(e.Args[0], depth)
		}
	case *ast.Ident:
		if depth < 3 {
			return b.boundOfVar(e, depth)
		}
	}
	return 0, false
}

// drawsRandom reports whether call is of a package for random numbers.
func drawsRandom(info *types.Info, call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(info, call).(*types.Func)
	return ok && fn.Pkg() != nil && strings.Contains(fn.Pkg().Name(), "rand")
}

// boundOfVar computes what the loop's body gives a variable, once.
func (b *binder) boundOfVar(id *ast.Ident, depth int) (int64, bool) {
	v := local(b.info, id)
	if b.counter != nil && v != nil && v == b.counter.obj && b.counter.start != nil {
		return b.bound(b.counter.start, depth+1) // the first delay
	}
	var given ast.Expr
	times := 0
	for _, s := range b.loop.body {
		if v != nil && writes(b.info, s, v) {
			times++
			given = valueGiven(b.info, s, v)
		}
	}
	if times != 1 || given == nil {
		return 0, false
	}
	return b.bound(given, depth+1)
}

// firstWait returns the first delay as far as constants tell it, or 0.
func (b *binder) firstWait() time.Duration {
	if (b.Growth.Kind == growth.Random || b.Growth.Jittered && b.Growth.Base == nil) && len(b.Waits) == 0 {
		return b.randomBound()
	}
	for _, d := range b.Waits {
		if d > 0 {
			return d
		}
	}
	return 0
}

// lastWait returns the delay that the delays stay at in the end, or 0.
func (b *binder) lastWait() time.Duration {
	n := len(b.Waits)
	if n < 3 || b.Waits[n-1] != b.Waits[n-2] {
		return 0
	}
	return b.Waits[n-1]
}

// sameDuration returns the duration that all pauses are given, or nil.
func (b *binder) sameDuration() ast.Expr {
	var same ast.Expr
	for _, p := range b.pauses {
		d := p.delay.Duration
		if d == nil || same != nil && types.ExprString(d) != types.ExprString(same) || !b.loop.visibleBefore(b.pkg, d) {
			return nil
		}
		same = d
	}
	return same
}
