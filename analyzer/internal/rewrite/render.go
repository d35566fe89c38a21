package rewrite

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"go/version"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// A writer writes the statements that take the place of the loop.
type writer struct {
	*operation
	delay, limit ast.Expr // that the text mentions
	lines        []string
	firstText    string // the first delay
	stub         string // the text with a call that needs no package
}

// write returns the text of the fix.
func (o *operation) write(body string) (*writer, string, Refusal) {
	w := &writer{operation: o}
	args, refusal := w.args()
	if refusal != "" {
		return nil, "", refusal
	}
	args.Op = "func(" + w.params() + ") " + w.results(&args) + " {\n" + body + "\n}"
	if name := w.bareCall(body); name != "" {
		args.Op = name
	}
	t := w.Helper.Call
	if w.valueForm() {
		t = w.Helper.ValueCall
	}
	call := w.render(t, args)
	stub := w.stubCall(args)
	if w.limitText != "" {
		w.add(w.limitText + " := " + w.limitSource())
		w.guard = w.limitText + w.guard
	}
	w.lines = append(w.lines, w.liftedDecls()...)
	w.firstText = args.Delay
	if w.guard != "" {
		w.add("if " + w.guard + " {")
	}
	w.before()
	w.use(callMark, args)
	if w.guard != "" {
		w.add("}")
	}
	text := strings.Join(w.lines, "\n")
	w.stub = tidyTail(strings.Replace(text, callMark, stub, 1))
	return w, tidyTail(strings.Replace(text, callMark, call, 1)), w.refusal
}

// bareCall returns f if the operation does nothing but `return f()`, and f can
// be handed to the helper itself.
func (w *writer) bareCall(body string) string {
	name, ok := strings.CutPrefix(strings.TrimSpace(body), "return ")
	name, ok2 := strings.CutSuffix(name, "()")
	if !ok || !ok2 || !token.IsIdentifier(name) || w.Helper.OpParams != "" || w.Helper.OpResults != "error" || w.valueForm() {
		return ""
	}
	obj := w.scope.lookup(name)
	if obj == nil {
		return ""
	}
	if v, ok := obj.(*types.Var); ok && w.loop.assigns(w.pkg, v) {
		return ""
	}
	sig, ok := types.Unalias(obj.Type()).(*types.Signature)
	if !ok || sig.Params().Len() > 0 || sig.Results().Len() != 1 || !isError(sig.Results().At(0).Type()) || sig.TypeParams() != nil {
		return ""
	}
	return name
}

// callMark stands for the call of the helper in the text around it.
const callMark = "callOfTheHelper()"

// stubCall returns a call in the place of the helper's, with the same operation
// and results, that type-checks without the helper's package.
func (w *writer) stubCall(a helper.Args) string {
	results := "error"
	if w.valueForm() {
		results = "(" + a.T + ", error)"
	} else if w.Helper.DropsValue {
		results = "(struct{}, error)"
	}
	op := "func(" + w.params() + ") " + w.results(&a)
	var given []string
	for _, arg := range []string{a.Ctx, a.Attempts, a.Delay, a.MaxDelay} {
		if arg != "" {
			given = append(given, arg)
		}
	}
	return "func(...any) func(" + op + ") " + results + " { return nil }(" + strings.Join(given, ", ") + ")(" + a.Op + ")"
}

func (w *writer) add(lines ...string) { w.lines = append(w.lines, lines...) }

func (w *writer) params() string {
	if w.Helper.OpParams == "" {
		return ""
	}
	params := w.Helper.OpParams
	if w.useCtx != "ctx" {
		params = strings.Replace(params, "ctx ", "_ ", 1)
	}
	w.imports["context"] = "context"
	return params
}

func (w *writer) results(args *helper.Args) string {
	if !w.valueForm() {
		return w.Helper.OpResults
	}
	args.T, _ = w.scope.typeString(w.loop.sig.Results().At(w.valueAt).Type())
	return "(" + args.T + ", error)"
}

// args returns what the call is given.
func (w *writer) args() (a helper.Args, refusal Refusal) {
	a.Ctx = w.useCtx
	if a.Delay, a.MaxDelay, refusal = w.delays(); refusal != "" {
		return a, refusal
	}
	switch {
	case w.bounded && !w.Helper.Supports(helper.Attempts), !w.bounded && !w.Helper.Supports(helper.Unbounded),
		a.MaxDelay != "" && !w.Helper.Supports(helper.MaxDelay):
		return a, helperLacks
	case !w.bounded:
		return a, ""
	}
	a.Attempts, a.IsConst, a.AttemptsType = w.attempts()
	return a, ""
}

// attempts writes the number of attempts.
func (w *writer) attempts() (text string, isConst bool, typ string) {
	n := w.binder.limit
	if n.expr == nil {
		if e := w.namedLimit(n.offset); e != nil {
			return w.text(e), false, w.typeOfNumber(e)
		}
		return strconv.FormatInt(n.offset, 10), true, ""
	}
	if text = w.limitText; text == "" {
		text = w.limitSource()
	}
	return text, false, w.typeOfNumber(n.expr)
}

// typeOfNumber returns the type of e as [helper.Args] has it.
func (w *writer) typeOfNumber(e ast.Expr) string {
	t, ok := types.Unalias(w.info.TypeOf(e)).(*types.Basic)
	switch {
	case !ok:
		name, _ := w.scope.typeString(w.info.TypeOf(e))
		return name
	case t.Info()&types.IsUntyped != 0 || w.untypedConst(e):
		return helper.Untyped
	case t.Kind() == types.Int:
		return ""
	}
	return t.Name()
}

// untypedConst reports whether e names a constant without a type.
func (w *writer) untypedConst(e ast.Expr) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return false
	}
	c, ok := w.info.ObjectOf(id).(*types.Const)
	if !ok {
		return false
	}
	b, ok := c.Type().(*types.Basic)
	return ok && b.Info()&types.IsUntyped != 0
}

// namedLimit returns the constant that the loop's header compares with, if it
// has a name and is n.
func (w *writer) namedLimit(n int64) ast.Expr {
	var found ast.Expr
	look := func(x ast.Node) bool {
		e, ok := x.(ast.Expr)
		if !ok {
			return true
		}
		switch e := e.(type) {
		case *ast.Ident, *ast.SelectorExpr:
			if v := w.info.Types[e].Value; v != nil && v.Kind() == constant.Int && w.namedBefore(e) {
				if got, ok := constant.Int64Val(v); ok && got == n {
					found = e
				}
			}
			return false
		case *ast.BinaryExpr, *ast.ParenExpr:
			return true
		}
		return false
	}
	if r, ok := w.loop.cycle.(*ast.RangeStmt); ok {
		ast.Inspect(r.X, look)
	} else if w.loop.cond != nil {
		ast.Inspect(w.loop.cond, look)
	}
	return found
}

// limitSource writes the number of attempts as the source gives it.
func (w *writer) limitSource() string {
	n := w.binder.limit
	text := w.text(n.expr)
	if n.offset > 0 {
		text += " + " + itoa(n.offset)
	} else if n.offset < 0 {
		text += " - " + itoa(-n.offset)
	}
	return text
}

// longest is the longest delay that a fix introduces: exponential delays
// outgrow every use where nothing ends them. Where the body ends the attempts at
// a point in time, delays grow to four times the first at most, since they may
// pass that point by one delay.
const longest = 30 * time.Second

// delays writes the first delay and its limit.
func (w *writer) delays() (first, limit string, refusal Refusal) {
	base, most, refusal := w.binder.delay()
	if refusal != "" {
		return "", "", refusal
	}
	w.delay, w.limit = base, most
	value, known := time.Duration(0), false
	if base != nil {
		value, known = w.durationOf(base)
	}
	if wait := w.firstWait(); wait > 0 && (!known || value != wait) {
		value, known = wait, true
		first = w.duration(wait)
		w.delay = nil
	} else if first, refusal = w.delayText(base); refusal != "" {
		return "", "", refusal
	}
	if w.Helper.PositiveDelay && (!known || value <= 0) {
		return "", "", helperLacks
	}
	if known && value <= 0 {
		return "", "", delayNotKnown
	}
	if known {
		w.waits.first = value
	}
	if most != nil {
		w.waits.most, _ = w.durationOf(most)
		if w.waits.most == 0 {
			w.waits.first = 0 // not known
		}
		if !w.loop.visibleBefore(w.pkg, most) {
			return "", "", limitNotKnown
		}
		return first, w.asDuration(most), ""
	}
	switch {
	case !w.Growth.Capped && w.Growth.Kind != growth.Exponential && w.Bounds.Deadline && w.useCtx == "" && !w.bounded:
		limit = "4 * " + first
		if known {
			w.waits.most = min(4*value, max(value, longest))
			limit = w.duration(w.waits.most)
		} else if !token.IsIdentifier(first) {
			limit = "4 * (" + first + ")"
		}
	case !w.Growth.Capped && w.Growth.Kind == growth.Exponential && !w.Growth.Jittered:
		// It grows as it did.
	case w.Growth.Capped:
		w.waits.most = w.lastWait()
		limit = w.duration(w.waits.most)
	case known && w.bounded && w.binder.limit.expr == nil && fits(value, w.binder.limit.offset):
	case !known && w.bounded && w.binder.limit.expr == nil && w.binder.limit.offset <= 8:
	case known:
		w.waits.most = max(value, longest)
		limit = w.duration(w.waits.most)
	case version.Compare(w.GoVersion, "go1.21") < 0: // without max
		limit = w.duration(longest)
	default:
		limit = "max(" + first + ", " + w.duration(longest) + ")"
	}
	return first, limit, ""
}

// fits reports whether the delays of n attempts stay below the longest.
func fits(first time.Duration, n int64) bool {
	for range n - 2 {
		if first > longest/2 {
			return false
		}
		first *= 2
	}
	return first <= longest
}

func (w *writer) durationOf(e ast.Expr) (time.Duration, bool) {
	if v := w.info.Types[e].Value; v != nil && v.Kind() == constant.Int {
		n, ok := constant.Int64Val(v)
		return time.Duration(n), ok
	}
	return 0, false
}

// delayText writes the first delay, by the variable that holds it if there is
// one.
func (w *writer) delayText(base ast.Expr) (string, Refusal) {
	if d := w.firstVariable(base); d != nil {
		w.delay = d
		return w.asDuration(d), ""
	}
	if base == nil {
		return "", delayNotKnown
	}
	if w.info.Types[base].Value == nil && !w.loop.visibleBefore(w.pkg, base) || !w.namedBefore(base) {
		return "", delayNotKnown
	}
	return w.asDuration(base), ""
}

// firstVariable returns the variable that holds the first delay when the loop
// begins, or nil: the loop changes it behind the delay only, or it begins with
// base.
func (w *writer) firstVariable(base ast.Expr) ast.Expr {
	for _, p := range w.pauses {
		d := w.unconverted(p.delay.Duration)
		v := local(w.info, d)
		if v == nil || v.Pos() >= w.loop.outer.Pos() || w.scope.lookup(v.Name()) != v {
			continue
		}
		if base != nil && w.startOf(v) == base {
			return d
		}
		first := base == nil
		w.loop.inspect(func(n ast.Node) bool {
			for _, id := range assigned(n) {
				first = first && (w.info.ObjectOf(id) != v || id.Pos() > p.stmt.Pos())
			}
			return first
		})
		if first {
			return d
		}
	}
	return nil
}

// unconverted returns e without conversions.
func (w *writer) unconverted(e ast.Expr) ast.Expr {
	for e != nil {
		call, ok := ast.Unparen(e).(*ast.CallExpr)
		if !ok || len(call.Args) != 1 || !w.info.Types[call.Fun].IsType() {
			break
		}
		e = call.Args[0]
	}
	return e
}

// namedBefore reports whether all that e names means the same before the loop.
func (w *writer) namedBefore(e ast.Expr) bool {
	ok := true
	var visit func(n ast.Node) bool
	visit = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			ast.Inspect(n.X, visit)
			return false
		case *ast.Ident:
			obj := w.info.ObjectOf(n)
			ok = ok && obj != nil && w.scope.lookup(n.Name) == obj
		}
		return ok
	}
	ast.Inspect(e, visit)
	return ok
}

func (w *writer) asDuration(e ast.Expr) string {
	t := w.info.TypeOf(e)
	text := w.text(e)
	if named, ok := types.Unalias(t).(*types.Named); ok && named.Obj().Name() == "Duration" && named.Obj().Pkg().Path() == "time" {
		return text
	}
	if b, ok := t.(*types.Basic); ok && b.Info()&types.IsUntyped != 0 {
		return text
	}
	if d, ok := w.durationOf(e); ok {
		return w.duration(d)
	}
	return w.timeName() + ".Duration(" + text + ")"
}

func (w *writer) timeName() string {
	w.imports["time"] = "time"
	if name, ok := w.scope.imported("time"); ok {
		return name
	}
	return "time"
}

// duration writes d as source.
func (w *writer) duration(d time.Duration) string {
	for _, u := range []struct {
		unit time.Duration
		name string
	}{{time.Hour, "Hour"}, {time.Minute, "Minute"}, {time.Second, "Second"}, {time.Millisecond, "Millisecond"}, {time.Microsecond, "Microsecond"}, {1, "Nanosecond"}} {
		if d%u.unit != 0 {
			continue
		}
		if d == u.unit {
			return w.timeName() + "." + u.name
		}
		if u.unit >= time.Minute && d < 2*u.unit {
			continue
		}
		return strconv.FormatInt(int64(d/u.unit), 10) + "*" + w.timeName() + "." + u.name
	}
	return strconv.FormatInt(int64(d), 10)
}

// before writes what stands before the call.
func (w *writer) before() {
	if w.counterDecl != "" {
		w.add(w.counterDecl)
	}
	w.firstDecls()
	if w.deadline != "" {
		w.addDeadline()
	}
	if w.hoisted != nil {
		for _, lhs := range w.hoisted.Lhs {
			if obj := local(w.info, lhs); obj != nil {
				t, _ := w.scope.typeString(obj.Type())
				w.add("var " + obj.Name() + " " + t)
			}
		}
	}
	if w.capture != "" {
		t, _ := w.scope.typeString(w.loop.sig.Results().At(w.valueAt).Type())
		w.add("var " + w.capture + " " + t)
	}
	if w.flag != "" {
		w.add(w.flag + " := false")
	}
	if w.stash != "" {
		w.add("var " + w.stash + " error")
		if w.finalFlag != "" {
			w.add(w.finalFlag + " := false")
		}
	}
	if w.keepsLast() {
		w.add("var " + w.lastName() + " error")
	}
	w.addLead()
}

// addLead writes the delay that comes before the first attempt.
func (w *writer) addLead() {
	if s, ok := w.lead.(ast.Stmt); ok && len(w.timers) > 0 && s != nil {
		w.add(w.timeName() + ".Sleep(" + w.firstText + ")")
		return
	}
	switch lead := w.lead.(type) {
	case nil:
		return
	case *ast.RangeStmt:
		w.add("<-" + w.text(lead.X))
		return
	case *ast.BlockStmt:
		if w.outside(lead) {
			w.add(w.listText(lead.List))
			return
		}
	default:
		if w.outside(lead) {
			w.add(w.text(lead))
			return
		}
	}
	if len(w.Waits) == 0 {
		w.refusal = codeAfterDelay
	} else if d := w.Waits[0]; d > 0 {
		w.add(w.timeName() + ".Sleep(" + w.duration(d) + ")")
	}
}

// use writes the call and what is done with its result.
func (w *writer) use(call string, args helper.Args) {
	left := ""
	if w.Helper.DropsValue && !w.valueForm() {
		left = "_, "
	}
	switch w.form {
	case tailReturn:
		w.add("return " + call)
		return
	case alone:
		w.add(call)
		w.endDeadline()
		w.checks("", args)
		if w.flag == "" {
			w.addOK("")
		}
		return
	case assign:
		op := " = "
		if w.drops {
			op = " := "
		}
		w.add(left + w.result.Name() + op + call)
		w.endDeadline()
		w.checks(w.result.Name(), args)
		return
	}
	if w.deadline != "" && w.repeats() {
		w.refusal = severalExits
	}
	test, then, otherwise := " != nil", w.failText(), w.okText("")
	value := ""
	if w.valueForm() {
		value = w.valueName()
		left = value + ", "
		otherwise = w.okText(value)
	}
	if w.form == ifWorked {
		test, then, otherwise = " == nil", otherwise, ""
	}
	switch {
	case w.assigns && w.result != nil: // what follows looks at it
		op := " = "
		if w.drops {
			op = " := "
		} else if value != "" {
			w.add("var " + value + " " + args.T)
		}
		w.add(left + w.errName + op + call)
		w.checks(w.errName, args)
		w.add("if "+w.errName+test+" {", then, "}")
	case value == "" && !w.hasChecks():
		w.add("if "+left+w.errName+" := "+call+"; "+w.errName+test+" {", then, "}")
	default:
		own := w.result != nil && w.errName == w.result.Name()
		switch {
		case !w.taken(w.errName), own && w.declOf != nil && w.localized && !w.stillUsed():
			w.add(left + w.errName + " := " + call)
		case own && value == "":
			w.add(left + w.errName + " = " + call)
		default:
			if w.namesError(w.errName) {
				w.refusal = valuesFromLoop
			}
			old := w.errName
			w.errName = w.scope.fresh(w.loop.decl, "retryErr")
			if w.fail == nil {
				then = strings.TrimSuffix(then, old) + w.errName
			}
			w.add(left + w.errName + " := " + call)
		}
		w.checks(w.errName, args)
		w.add("if "+w.errName+test+" {", then, "}")
	}
	if otherwise != "" {
		w.add(otherwise)
	}
}

// namesError reports whether a statement that moves names the variable.
func (w *writer) namesError(name string) bool {
	found := false
	for _, s := range append(slices.Clone(w.fail), w.cancel...) {
		ast.Inspect(s, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			found = found || ok && id.Name == name
			return !found
		})
	}
	return found
}

// taken reports whether a variable by that name is declared in the list of
// statements around the loop, so that := would not make a new one.
func (w *writer) taken(name string) bool {
	obj := w.scope.lookup(name)
	return obj != nil && !w.valueForm() && obj.Parent() == w.scope.block()
}

func (w *writer) hasChecks() bool {
	return w.stash != "" || w.flag != "" || len(w.cancel) > 0 || w.keepsLast()
}

// checks writes what is looked at before success and failure.
func (w *writer) checks(err string, args helper.Args) {
	if w.keepsLast() && err != "" {
		cond := w.render(w.Helper.Exhausted, helper.Args{Err: err, Ctx: args.Ctx, Last: w.lastName()})
		w.add("if "+cond+" {", err+" = "+w.lastName(), "}")
	}
	if w.stash != "" {
		text, _ := w.finalText()
		if text != "" {
			text += ", "
		}
		cond := w.stash + " != nil"
		if w.finalFlag != "" {
			cond = w.finalFlag
		}
		w.add("if "+cond+" {", "return "+text+w.stash, "}")
	}
	if w.flag != "" {
		w.add("if "+w.flag+" {", w.text(w.okReturn), "}")
	}
	if len(w.cancel) > 0 {
		w.add("if "+err+" != nil && "+w.useCtx+".Err() != nil {", w.listText(w.cancel), "}")
	}
}

// failText writes what is done when the operation has failed for good.
func (w *writer) failText() string {
	switch {
	case w.fail == nil:
		return "return " + w.plainFail + w.errName
	case w.giveUp != nil && !w.failMoves:
		return strings.Trim(w.between(w.giveUp.Body.Lbrace+1, w.giveUp.Body.Rbrace), " \t\n")
	}
	return w.listText(w.fail)
}

func (w *writer) listText(list []ast.Stmt) string {
	if len(list) == 0 {
		return ""
	}
	return w.between(list[0].Pos(), list[len(list)-1].End())
}

// okText writes the return of success.
func (w *writer) okText(value string) string {
	r := w.okReturn
	if r == nil || w.flag != "" {
		return ""
	}
	if w.hoisted == nil && (value != "" || w.capture != "") {
		if value == "" {
			value = w.capture
		}
		x := r.Results[w.valueAt]
		return w.apply(r.Pos(), r.End(), []edit{{x.Pos(), x.End(), value}})
	}
	if w.splits() {
		return "return nil"
	}
	if len(r.Results) == 0 && w.loop.last && w.loop.sig.Results().Len() == 0 && w.form != ifWorked && (len(w.loop.after) == 0 || w.consumed() != nil) {
		return ""
	}
	text := w.text(r)
	if n := len(r.Results); w.hoisted == nil && !w.movesOut && n > 0 && w.returnsError() {
		x := r.Results[n-1]
		if !w.info.Types[x].IsNil() && !w.outside(x) { // nil for certain
			return w.apply(r.Pos(), r.End(), []edit{{x.Pos(), x.End(), "nil"}})
		}
	}
	return text
}

func (w *writer) addOK(value string) {
	if text := w.okText(value); text != "" {
		w.add(text)
	}
}

// valueName returns the name of the variable for the value of the helper.
func (w *writer) valueName() string {
	if w.valueVar == "" {
		name := "value"
		if id, ok := w.value.(*ast.Ident); ok {
			name = id.Name
		}
		if w.scope.lookup(name) != nil {
			name = w.scope.fresh(w.loop.decl, "value", "result")
		}
		w.valueVar = name
	}
	return w.valueVar
}

// keepsLast reports whether the fix keeps the last error, which the helper
// does not return.
func (o *operation) keepsLast() bool {
	return o.Helper.Exhausted != nil && o.form != alone
}

func (o *operation) lastName() string {
	if o.lastVar == "" {
		o.lastVar = o.scope.fresh(o.loop.decl, "lastErr")
	}
	return o.lastVar
}

// nameErrors chooses the names of the variables that the fix declares.
func (p *plan) nameErrors() {
	if p.limitText == "-" {
		p.limitText = p.scope.fresh(p.loop.decl, "attempts")
	}
	if p.flag == "-" {
		p.flag = p.scope.fresh(p.loop.decl, "stopped", "done")
	}
	if p.stash == "-" {
		p.stash = p.scope.fresh(p.loop.decl, "final", "finalErr")
		if p.unsure && !p.returnsOnlyError() {
			p.finalFlag = p.scope.fresh(p.loop.decl, "failed", "ended")
		}
	}
	if p.capture == "-" {
		p.capture = p.scope.fresh(p.loop.decl, "result", "value")
	}
	p.errName = "err"
	if p.result != nil {
		p.errName = p.result.Name()
	}
	stands := p.lastErrors()
	other := make(map[string]bool) // names of errors that the helper's does not stand for
	list := append(slices.Clone(p.fail), p.cancel...)
	w := p.walker()
	if p.okReturn != nil && p.flag == "" {
		list = append(list, p.okReturn)
	}
	for _, s := range list {
		ast.Inspect(s, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				switch obj := w.errorVar(id); {
				case obj == nil:
				case slices.Contains(stands, obj):
					p.errName = obj.Name()
				default:
					other[obj.Name()] = true
				}
			}
			return true
		})
	}
	if other[p.errName] {
		p.errName = p.scope.fresh(p.loop.decl, "retryErr")
	}
	if len(other) > 0 && p.ctx == nil && p.deadline == "" {
		p.useCtx = "" // on cancellation, what is read might be no error at all
	}
	if p.deadline != "" && p.failMoves && p.form != ifWorked {
		p.form = ifWorked // what follows reads the last error, which is not the helper's
	}
	if p.form == ifWorked && p.result != nil {
		p.assigns, p.errName = true, p.result.Name()
	}
	if p.form == ifFailed && p.result != nil && p.result.Name() == p.errName && p.readsAfter(p.result, p.consumedAll()) {
		p.assigns = true
	}
}

func (p *plan) consumedAll() []ast.Stmt {
	if p.failMoves {
		return p.loop.after
	}
	return nil
}

// returnsOnlyError reports whether an error is all that the function returns,
// so that success is to return nil.
func (p *plan) returnsOnlyError() bool {
	return p.loop.sig.Results().Len() == 1 && len(p.leave) == 0
}

// addDeadline makes the context with the loop's deadline.
func (w *writer) addDeadline() {
	w.imports["context"] = "context"
	name := w.importName("context", "context")
	parent := w.parent
	if parent == "" {
		parent = name + ".Background()"
	}
	w.add(w.useCtx + ", " + w.cancelName + " := " + name + "." + strings.Replace(w.deadline, "%s", parent, 1))
	if !w.repeats() {
		w.add("defer " + w.cancelName + "()")
	}
}

// endDeadline frees the context where the function may make many.
func (w *writer) endDeadline() {
	if w.deadline != "" && w.repeats() {
		w.add(w.cancelName + "()")
	}
}

// repeats reports whether the function may come to the loop again.
func (w *writer) repeats() bool {
	found := false
	ast.Inspect(w.loop.fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			found = found || n != ast.Node(w.loop.cycle) && within(n, w.loop.outer)
		case *ast.BranchStmt:
			found = found || n.Tok == token.GOTO
		}
		return !found
	})
	return found
}
