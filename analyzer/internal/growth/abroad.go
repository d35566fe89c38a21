package growth

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// abroad returns the function of another package that call reaches, with its body,
// or nil: one that is given numbers and returns some, and nothing else.
func (ix *index) abroad(call *ast.CallExpr) *source.Func {
	fn, ok := typeutil.Callee(ix.info, call).(*types.Func)
	if !ok {
		return nil
	}
	sig := fn.Signature()
	for _, vars := range []*types.Tuple{sig.Params(), sig.Results()} {
		for v := range vars.Variables() {
			if !isNumeric(v.Type()) {
				return nil
			}
		}
	}
	return ix.pkg.Reach(call)
}

// at returns the index of the package that fn is of. Of another package only what
// its function names is at hand.
func (ix *index) at(fn *source.Func) *index {
	if fn.Home == nil || fn.Home == ix.pkg {
		return ix
	}
	other := ix.others[fn.Home]
	if other == nil {
		other = newIndex(fn.Home)
		fn.Home.Abroad, other.partial = ix.pkg.Abroad, true
		ix.others[fn.Home] = other
	}
	return other
}
