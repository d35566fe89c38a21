package source

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// NilOnlyFailed reports whether a call returns a value and an error of which the value
// is nil if and only if the error is not: the function is of the module, and each of its
// returns says so. It goes by how they are written.
//
//	if err != nil {
//		return nil, err
//	}
//	return &Conn{name}, nil
func (p *Package) NilOnlyFailed(call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(p.Info, call).(*types.Func)
	if !ok {
		return false
	}
	decl := p.syntax(fn)
	if decl == nil || decl.Body == nil || decl.Type.Results == nil || len(decl.Type.Results.List) != 2 || len(decl.Type.Results.List[0].Names) > 0 {
		return false
	}
	all, returns := true, 0
	ast.PreorderStack(decl.Body, nil, func(n ast.Node, stack []ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok {
			return false
		}
		if ret, ok := n.(*ast.ReturnStmt); ok {
			returns++
			all = all && len(ret.Results) == 2 && (isNilName(ret.Results[1]) && isMade(ret.Results[0]) || isNilName(ret.Results[0]) && surelyError(ret, stack))
		}
		return all
	})
	return all && returns > 0
}

// syntax returns the declaration of fn, or nil if that is not at hand.
func (p *Package) syntax(fn *types.Func) *ast.FuncDecl {
	if own := p.Lookup(fn); own != nil {
		decl, _ := own.Node.(*ast.FuncDecl)
		return decl
	}
	if p.Declared == nil || fn.Pkg() == nil {
		return nil
	}
	decl, _ := p.Declared(fn.Origin())
	return decl
}

func isNilName(e ast.Expr) bool { id, ok := e.(*ast.Ident); return ok && id.Name == "nil" }

// isMade reports whether e is a pointer to something new.
func isMade(e ast.Expr) bool {
	and, ok := e.(*ast.UnaryExpr)
	if !ok || and.Op != token.AND {
		return false
	}
	_, ok = and.X.(*ast.CompositeLit)
	return ok
}

// surelyError reports whether ret, behind stack, returns an error that is not nil: one
// that is made there, or that what is right around it has asked for.
func surelyError(ret *ast.ReturnStmt, stack []ast.Node) bool {
	switch e := ret.Results[1].(type) {
	case *ast.CallExpr:
		name := types.ExprString(e.Fun)
		return name == "fmt.Errorf" || name == "errors.New"
	case *ast.Ident:
		if len(stack) < 2 {
			return false
		}
		test, ok := stack[len(stack)-2].(*ast.IfStmt)
		if !ok || test.Body != stack[len(stack)-1] {
			return false
		}
		cmp, ok := test.Cond.(*ast.BinaryExpr)
		asked := ok && cmp.Op == token.NEQ && types.ExprString(cmp.X) == e.Name && isNilName(cmp.Y)
		return asked && !code.Any(test.Body, func(n ast.Node) bool {
			a, ok := n.(*ast.AssignStmt)
			for i := 0; ok && i < len(a.Lhs); i++ {
				if types.ExprString(a.Lhs[i]) == e.Name {
					return true
				}
			}
			return false
		})
	}
	return false
}
