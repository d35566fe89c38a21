package call

import (
	"go/token"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
)

// split tells success from a final error where a pass ends with either: what is
// left is an error that is nil, or not.
//
//	if err == nil || final(err) { return err }
func (o *operation) split(e *pass.Exit) {
	err := o.errorLeft(e)
	value, worked := "", ""
	if e.Kind == pass.Leaves && o.value != nil {
		if o.value.v == nil {
			worked = o.Text(o.value.expr)
		} else {
			value, worked = o.valueAt(e.Node.Pos()), o.value.v.Name()
		}
	}
	if o.Helper.PermanentNil && value == worked {
		o.edits = append(o.edits, edit.Replace(e.Node, o.isFinal(value, err)))
		return
	}
	both := "if " + err + " != nil {\n" + o.isFinal(value, err) + "\n}\n" + o.worked(worked)
	s := o.Loop.IfAround(e.Node)
	if s == nil || len(s.Body.List) > 1 || s.Else != nil || s.Init != nil && !o.before[s] || s == o.GiveUp || !o.OnlyWaitsAfter(s) || !o.handsOn() {
		o.edits = append(o.edits, edit.Replace(e.Node, both))
		return
	}
	// What follows hands on the error itself, which may as well be nil.
	var rest []string
	for _, x := range code.Operands(s.Cond, token.LOR) {
		if !o.IsNilTest(x, err) {
			rest = append(rest, o.Text(x))
		}
	}
	text := strings.Join(rest, " || ")
	if len(rest) > 1 {
		text = "(" + text + ")"
	}
	o.edits = append(o.edits, edit.Replace(e.Node, o.isFinal("", err)), edit.Replace(s.Cond, err+" != nil && "+text))
}

// handsOn reports whether an operation that returns no error has worked, whatever
// else.
func (o *operation) handsOn() bool {
	return o.value == nil && o.Helper.Again.Render(helper.Args{Err: "x"}, nil) == "x" && len(o.again) == 1
}
