package helper

import (
	"go/ast"
	"go/types"
	"slices"
)

// wantedResults are what a call must return: that many values, the first and
// the last of these types.
type wantedResults struct {
	count       int
	first, last types.Type // nil for any
	text        string
}

var errorType, boolType = types.Universe.Lookup("error").Type(), types.Universe.Lookup("bool").Type()

// mustReturn returns what the call that the template with the given key makes
// must return.
func (f *fitting) mustReturn(key string) wantedResults {
	switch {
	case key == "value_call":
		return wantedResults{2, f.pkg.Scope().Lookup(standIn("T")).Type(), errorType, "{{T}} and an error"}
	case key == "call" && f.helper.DropsValue:
		return wantedResults{2, nil, errorType, "a value and an error"}
	case key == "wait" && f.helper.TellsNothing:
		return wantedResults{text: "nothing"}
	case key == "wait" && f.helper.TellsByBool:
		return wantedResults{1, nil, boolType, "a bool"}
	}
	return wantedResults{1, nil, errorType, "an error"}
}

// takes reports whether results are as they must be. What is not known fits.
func (w wantedResults) takes(got []types.Type) bool {
	if slices.ContainsFunc(got, isInvalid) {
		return true
	}
	return len(got) == w.count && (len(got) == 0 || assignable(got[0], w.first) && assignable(got[len(got)-1], w.last))
}

func assignable(t, to types.Type) bool { return to == nil || types.AssignableTo(t, to) }

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
	remedy := f.remedy()
	if f.helper.Shape == Wait && len(got) == 1 {
		remedy = waitRemedy(got[0])
	}
	if remedy != "" {
		return remedy + ": " + text
	}
	return text + f.signatureOf(call)
}

// waitRemedy returns what to say of a wait that returns t, or "".
func waitRemedy(t types.Type) string {
	switch {
	case assignable(t, boolType):
		return "say wait_returns: bool"
	case assignable(t, errorType):
		return "leave out wait_returns"
	}
	return ""
}
