package pass

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// A gift is what a variable is given.
type gift struct {
	is   Nilness
	same types.Object
}

// given returns what an assignment gives to error variables.
func (p *Pass) given(s ast.Stmt, f Facts) map[types.Object]gift {
	gifts := make(map[types.Object]gift)
	switch s := s.(type) {
	case *ast.AssignStmt:
		if len(s.Lhs) == len(s.Rhs) {
			for i, lhs := range s.Lhs {
				if obj := p.Loop.ErrorVar(lhs); obj != nil {
					gifts[obj] = p.valueOf(s.Rhs[i], f)
				}
			}
		}
	case *ast.DeclStmt:
		if d, ok := s.Decl.(*ast.GenDecl); ok && d.Tok == token.VAR {
			for _, spec := range d.Specs {
				spec := spec.(*ast.ValueSpec)
				for i, id := range spec.Names {
					obj := p.Loop.ErrorVar(id)
					switch {
					case obj == nil:
					case len(spec.Values) == 0:
						gifts[obj] = gift{is: IsNil}
					case len(spec.Values) == len(spec.Names):
						gifts[obj] = p.valueOf(spec.Values[i], f)
					}
				}
			}
		}
	}
	return gifts
}

// Is returns what is known of the error e.
func (p *Pass) Is(e ast.Expr, f Facts) Nilness { return p.valueOf(e, f).is }

func (p *Pass) valueOf(e ast.Expr, f Facts) gift {
	if code.IsNil(p.Loop.Info, e) {
		return gift{is: IsNil}
	}
	if obj := p.Loop.ErrorVar(e); obj != nil {
		return gift{f.errs[obj], obj}
	}
	if p.Loop.Pkg.IsSentinel(e) && code.IsError(p.Loop.Info.TypeOf(e)) {
		return gift{is: NotNil}
	}
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok && code.MakesError(code.Callee(p.Loop.Info, call)) {
		return gift{is: NotNil}
	}
	return gift{}
}

// forgetIn forgets all that n may change.
func (p *Pass) forgetIn(n ast.Node, st state) state {
	st.facts = st.facts.clone()
	ast.Inspect(n, func(n ast.Node) bool {
		for _, id := range code.Assigned(n) {
			if obj := p.Loop.Info.ObjectOf(id); obj != nil {
				st.facts.forget(obj)
			}
		}
		if spec, ok := n.(*ast.ValueSpec); ok {
			for _, id := range spec.Names {
				st.facts.forget(p.Loop.Info.Defs[id])
			}
		}
		return true
	})
	return st
}
