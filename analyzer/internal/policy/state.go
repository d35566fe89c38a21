package policy

import (
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// state: of k8s.io/apimachinery/pkg/util/wait, some functions wait for a state,
// and what retries conflicts does so soon.
func (f *finder) state(row *Row, at inspector.Cursor) string {
	if row.Library != k8sWait {
		return ""
	}
	call, fn := f.argument(at)
	switch {
	case fn == nil:
	case isOf(fn, k8sRetry) && fn.Name() == "RetryOnConflict":
		return conflicts
	case !isOf(fn, k8sWait):
	case strings.HasPrefix(fn.Name(), "Poll"), strings.Contains(fn.Name(), "Until"):
		return state
	case strings.HasPrefix(fn.Name(), "ExponentialBackoff"):
		if lit, ok := ast.Unparen(call.Args[len(call.Args)-1]).(*ast.FuncLit); ok && f.asks(lit) {
			return state
		}
	}
	return ""
}

// asks reports whether a condition says "not yet" without a failure: no return
// of false follows from an error.
func (f *finder) asks(cond *ast.FuncLit) bool {
	notYet, failed := false, false
	var visit func(n ast.Node, onError bool)
	visit = func(n ast.Node, onError bool) {
		ast.Inspect(n, func(m ast.Node) bool {
			switch m := m.(type) {
			case *ast.FuncLit:
				return m == cond
			case *ast.IfStmt:
				test := onError || f.testsError(m.Cond)
				visit(m.Body, test)
				if m.Else != nil {
					visit(m.Else, test)
				}
				return false
			case *ast.ReturnStmt:
				if len(m.Results) == 2 && !f.isTrue(m.Results[0]) && isNil(f.pkg.Info, m.Results[1]) {
					notYet = true
					failed = failed || onError || f.testsError(m.Results[0])
				}
			}
			return true
		})
	}
	visit(cond, false)
	return notYet && !failed
}

func (f *finder) isTrue(e ast.Expr) bool {
	return code.IsTrue(f.pkg.Info.Types[e].Value)
}

// testsError reports whether e compares an error.
func (f *finder) testsError(e ast.Expr) (found bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		if b, ok := n.(*ast.BinaryExpr); ok && (b.Op == token.EQL || b.Op == token.NEQ) {
			found = found || code.IsError(f.pkg.Info.TypeOf(b.X))
		}
		return !found
	})
	return found
}
