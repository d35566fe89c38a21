package rewrite

import (
	"go/ast"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

// use writes the call and what is done with its result.
func (w *caller) use(call string, args helper.Args) {
	left := ""
	if w.Helper.DropsValue && !w.valueForm() {
		left = "_, "
	}
	switch w.form {
	case tailReturn:
		w.add("return " + call)
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
		w.refusal = severalExits.At(w.loop.lastOf(w.ok, w.leave))
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
		switch {
		case w.sameAfter(then) && (otherwise == "" || otherwise == then):
		case w.sameAfter(then) && w.onlyError():
			otherwise = then
		default:
			w.add("if "+w.errName+test+" {", then, "}")
		}
	case value == "" && !w.hasChecks() && strings.Contains(args.Op, "\n") && w.isFree(w.errName):
		w.add(left+w.errName+" := "+call, "if "+w.errName+test+" {", then, "}")
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
				w.refusal = valuesFromLoop.At(w.loop.lastOf(w.final, w.ok))
			}
			old := w.errName
			w.errName = w.scope.Fresh(w.loop.decl, "retryErr")
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
func (w *caller) namesError(name string) bool {
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
func (w *caller) taken(name string) bool {
	obj := w.scope.Lookup(name)
	return obj != nil && !w.valueForm() && obj.Parent() == w.scope.Block()
}

// onlyError reports whether the error of the helper is the only result of the
// function, by its name: a return without results is then that of success, too.
func (w *caller) onlyError() bool {
	res := w.loop.sig.Results()
	return res.Len() == 1 && res.At(0) == w.result && w.errName == res.At(0).Name()
}

// sameAfter reports whether then, a return without results, is what follows the
// loop anyway.
func (w *caller) sameAfter(then string) bool {
	return then == "return" && len(w.loop.after) > 0 && w.Text(w.loop.after[0]) == then
}

// isFree reports whether a variable by that name can be declared before what
// follows the loop.
func (w *caller) isFree(name string) bool {
	return w.scope.Lookup(name) == nil && w.scope.Block().Lookup(name) == nil && !w.Taken[w.scope.Block()][name]
}

func (w *caller) hasChecks() bool {
	return len(w.cancel) > 0 || w.keepsLast()
}

// checks writes what is looked at before success and failure.
func (w *caller) checks(err string, args helper.Args) {
	if w.keepsLast() {
		cond := w.render(w.Helper.Exhausted, helper.Args{Err: err, Ctx: args.Ctx, Last: w.lastName()})
		w.add("if "+cond+" {", err+" = "+w.lastName(), "}")
	}
	if len(w.cancel) > 0 {
		w.add("if "+err+" != nil && "+w.useCtx+".Err() != nil {", w.listText(w.cancel), "}")
	}
}

// failText writes what is done when the operation has failed for good.
func (w *caller) failText() string {
	switch {
	case w.fail == nil:
		return "return " + w.plainFail + w.errName
	case w.giveUp != nil && !w.failMoves:
		return strings.Trim(w.Between(w.giveUp.Body.Lbrace+1, w.giveUp.Body.Rbrace), " \t\n")
	}
	return w.listText(w.fail)
}

// okText writes the return of success.
func (w *caller) okText(value string) string {
	r := w.okReturn
	if r == nil {
		return ""
	}
	if w.hoisted == nil && value != "" {
		x := r.Results[w.valueAt]
		return w.Apply(r.Pos(), r.End(), []edit.Edit{edit.Replace(x, value)})
	}
	if w.splits() {
		return "return nil"
	}
	if len(r.Results) == 0 && w.loop.last && w.loop.sig.Results().Len() == 0 && w.form != ifWorked && (len(w.loop.after) == 0 || w.consumed() != nil) {
		return ""
	}
	text := w.Text(r)
	if n := len(r.Results); w.hoisted == nil && !w.movesOut && n > 0 && w.returnsError() {
		x := r.Results[n-1]
		if !code.IsNil(w.info, x) && !w.outside(x) { // nil for certain
			return w.Apply(r.Pos(), r.End(), []edit.Edit{edit.Replace(x, "nil")})
		}
	}
	return text
}

// valueName returns the name of the variable for the value of the helper.
func (w *caller) valueName() string {
	if w.valueVar == "" {
		name := "value"
		if id, ok := w.value.(*ast.Ident); ok {
			name = id.Name
		}
		if w.scope.Lookup(name) != nil {
			name = w.scope.Fresh(w.loop.decl, "value", "result")
		}
		w.valueVar = name
	}
	return w.valueVar
}

// keepsLast reports whether the fix keeps the last error, which the helper
// does not return.
func (o *operation) keepsLast() bool {
	return o.Helper.Exhausted != nil
}

func (o *operation) lastName() string {
	if o.lastVar == "" {
		o.lastVar = o.scope.Fresh(o.loop.decl, "lastErr")
	}
	return o.lastVar
}
