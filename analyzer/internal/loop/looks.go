package loop

import (
	"go/ast"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// looks are functions that ask what is there.
var looks = map[string]bool{
	"io/fs.ReadDir": true, "io/fs.ReadFile": true, "io/fs.Stat": true, "io/ioutil.ReadDir": true, "io/ioutil.ReadFile": true,
	"os.Lstat": true, "os.ReadDir": true, "os.ReadFile": true, "os.Readlink": true, "os.Stat": true,
	"os/exec.LookPath": true, "path/filepath.EvalSymlinks": true, "path/filepath.Glob": true,
}

// OnlyLooks reports whether op asks what is there, and attempts nothing.
func (l *Loop) OnlyLooks(op ast.Node) bool {
	call, ok := op.(*ast.CallExpr)
	asks := false
	return ok && l.Pkg.Looks(call, func(info *types.Info, call *ast.CallExpr) bool {
		look := looks[code.Callee(info, call)]
		asks = asks || look
		return look || onlyTells(info, call)
	}) && asks
}
