package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// An operation is the text of the function that the helper is given, as it
// comes about.
type operation struct {
	*plan
	edits   []edit
	head    []string // statements before the source's own
	hoists  map[*ast.IfStmt]bool
	imports map[string]string // package names that are used, with their paths
	refusal Refusal
	condErr string // the variable for the error of a call in the loop's condition
}

// operation returns the body of the operation.
func (p *plan) operation() (*operation, string, Refusal) {
	o := &operation{plan: p, hoists: make(map[*ast.IfStmt]bool), imports: make(map[string]string)}
	o.leaveMore()
	o.keepCondition()
	if o.hoisted != nil {
		o.edits = append(o.edits, edit{o.hoisted.TokPos, o.hoisted.TokPos + 2, "="})
	}
	o.localize()
	o.localizeScratch()
	o.count()
	o.leaveOut()
	last := ""
	for i := range p.exits {
		if e := &p.exits[i]; e.node != nil {
			o.end(e)
		} else {
			last = "\n" + o.endText(e) + "\n"
			if o.first != nil { // a pass ends here after success too
				last = "\nif " + o.opErr.Name() + " == nil {\n" + o.success("") + "\n}" + last
			}
		}
	}
	o.hoistAll()
	if o.refusal != "" {
		return nil, "", o.refusal
	}
	text := strings.Join(o.head, "\n")
	if text != "" {
		text += "\n"
	}
	text += strings.TrimLeft(p.apply(p.loop.from, p.loop.to, o.edits), " \t\n")
	text = strings.TrimRight(text, " \t\n") + last
	return o, tidy(strings.TrimLeft(text, "\n"), o.success("")), o.refusal
}

// keepCondition begins the operation with the part of the loop's condition that
// does not count.
func (o *operation) keepCondition() {
	if o.keepCond == nil || o.condIsContext() {
		return
	}
	if o.keepCall() {
		return
	}
	if len(o.ok) > 0 {
		o.refusal = severalExits
		return
	}
	cond := "!(" + o.text(o.keepCond) + ")"
	switch e := ast.Unparen(o.keepCond).(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			cond = o.text(e.X)
		}
	case *ast.BinaryExpr:
		if op, ok := opposite[e.Op]; ok {
			cond = o.text(e.X) + " " + op + " " + o.text(e.Y)
		}
	case *ast.Ident, *ast.CallExpr, *ast.SelectorExpr:
		cond = "!" + o.text(e)
	}
	o.head = append(o.head, "if "+cond+" {\n"+o.success("")+"\n}")
}

// keepCall begins the operation with the call that the loop's condition makes.
//
//	for op() != nil {
func (o *operation) keepCall() bool {
	cmp, ok := ast.Unparen(o.keepCond).(*ast.BinaryExpr)
	if !ok || cmp.Op != token.NEQ || !o.info.Types[cmp.Y].IsNil() || !isError(o.info.TypeOf(cmp.X)) || o.result != nil {
		return false
	}
	if _, ok := ast.Unparen(cmp.X).(*ast.CallExpr); !ok || o.named("err") {
		return false
	}
	o.condErr = "err"
	o.head = append(o.head, "err := "+o.text(cmp.X), "if err == nil {\n"+o.success("")+"\n}")
	return true
}

// named reports whether the loop names name.
func (o *operation) named(name string) bool {
	found := false
	o.loop.inspect(func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Name == name {
			found = true
		}
		return !found
	})
	return found
}

var opposite = map[token.Token]string{
	token.EQL: "!=", token.NEQ: "==", token.LSS: ">=", token.GEQ: "<", token.GTR: "<=", token.LEQ: ">",
}

// condIsContext reports whether the condition is `ctx.Err() == nil` of the
// context that the helper is given.
func (o *operation) condIsContext() bool {
	cmp, ok := ast.Unparen(o.keepCond).(*ast.BinaryExpr)
	if !ok || cmp.Op != token.EQL || o.useCtx == "" || !o.Helper.ChecksContext {
		return false
	}
	return o.text(cmp.X) == o.useCtx+".Err()" && o.text(cmp.Y) == "nil"
}

// leaveMore leaves out what only served the test for the last attempt.
func (o *operation) leaveMore() {
	if o.giveUp == nil || !o.onlyWaitsAfter(o.giveUp) {
		return
	}
	for s := range dead(o.pkg, o.loop.decl, o.removed(), nil) {
		if o.loop.inBody(s.Pos()) {
			o.gone[s] = true
		}
	}
}

// leaveOut drops the delays and what only serves them.
func (o *operation) leaveOut() {
	for s := range o.gone {
		if o.loop.inBody(s.Pos()) {
			o.edits = append(o.edits, o.drop(s))
		}
	}
	for s := range o.pauses {
		if !o.endsAt(s) {
			o.edits = append(o.edits, o.drop(s))
		}
	}
	if o.giveUp != nil {
		o.leaveOutGiveUp()
	}
}

// endsAt reports whether a pass ends at s.
func (o *operation) endsAt(s ast.Stmt) bool {
	return slices.ContainsFunc(o.exits, func(e exit) bool { return e.node == s })
}

// leaveOutGiveUp drops the statement that is run behind the last attempt only.
// Where something else than the delay follows it in the pass, the last attempt
// still has to end there.
func (o *operation) leaveOutGiveUp() {
	s := o.giveUp
	if o.onlyWaitsAfter(s) {
		if o.giveUpCond == nil {
			o.edits = append(o.edits, o.drop(s))
			return
		}
		o.edits = append(o.edits, edit{s.Cond.Pos(), s.Cond.End(), o.text(o.giveUpCond)})
		return
	}
	if o.giveUpCond != nil {
		o.refusal = countNotKnown
		return
	}
	for i := range o.exits {
		if e := &o.exits[i]; o.ifAround(e.node) == s {
			o.edits = append(o.edits, edit{s.Body.Lbrace + 1, s.Body.Rbrace, "\n" + o.failure(e, s.Body.Rbrace) + "\n"})
		}
	}
}

// onlyWaitsAfter reports whether nothing but delays, and what is left out, may
// run after s in a pass.
func (o *operation) onlyWaitsAfter(s ast.Stmt) bool {
	only := true
	check := func(list []ast.Stmt) {
		i := slices.Index(list, s)
		for _, x := range list {
			if within(x, s) && x != s {
				i = slices.Index(list, x)
			}
		}
		if i < 0 {
			return
		}
		for _, x := range list[i+1:] {
			b, ok := x.(*ast.BranchStmt)
			if !o.gone[x] && o.pauses[x] == nil && !(ok && b.Tok == token.CONTINUE) {
				only = false
			}
		}
	}
	check(o.loop.body)
	for _, x := range o.loop.body {
		if within(x, s) {
			eachList(x, check)
		}
	}
	return only
}

// end writes what a pass ends with.
func (o *operation) end(e *exit) {
	if e.node == nil || o.giveUp != nil && o.ifAround(e.node) == o.giveUp && o.giveUpCond == nil {
		return
	}
	if o.splitsAt(e) {
		return
	}
	text := o.endText(e)
	if last := o.lastGone(e.node); last != nil {
		// Have: time.Sleep(d); d *= 2. The comments between them stay before.
		o.edits = append(o.edits, o.drop(e.node))
		o.edits = slices.DeleteFunc(o.edits, func(x edit) bool { return x.pos <= last.Pos() && last.End() <= x.end })
		o.edits = append(o.edits, edit{last.Pos(), last.End(), text})
		return
	}
	o.edits = append(o.edits, edit{e.node.Pos(), e.node.End(), text})
}

// lastGone returns the last statement behind the delay s in its list, if all
// that is behind it is left out, or nil.
func (o *operation) lastGone(s ast.Stmt) ast.Stmt {
	if o.pauses[s] == nil {
		return nil
	}
	var last ast.Stmt
	look := func(list []ast.Stmt) {
		i := slices.Index(list, s)
		if i < 0 || i == len(list)-1 {
			return
		}
		for _, x := range list[i+1:] {
			if !o.gone[x] {
				return
			}
		}
		last = list[len(list)-1]
	}
	look(o.loop.body)
	for _, x := range o.loop.body {
		eachList(x, look)
	}
	return last
}

func (o *operation) endText(e *exit) string {
	pos := o.loop.to - 1
	if e.node != nil {
		pos = e.node.Pos()
	}
	switch e.kind {
	case again:
		return o.failure(e, pos)
	case leaves:
		if o.assigns && e.facts.errs[o.result] == notNil {
			return o.finalError(o.result.Name())
		}
		return o.success("")
	}
	r := e.node.(*ast.ReturnStmt)
	if slices.Contains(o.final, e) {
		return o.finalError(o.text(r.Results[len(r.Results)-1]))
	}
	switch {
	case o.flag != "":
		return o.flag + " = true\n" + o.success("")
	case o.valueForm():
		return o.success(o.text(r.Results[o.valueAt]))
	case o.capture != "":
		return o.capture + " = " + o.text(r.Results[o.valueAt]) + "\n" + o.success("")
	}
	return o.success("")
}

// splitsAt tells success from a final error where `return err` may be either.
//
//	if err == nil || final(err) { return err }
func (o *operation) splitsAt(e *exit) bool {
	if e.kind == leaves && o.assigns && e.facts.errs[o.result] == unknown {
		o.refusal = errorNotKnown
		return false
	}
	if e.kind != returns || !slices.Contains(o.ok, e) || o.hoisted != nil || o.movesOut || o.errorOf(e) != unknown {
		return false
	}
	r := e.node.(*ast.ReturnStmt)
	err := o.text(r.Results[len(r.Results)-1])
	if o.stash != "" {
		o.edits = append(o.edits, edit{e.node.Pos(), e.node.End(), o.finalError(err)})
		return true
	}
	both := "if " + err + " != nil {\n" + o.finalError(err) + "\n}\n" + o.success("")
	s := o.ifAround(e.node)
	if s == nil || len(s.Body.List) > 1 || s.Else != nil || s == o.giveUp {
		o.edits = append(o.edits, edit{e.node.Pos(), e.node.End(), both})
		return true
	}
	b, ok := ast.Unparen(s.Cond).(*ast.BinaryExpr)
	if !ok || b.Op != token.LOR || !o.isNilTest(b.X, err) {
		o.edits = append(o.edits, edit{e.node.Pos(), e.node.End(), both})
		return true
	}
	o.edits = append(o.edits, edit{e.node.Pos(), e.node.End(), o.finalError(err)})
	rest := o.text(b.Y)
	if y, ok := ast.Unparen(b.Y).(*ast.BinaryExpr); ok && y.Op == token.LOR {
		rest = "(" + rest + ")"
	}
	if o.onlyWaitsAfter(s) && o.fallsToEnd(s) {
		o.edits = append(o.edits, edit{s.Cond.Pos(), s.Cond.End(), err + " != nil && " + rest})
		return true
	}
	o.edits = append(o.edits, edit{s.Cond.Pos(), s.Cond.End(), err + " == nil {\n" + o.success("") + "\n}\nif " + o.text(b.Y)})
	return true
}

// fallsToEnd reports whether what follows s hands on the error itself.
func (o *operation) fallsToEnd(s *ast.IfStmt) bool {
	return s.Init == nil && o.Helper.Again.Render(helper.Args{Err: "x"}, nil) == "x" && !o.valueForm()
}

func (o *operation) isNilTest(e ast.Expr, name string) bool {
	cmp, ok := ast.Unparen(e).(*ast.BinaryExpr)
	return ok && cmp.Op == token.EQL && o.text(cmp.X) == name && o.text(cmp.Y) == "nil"
}

// success writes the return of an operation that has worked.
func (o *operation) success(value string) string {
	t := o.Helper.Success
	if o.valueForm() {
		t = o.Helper.ValueSuccess
	}
	return "return " + o.withValue(value) + o.render(t, helper.Args{})
}

// withValue puts value, or the zero value, before what the operation returns.
func (o *operation) withValue(value string) string {
	if !o.valueForm() {
		return ""
	}
	if value == "" {
		value, _ = o.scope.zero(o.loop.sig.Results().At(o.valueAt).Type())
	}
	return value + ", "
}

// finalError writes the return of an operation that has failed for good.
func (o *operation) finalError(err string) string {
	if o.stash != "" {
		text := o.stash + " = " + err
		if o.finalFlag != "" {
			text = o.finalFlag + ", " + o.stash + " = true, " + err
		}
		return text + "\n" + o.success("")
	}
	if o.permanent == nil {
		o.refusal = helperLacks
		return ""
	}
	return "return " + o.withValue("") + o.render(o.permanent, helper.Args{Err: err, Ctx: o.useCtx})
}

// failure writes the return of an operation that is to be run again.
func (o *operation) failure(e *exit, pos token.Pos) string {
	t := o.Helper.Again
	if o.valueForm() {
		t = o.Helper.ValueAgain
	}
	err := o.errorAt(e, pos)
	text := "return " + o.withValue("") + o.render(t, helper.Args{Err: err, Ctx: o.useCtx})
	if o.keepsLast() {
		text = o.lastName() + " = " + err + "\n" + text
	}
	if o.tailCount != "" && (o.giveUp == nil || pos < o.giveUp.Pos() || o.giveUp.End() < pos) {
		text = o.tailCount + "\n" + text
	}
	return text
}

// errorAt returns the error of a failed attempt where a pass ends at pos.
func (o *operation) errorAt(e *exit, pos token.Pos) string {
	var objs []types.Object
	if o.result != nil && (o.assigns || len(o.copies) > 0 || o.localized) {
		if len(o.copies) > 0 {
			objs = append(objs, e.facts.same[o.result])
		} else {
			objs = append(objs, o.result)
		}
	}
	objs = append(objs, o.opErr)
	var known []types.Object
	for obj, n := range e.facts.errs {
		if n == notNil {
			known = append(known, obj)
		}
	}
	slices.SortFunc(known, func(a, b types.Object) int { return e.facts.order[b] - e.facts.order[a] })
	for _, obj := range append(objs, known...) {
		if obj == nil || e.facts.errs[obj] == isNil || e.facts.errs[obj] != notNil && obj != o.opErr && obj != o.result {
			continue
		}
		if o.visible(obj, pos) {
			return obj.Name()
		}
	}
	if o.condErr != "" {
		return o.condErr
	}
	if o.assigns {
		o.refusal = errorNotKnown
		return "nil"
	}
	return o.errorsName() + `.New("` + o.operationName() + ` failed")`
}

// errorsName returns the name of a package with the function New of package
// errors.
func (o *operation) errorsName() string {
	if name, ok := o.scope.imported("errors"); ok {
		return name
	}
	if pkg, ok := o.scope.lookup("errors").(*types.PkgName); ok {
		if fn, ok := pkg.Imported().Scope().Lookup("New").(*types.Func); ok && fn.Signature().Params().Len() == 1 && isError(fn.Signature().Results().At(0).Type()) {
			return "errors"
		}
	}
	o.imports["errors"] = "errors"
	return "errors"
}

func (o *operation) operationName() string {
	if call, ok := o.Verdict.Operation.(*ast.CallExpr); ok {
		if _, lit := ast.Unparen(call.Fun).(*ast.FuncLit); !lit {
			return strings.ReplaceAll(types.ExprString(call.Fun), `"`, "")
		}
	}
	return "attempt"
}

// visible reports whether obj can be named at pos, perhaps after the statement
// that declares it has been moved out of an if.
func (o *operation) visible(obj types.Object, pos token.Pos) bool {
	inner := o.pkg.Types.Scope().Innermost(pos)
	if inner == nil {
		return false
	}
	if _, found := inner.LookupParent(obj.Name(), pos); found == obj {
		return true
	}
	for _, s := range o.loop.body {
		x, ok := s.(*ast.IfStmt)
		if !ok || x.Init == nil || pos < x.End() || x.Init.Pos() > obj.Pos() || obj.Pos() >= x.Init.End() {
			continue
		}
		if _, found := inner.LookupParent(obj.Name(), pos); found != nil && o.namedIn(found) {
			return false
		}
		o.hoists[x] = true
		return true
	}
	return false
}

// namedIn reports whether the loop's body uses obj.
func (o *operation) namedIn(obj types.Object) bool {
	found := false
	o.loop.inspect(func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && o.info.Uses[id] == obj {
			found = true
		}
		return !found
	})
	return found
}

// hoistAll moves the initial statement of an if before it.
func (o *operation) hoistAll() {
	for s := range o.hoists {
		init := o.text(s.Init)
		for _, e := range o.edits {
			if e.pos == s.Init.Pos() && e.end == s.Init.End() {
				init = e.text
			}
		}
		o.edits = slices.DeleteFunc(o.edits, func(e edit) bool { return e.pos >= s.Init.Pos() && e.end <= s.Init.End() })
		o.edits = append(o.edits, edit{s.If, s.Cond.Pos(), init + "\nif "})
	}
}

// render expands a template, and notes which packages it needs.
func (o *operation) render(t *helper.Template, a helper.Args) string {
	return o.renderIn(t, a, o.imports)
}
