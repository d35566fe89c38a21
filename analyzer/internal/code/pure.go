package code

import (
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"slices"
	"strings"

	"golang.org/x/tools/go/types/typeutil"
)

// Repeatable reports whether e can be computed twice.
func Repeatable(info *types.Info, e ast.Expr) bool { return computes(info, e, nil) }

// Pure reports whether e has no effect but to be computed.
func Pure(info *types.Info, e ast.Expr) bool { return pureBut(info, e, nil) }

// pureBut is Pure, where calls that also accepts have no effect either; it may be
// nil.
func pureBut(info *types.Info, e ast.Expr, also func(*ast.CallExpr) bool) bool {
	return computes(info, e, also, token.ARROW, token.AND)
}

// OnlyCalls reports whether e does nothing but compute, and make calls that also
// accepts.
func OnlyCalls(info *types.Info, e ast.Expr, also func(*ast.CallExpr) bool) bool {
	return computes(info, e, also, token.ARROW)
}

// computes reports whether e has no function literals, no operators of but, and only
// calls that compute, or that also accepts, which may be nil.
func computes(info *types.Info, e ast.Expr, also func(*ast.CallExpr) bool, but ...token.Token) bool {
	return !Any(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return true
		case *ast.UnaryExpr:
			return slices.Contains(but, n.Op)
		case *ast.CallExpr:
			return !info.Types[n.Fun].IsType() && !PureCall(info, n) && (also == nil || !also(n))
		}
		return false
	})
}

// purePackages hold functions that only compute.
var purePackages = map[string]bool{"math": true, "math/rand": true, "math/rand/v2": true, "math/bits": true, "cmp": true, "strconv": true}

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

// MakesTimer reports whether call makes a timer, a ticker or its channel.
func MakesTimer(info *types.Info, call *ast.CallExpr) bool {
	switch Callee(info, call) {
	case "time.NewTimer", "time.NewTicker", "time.Tick":
		return true
	}
	return false
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
		return purePackages[fn.Pkg().Path()] || fn.Pkg().Path() == "time" && !impureTime[fn.Name()] || IsRandom(fn) && IsNumeric(info.TypeOf(call))
	}
	return false
}
