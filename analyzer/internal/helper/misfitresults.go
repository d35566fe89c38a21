package helper

import (
	"go/ast"
	"go/types"
	"slices"
)

// wantedResults are what a call of a helper must return: that many values, of which
// the last is an error and the first, if its type is given, of that type.
type wantedResults struct {
	count int
	value types.Type
	text  string
}

// mustReturn returns what the call that the template with the given key makes
// must return.
func (f *fitting) mustReturn(key string) wantedResults {
	switch {
	case key == "value_call":
		return wantedResults{2, f.pkg.Scope().Lookup(standIn("T")).Type(), "{{T}} and an error"}
	case key == "call" && f.helper.DropsValue:
		return wantedResults{2, nil, "a value and an error"}
	}
	return wantedResults{1, nil, "an error"}
}

// takes reports whether results are as they must be. What is not known fits.
func (w wantedResults) takes(got []types.Type) bool {
	if slices.ContainsFunc(got, isInvalid) {
		return true
	}
	if len(got) != w.count || !types.AssignableTo(got[len(got)-1], types.Universe.Lookup("error").Type()) {
		return false
	}
	return w.value == nil || types.AssignableTo(got[0], w.value)
}

func isInvalid(t types.Type) bool { return t == nil || t == types.Typ[types.Invalid] }

// tupleOf returns the types of what a call with the given type returns.
func tupleOf(t types.Type) (list []types.Type) {
	tuple, ok := t.(*types.Tuple)
	if !ok {
		return []types.Type{t}
	}
	for v := range tuple.Variables() {
		list = append(list, v.Type())
	}
	return list
}

// explainResults says that a call returns something else than it must.
func (f *fitting) explainResults(call *ast.CallExpr, got []types.Type, want wantedResults) string {
	returns := "returns nothing"
	if len(got) > 0 {
		returns = "returns " + f.typesText(got)
	}
	text := f.exprText(call.Fun) + " " + returns + ", and must return " + want.text
	if remedy := f.remedy(); remedy != "" {
		return remedy + ": " + text
	}
	return text + f.signatureOf(call)
}
