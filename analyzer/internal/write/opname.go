package write

import (
	"go/ast"
	"strconv"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// opName returns a short name of the operation, as a string literal: that of what is
// called, or else of the function around it.
func (w *Writer) opName() string {
	name := ""
	if call, ok := w.Verdict.Operation.(*ast.CallExpr); ok {
		name = code.LastName(call.Fun)
	}
	if decl, ok := w.Site.Func.Node.(*ast.FuncDecl); name == "" && ok {
		name = decl.Name.Name
	}
	return strconv.Quote(name)
}
