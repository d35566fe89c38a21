package loggers

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// formatting are packages whose functions only make texts and numbers.
var formatting = map[string]bool{"strconv": true, "strings": true, "errors": true, "path": true, "path/filepath": true}

// harmless reports whether nothing in e does more than to make what a line says.
func (t *Table) harmless(info *types.Info, e ast.Expr) bool {
	return code.OnlyCalls(info, e, func(call *ast.CallExpr) bool { return t.onlyFormats(info, call) })
}

// onlyFormats reports whether a call makes something for a line, or writes it.
func (t *Table) onlyFormats(info *types.Info, call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(info, call).(*types.Func)
	if !ok {
		return false
	}
	if fn.Signature().Params().Len() == 0 && fn.Signature().Recv() != nil {
		switch fn.Name() {
		case "Error", "String", "Err":
			return true
		}
	}
	if fn.Pkg() == nil {
		return false
	}
	switch pkg := plain(fn.Pkg().Path()); {
	case pkg == "fmt":
		return fn.Name() == "Sprint" || fn.Name() == "Sprintf" || fn.Name() == "Sprintln" || fn.Name() == "Errorf"
	case formatting[pkg]:
		return true
	case ofLogger(pkg):
		return !ends(fn.Name())
	}
	return t.writes(info, call)
}

// ends reports whether a function of a logger ends the program, or the test.
func ends(name string) bool {
	for _, word := range []string{"Fatal", "Panic", "DPanic", "Exit", "Skip", "Fail"} {
		if len(name) >= len(word) && name[:len(word)] == word {
			return true
		}
	}
	return false
}
