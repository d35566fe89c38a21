package policy

import (
	"cmp"
	"go/ast"
	"go/constant"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/inspector"
)

// Why delays that do not grow are as they should be, in words for the user.
const (
	combined   = "it is combined with one that grows"
	said       = "it is part of what is reported"
	replaced   = "another one takes its place"
	conflicts  = "a conflict is tried again soon on purpose"
	state      = "it waits for a state"
	oneDelay   = "there is one delay at most"
	setByChain = "the same policy sets delays that grow"
	chosen     = "another branch takes delays that grow"
	unread     = "nothing in the package says what it is for"
)

// excuse returns why the value at, which a row is about, is not reported, or "".
func (f *finder) excuse(row *Row, at inspector.Cursor) string {
	if why := f.chained(row, at); why != "" {
		return why
	}
	if _, ok := called(at); ok {
		at = at.Parent()
	}
	if why := cmp.Or(f.oneDelay(row, at), f.chosen(row, at)); why != "" {
		return why
	}
	places := f.places(at, 3)
	if len(places) == 0 && row.Library == k8sWait {
		return unread // its users may wait for a state, or retry conflicts
	}
	why := ""
	for _, place := range places {
		why = cmp.Or(f.oneDelay(row, place), f.combined(row, place), f.state(row, place), f.said(row, place))
		if why == "" {
			return "" // one place without an excuse is enough
		}
	}
	return why
}

// attempts are the options and fields that say how often, with the highest
// number at which there is one delay.
var attempts = map[string]int64{
	"Attempts": 2, "Steps": 2, "WithMaxTries": 2, "WithMaxAttempts": 2, "WithMax": 2, "WithMaxRetries": 1, "RetryMax": 1,
}

// oneDelay: the number of attempts beside it leaves no room for growth.
func (f *finder) oneDelay(_ *Row, at inspector.Cursor) string {
	for _, o := range f.options(at) {
		most, ok := attempts[o.name]
		if !ok || o.value == nil {
			continue
		}
		if v := f.constant(o.value, at, 3); v != nil && v.Kind() == constant.Int {
			if n, ok := constant.Int64Val(v); ok && n > 0 && n <= most {
				return oneDelay
			}
		}
	}
	return ""
}

// said: the call that is given the value has a row of its own.
func (f *finder) said(_ *Row, at inspector.Cursor) string {
	if _, fn := f.argument(at); fn != nil && fn.Pkg() != nil {
		if row := f.rowOf(fn.Pkg(), fn.Name()); row != nil && row.Arg == 0 {
			return said
		}
	}
	return ""
}

// growing is what the names of delays that grow have in them.
var growing = []string{"Exponential", "BackOffDelay", "BackoffDelay", "Fibonacci", "DefaultBackoff", "WithBackoff", "DoubleDelay"}

// chosen: it stands in a branch, and another branch of the same statement takes
// delays of the library that grow, so that whoever runs the code decides.
func (f *finder) chosen(row *Row, at inspector.Cursor) string {
	for cur := range at.Enclosing((*ast.SwitchStmt)(nil), (*ast.IfStmt)(nil), (*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		if _, isBranch := cur.Node().(ast.Stmt); !isBranch {
			return ""
		}
		for id := range cur.Preorder((*ast.Ident)(nil)) {
			obj := f.pkg.Info.Uses[id.Node().(*ast.Ident)]
			if isOf(obj, row.Library) && slices.ContainsFunc(growing, func(part string) bool { return strings.Contains(obj.Name(), part) }) &&
				branch(cur, id) != branch(cur, at) {
				return chosen
			}
		}
	}
	return ""
}

// branch returns the child of stmt that cur is in; for a switch, its case.
func branch(stmt, cur inspector.Cursor) ast.Node {
	for c := cur; c.Valid() && c != stmt; c = c.Parent() {
		if c.Parent() == stmt {
			return c.Node()
		}
		if _, ok := c.Node().(*ast.CaseClause); ok && c.Parent().Parent() == stmt {
			return c.Node()
		}
	}
	return nil
}
