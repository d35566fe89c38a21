package code

import (
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"strings"

	"golang.org/x/tools/go/types/typeutil"
)

// Repeatable reports whether e can be computed twice.
func Repeatable(info *types.Info, e ast.Expr) bool {
	pure := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			pure = pure && (info.Types[n.Fun].IsType() || PureCall(info, n))
		case *ast.FuncLit:
			pure = false
		}
		return pure
	})
	return pure
}

// Pure reports whether e has no effect but to be computed.
func Pure(info *types.Info, e ast.Expr) bool { return pureBut(info, e, nil) }

// pureBut is Pure, where calls that also accepts have no effect either; it may be
// nil.
func pureBut(info *types.Info, e ast.Expr, also func(*ast.CallExpr) bool) bool {
	pure := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			pure = false
		case *ast.UnaryExpr:
			pure = pure && n.Op != token.ARROW && n.Op != token.AND
		case *ast.CallExpr:
			pure = pure && (info.Types[n.Fun].IsType() || PureCall(info, n) || also != nil && also(n))
		}
		return pure
	})
	return pure
}

// purePackages hold functions that only compute.
var purePackages = map[string]bool{"math": true, "math/rand": true, "math/rand/v2": true, "math/bits": true, "cmp": true}

// IsRandom reports whether fn is of a package of random numbers. Such packages wrap
// math/rand under their own names, so the name decides.
func IsRandom(fn *types.Func) bool {
	p := fn.Pkg()
	return p != nil && (strings.Contains(path.Base(p.Path()), "rand") || path.Dir(p.Path()) == "math/rand") && fn.Signature().Results().Len() > 0
}

// pureTime names the functions and methods of package time that wait or start
// something; the others only compute.
var impureTime = map[string]bool{
	"Sleep": true, "After": true, "AfterFunc": true, "NewTimer": true, "NewTicker": true, "Tick": true, "Stop": true, "Reset": true,
}

// PureCall reports whether call only computes: a builtin, or a function of a
// package that has nothing else.
func PureCall(info *types.Info, call *ast.CallExpr) bool {
	switch fn := typeutil.Callee(info, call).(type) {
	case *types.Builtin:
		switch fn.Name() {
		case "len", "cap", "min", "max", "real", "imag":
			return true
		}
	case *types.Func:
		if fn.Pkg() == nil {
			return false
		}
		return purePackages[fn.Pkg().Path()] || fn.Pkg().Path() == "time" && !impureTime[fn.Name()] || IsRandom(fn) && isNumber(info.TypeOf(call))
	}
	return false
}

func isNumber(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsNumeric != 0
}

// OnlyCalls reports whether e does nothing but compute, and make calls that also
// accepts.
func OnlyCalls(info *types.Info, e ast.Expr, also func(*ast.CallExpr) bool) bool {
	ok := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			ok = false
		case *ast.UnaryExpr:
			ok = ok && n.Op != token.ARROW
		case *ast.CallExpr:
			ok = ok && (info.Types[n.Fun].IsType() || PureCall(info, n) || also(n))
		}
		return ok
	})
	return ok
}
