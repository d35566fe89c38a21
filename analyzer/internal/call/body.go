package call

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/tidy"
)

// An operation is the function that the helper is given, as it comes about.
type operation struct {
	*shape
	edits  []edit.Edit
	head   []string             // statements before the source's own
	before map[*ast.IfStmt]bool // whose first statement moves before them
}

// operation returns the body of the operation: that of the loop without its delays,
// with returns where a pass ends.
func (s *shape) operation() (string, reason.Refusal) {
	o := &operation{shape: s, before: make(map[*ast.IfStmt]bool)}
	o.leaveMore()
	if o.countUsed() {
		return "", reason.CounterEscapes.At(o.CounterPos())
	}
	for _, v := range s.own {
		if refusal := o.declare(v); refusal != nil {
			return "", refusal
		}
	}
	o.leaveOut()
	last, refusal := o.ends()
	if refusal != nil {
		return "", refusal
	}
	o.moveInits()
	text := strings.Join(append(o.head, strings.TrimLeft(o.Body(o.edits), " \t\n")), "\n")
	text = strings.TrimRight(text, " \t\n") + last
	text = strings.TrimLeft(text, "\n")
	marked := func(t *helper.Template) func(string) string {
		return func(err string) string { return o.Render(t, helper.Args{Err: err, Ctx: o.UseCtx}) }
	}
	if o.Helper.AgainNil && o.value == nil {
		text = tidy.MarkedEach(text, o.worked(""), marked(o.Helper.Again))
	}
	text = tidy.Body(text, o.worked(""), o.value != nil && !o.zero())
	if o.permanent == nil {
		return text, nil
	}
	mark := marked(o.permanent)
	if o.Helper.PermanentNil {
		text = tidy.MarkedNil(text, mark)
	}
	if o.Helper.PermanentOf {
		text = tidy.Marked(text, mark)
	}
	return text, nil
}

// zero reports whether the value beside an error must be the zero value: the function
// returns what the last attempt has.
func (o *operation) zero() bool {
	return o.Helper.ValueOnError == helper.LastValue && o.use == tail && o.value != nil && !o.last
}

// ends writes what each pass ends with; last is what stands behind the body.
func (o *operation) ends() (last string, refusal reason.Refusal) {
	for _, e := range o.again {
		text, refusal := o.failed(e)
		switch {
		case refusal != nil:
			return "", refusal
		case e.Node == nil:
			last = "\n" + text + "\n"
		default:
			o.end(e.Node, text)
		}
	}
	for _, e := range o.final {
		value := ""
		if e.Kind == pass.Leaves || o.last { // what follows may read it
			value = o.valueAt(e.Node.Pos())
		}
		left := o.errorLeft(e)
		if o.asLast(e) {
			err := o.errorAt(e, e.Node.Pos())
			if err == nil {
				return "", reason.ErrorNotKnown.At(e.Node.Pos())
			}
			left = err.Name()
		}
		o.end(e.Node, o.isFinal(value, left))
	}
	for _, e := range o.either {
		o.split(e)
	}
	o.edits = append(o.edits, o.successes()...)
	return last, nil
}

// successes returns the edits that write the ends of success.
func (o *operation) successes() (edits []edit.Edit) {
	if len(o.success) == 0 {
		return nil
	}
	value := ""
	switch {
	case o.value == nil:
	case o.value.v != nil:
		value = o.value.v.Name()
	default:
		value = o.Text(o.value.expr)
	}
	text := o.worked(value)
	for _, e := range o.retry.worked {
		if e.Node != o.success[0] {
			edits = append(edits, edit.Replace(e.Node, text))
		}
	}
	first, end := o.success[0], o.success[len(o.success)-1]
	if o.stays {
		first = end
	}
	return append(edits, edit.Span(first.Pos(), end.End(), text))
}

// end writes text where a pass ends at n: a delay, or a statement that leaves.
func (o *operation) end(n ast.Stmt, text string) {
	if last := o.lastGone(n); last != nil {
		// Have: time.Sleep(d); d *= 2. The comments between them stay before.
		o.edits = append(o.edits, o.Drop(n))
		o.edits = slices.DeleteFunc(o.edits, func(x edit.Edit) bool { return x.Pos <= last.Pos() && last.End() <= x.End })
		o.edits = append(o.edits, edit.Replace(last, o.CommentsIn(last)+text))
		o.edits = append(o.edits, o.DropComments(last)...)
		return
	}
	o.edits = append(o.edits, edit.Replace(n, text))
}

// errorLeft returns the final error at e: what is returned, or what follows the loop
// reads.
func (o *operation) errorLeft(e *pass.Exit) string {
	if err := code.LastResult(e.Node); err != nil {
		return o.Text(err)
	}
	return o.Result.Name()
}

// worked writes the return of an operation that has worked.
func (o *operation) worked(value string) string {
	t := o.Helper.Success
	if o.value != nil {
		t = o.Helper.ValueSuccess
	}
	return "return " + o.withValue(value) + o.Render(t, helper.Args{})
}

// isFinal ends the attempts with an error, and with a value beside it or "" for none.
func (o *operation) isFinal(value, err string) string {
	return "return " + o.withValue(value) + o.Render(o.permanent, helper.Args{Err: err, Ctx: o.UseCtx})
}

// failed writes the return of an operation that is to be run again.
func (o *operation) failed(e *pass.Exit) (string, reason.Refusal) {
	pos := o.Loop.To - 1
	if e.Node != nil {
		pos = e.Node.Pos()
	}
	err := o.errorAt(e, pos)
	if err == nil {
		return "", reason.ErrorNotKnown.At(pos)
	}
	t := o.Helper.Again
	if o.value != nil {
		t = o.Helper.ValueAgain
	}
	return "return " + o.withValue(o.valueAt(pos)) + o.Render(t, helper.Args{Err: err.Name(), Ctx: o.UseCtx}), nil
}

// valueAt returns the value that the operation has at pos, where that is returned
// beside an error, or "".
func (o *operation) valueAt(pos token.Pos) string {
	if o.value == nil || o.value.v == nil || o.zero() || !o.visible(o.value.v, pos) {
		return ""
	}
	return o.value.v.Name()
}

// withValue puts value, or the zero value, before what the operation returns.
func (o *operation) withValue(value string) string {
	if o.value == nil {
		return ""
	}
	if value == "" {
		value, _ = o.Scope.Zero(o.value.typ)
	}
	return value + ", "
}

// moveInits moves the first statement of an if before it.
func (o *operation) moveInits() {
	for _, s := range code.InOrder(o.before) {
		init := o.Text(s.Init)
		for _, e := range o.edits {
			if e.Pos == s.Init.Pos() && e.End == s.Init.End() {
				init = e.Text
			}
		}
		o.edits = slices.DeleteFunc(o.edits, func(e edit.Edit) bool { return e.Pos >= s.Init.Pos() && e.End <= s.Init.End() })
		o.edits = append(o.edits, edit.Span(s.If, s.Cond.Pos(), init+"\nif "))
	}
}
