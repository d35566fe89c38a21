package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// A gift is what a variable is given.
type gift struct {
	is   nilness
	same types.Object
}

// given returns what an assignment gives to error variables.
func (w *walker) given(s ast.Stmt, f facts) map[types.Object]gift {
	gifts := make(map[types.Object]gift)
	switch s := s.(type) {
	case *ast.AssignStmt:
		if len(s.Lhs) == len(s.Rhs) {
			for i, lhs := range s.Lhs {
				if obj := w.loop.ErrorVar(lhs); obj != nil {
					gifts[obj] = w.valueOf(s.Rhs[i], f)
				}
			}
		}
	case *ast.DeclStmt:
		if d, ok := s.Decl.(*ast.GenDecl); ok && d.Tok == token.VAR {
			for _, spec := range d.Specs {
				spec := spec.(*ast.ValueSpec)
				for i, id := range spec.Names {
					obj := w.loop.ErrorVar(id)
					switch {
					case obj == nil:
					case len(spec.Values) == 0:
						gifts[obj] = gift{is: isNil}
					case len(spec.Values) == len(spec.Names):
						gifts[obj] = w.valueOf(spec.Values[i], f)
					}
				}
			}
		}
	}
	return gifts
}

func (w *walker) valueOf(e ast.Expr, f facts) gift {
	if code.IsNil(w.info, e) {
		return gift{is: isNil}
	}
	if obj := w.loop.ErrorVar(e); obj != nil {
		return gift{f.errs[obj], obj}
	}
	if code.IsSentinel(w.info, e) && code.IsError(w.info.TypeOf(e)) {
		return gift{is: notNil}
	}
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok {
		if code.MakesError(code.Callee(w.info, call)) {
			return gift{is: notNil}
		}
	}
	return gift{}
}

// forgetIn forgets all that n may change.
func (w *walker) forgetIn(n ast.Node, st state) state {
	st.facts = st.facts.clone()
	ast.Inspect(n, func(n ast.Node) bool {
		for _, id := range code.Assigned(n) {
			if obj := w.info.ObjectOf(id); obj != nil {
				st.facts.forget(obj)
			}
		}
		if spec, ok := n.(*ast.ValueSpec); ok {
			for _, id := range spec.Names {
				st.facts.forget(w.info.Defs[id])
			}
		}
		return true
	})
	return st
}
