package loop

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/loggers"
)

// OnlyLogs reports whether s writes a line for people to read, which may as well
// be written before the wait, or behind it.
func (l *Loop) OnlyLogs(s ast.Stmt) bool {
	x, ok := s.(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := x.X.(*ast.CallExpr)
	if !ok {
		return false
	}
	return l.onlyTells(call) && l.Pkg.MayReturn(call)
}

// onlyTells reports whether call is of a function that writes for people to read.
func (l *Loop) onlyTells(call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(l.Info, call).(*types.Func)
	return ok && fn.Pkg() != nil && (logging[fn.Pkg().Path()] || loggers.Like(fn))
}

// logging are the packages whose functions and methods write for people to read.
var logging = map[string]bool{
	"fmt": true, "log": true, "log/slog": true,
	"github.com/go-logr/logr": true, "github.com/golang/glog": true, "github.com/hashicorp/go-hclog": true,
	"github.com/rs/zerolog": true, "github.com/sirupsen/logrus": true, "go.uber.org/zap": true, "k8s.io/klog/v2": true,
	"testing": true,
}
