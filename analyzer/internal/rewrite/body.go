package rewrite

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/tidy"
)

// An operation is the text of the function that the helper is given, as it
// comes about.
type operation struct {
	*plan
	edits   []edit.Edit
	head    []string // statements before the source's own
	hoists  map[*ast.IfStmt]bool
	condErr string // the variable for the error of a call in the loop's condition
}

// operation returns the body of the operation.
func (p *plan) operation() (*operation, string, Refusal) {
	o := &operation{plan: p, hoists: make(map[*ast.IfStmt]bool)}
	o.leaveMore()
	o.keepCondition()
	if o.hoisted != nil {
		o.edits = append(o.edits, edit.Span(o.hoisted.TokPos, o.hoisted.TokPos+2, "="))
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
	if o.refusal != nil {
		return nil, "", o.refusal
	}
	text := strings.Join(o.head, "\n")
	if text != "" {
		text += "\n"
	}
	text += strings.TrimLeft(p.Apply(p.loop.from, p.loop.to, o.edits), " \t\n")
	text = strings.TrimRight(text, " \t\n") + last
	zero := o.Helper.ValueOnError == helper.LastValue && o.form == tailReturn
	return o, tidy.Body(strings.TrimLeft(text, "\n"), o.success(""), zero), o.refusal
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
	if o.result != nil { // it would be that of the last attempt still
		o.refusal = headerAsksMore.At(o.keepCond.Pos())
		return
	}
	if len(o.ok) > 0 {
		o.refusal = severalExits.At(o.keepCond.Pos())
		return
	}
	cond := "!(" + o.Text(o.keepCond) + ")"
	switch e := ast.Unparen(o.keepCond).(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			cond = o.Text(e.X)
		}
	case *ast.BinaryExpr:
		if op, ok := opposite[e.Op]; ok {
			cond = o.Text(e.X) + " " + op + " " + o.Text(e.Y)
		}
	case *ast.Ident, *ast.CallExpr, *ast.SelectorExpr:
		cond = "!" + o.Text(e)
	}
	o.head = append(o.head, "if "+cond+" {\n"+o.success("")+"\n}")
}

// keepCall begins the operation with the call that the loop's condition makes.
//
//	for op() != nil {
func (o *operation) keepCall() bool {
	cmp, ok := ast.Unparen(o.keepCond).(*ast.BinaryExpr)
	if !ok || cmp.Op != token.NEQ || !code.IsNil(o.info, cmp.Y) || !code.IsError(o.info.TypeOf(cmp.X)) || o.result != nil {
		return false
	}
	if _, ok := ast.Unparen(cmp.X).(*ast.CallExpr); !ok || o.named("err") {
		return false
	}
	o.condErr = "err"
	o.head = append(o.head, "err := "+o.Text(cmp.X), "if err == nil {\n"+o.success("")+"\n}")
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
	return o.Text(cmp.X) == o.useCtx+".Err()" && o.Text(cmp.Y) == "nil"
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
		o.edits = append(o.edits, o.Drop(e.node))
		o.edits = slices.DeleteFunc(o.edits, func(x edit.Edit) bool { return x.Pos <= last.Pos() && last.End() <= x.End })
		o.edits = append(o.edits, edit.Replace(last, o.CommentsIn(last)+text))
		o.edits = append(o.edits, o.DropComments(last)...)
		return
	}
	o.edits = append(o.edits, edit.Replace(e.node, text))
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
			return o.leaveError(o.result.Name())
		}
		return o.success("")
	}
	r := e.node.(*ast.ReturnStmt)
	if slices.Contains(o.final, e) {
		return o.leaveError(o.Text(r.Results[len(r.Results)-1]))
	}
	if o.valueForm() {
		return o.success(o.Text(r.Results[o.valueAt]))
	}
	return o.success("")
}

// splitsAt tells success from a final error where `return err` may be either.
//
//	if err == nil || final(err) { return err }
func (o *operation) splitsAt(e *exit) bool {
	if e.kind == leaves && o.assigns && e.facts.errs[o.result] == unknown {
		o.refusal = errorNotKnown.At(o.loop.endOf(e))
		return false
	}
	if e.kind != returns || !slices.Contains(o.ok, e) || o.hoisted != nil || o.movesOut || o.errorOf(e) != unknown {
		return false
	}
	r := e.node.(*ast.ReturnStmt)
	err := o.Text(r.Results[len(r.Results)-1])
	both := "if " + err + " != nil {\n" + o.leaveError(err) + "\n}\n" + o.success("")
	s := o.ifAround(e.node)
	if s == nil || len(s.Body.List) > 1 || s.Else != nil || s == o.giveUp {
		o.edits = append(o.edits, edit.Replace(e.node, both))
		return true
	}
	b, ok := ast.Unparen(s.Cond).(*ast.BinaryExpr)
	if !ok || b.Op != token.LOR || !o.isNilTest(b.X, err) {
		o.edits = append(o.edits, edit.Replace(e.node, both))
		return true
	}
	o.edits = append(o.edits, edit.Replace(e.node, o.leaveError(err)))
	rest := o.Text(b.Y)
	if y, ok := ast.Unparen(b.Y).(*ast.BinaryExpr); ok && y.Op == token.LOR {
		rest = "(" + rest + ")"
	}
	if o.onlyWaitsAfter(s) && o.fallsToEnd(s) {
		o.edits = append(o.edits, edit.Replace(s.Cond, err+" != nil && "+rest))
		return true
	}
	o.edits = append(o.edits, edit.Replace(s.Cond, err+" == nil {\n"+o.success("")+"\n}\nif "+o.Text(b.Y)))
	return true
}

// fallsToEnd reports whether what follows s hands on the error itself.
func (o *operation) fallsToEnd(s *ast.IfStmt) bool {
	return s.Init == nil && o.Helper.Again.Render(helper.Args{Err: "x"}, nil) == "x" && !o.valueForm()
}

func (o *writer) isNilTest(e ast.Expr, name string) bool {
	cmp, ok := ast.Unparen(e).(*ast.BinaryExpr)
	return ok && cmp.Op == token.EQL && o.Text(cmp.X) == name && o.Text(cmp.Y) == "nil"
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
		value, _ = o.scope.Zero(o.loop.sig.Results().At(o.valueAt).Type())
	}
	return value + ", "
}

// leaveError ends the attempts with an error that what follows the loop sees.
func (o *operation) leaveError(err string) string {
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

// render expands a template, and notes which packages it needs.
func (o *operation) render(t *helper.Template, a helper.Args) string {
	return o.renderIn(t, a, o.imports)
}
