package write

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/pass"
	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
)

// attemptsTold matches how many attempts a text says there have been.
var attemptsTold = pattern.New(`(?i)\b(\d+|two|three|four|five|six|seven|eight|nine|ten) (?:failed )?(?:attempts|times|tries|retries)\b`)

var numberWords = []string{"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}

// TellsCount reports whether list tells how many attempts there have been, all of them:
// with one that a context has ended that is not so.
//
//	return fmt.Errorf("failed after %d attempts: %w", attempts, err)
func (w *Writer) TellsCount(list []ast.Stmt) bool {
	if !w.Bounded {
		return false
	}
	return slices.ContainsFunc(list, func(s ast.Stmt) bool {
		return code.Any(s, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			return ok && (slices.ContainsFunc(call.Args, w.saysCount) || slices.ContainsFunc(call.Args, w.saysSomething) && slices.ContainsFunc(call.Args, w.isCount))
		})
	})
}

// HidesEnd reports whether an attempt that fails since the context in scope has ended leaves the
// loop with its error: where the context ends the wait in front of that attempt, the error behind
// the loop would be that of the attempt before.
//
//	if !isConflict(err) {
//		return err
//	}
//	...
//	return errors.New("too many conflicts")
func (w *Writer) HidesEnd() bool {
	return w.HandsOn(w.Scope.Lookup(w.UseCtx)) && slices.ContainsFunc(w.Passes(), func(e pass.Exit) bool {
		return e.Kind == pass.Returns && e.Facts.Of(w.OpErr) != pass.IsNil
	})
}

// isCount reports whether e is the number of attempts, or made of what that is made of.
func (w *Writer) isCount(e ast.Expr) bool {
	if n, ok := code.Int(w.Info, e); ok {
		return w.Attempts.Constant() && n == w.Attempts.Offset
	}
	if w.Attempts.Expr == nil {
		return false
	}
	counted := code.Named(w.Info, w.Attempts.Expr)
	return code.AnyName(e, func(id *ast.Ident) bool {
		obj := w.Info.Uses[id]
		_, isPkg := obj.(*types.PkgName)
		return obj != nil && !isPkg && slices.Contains(counted, obj)
	})
}

// saysCount reports whether e is a text that has the number of attempts.
func (w *Writer) saysCount(e ast.Expr) bool {
	v := w.Info.Types[e].Value
	if v == nil || v.Kind() != constant.String || !w.Attempts.Constant() {
		return false
	}
	return slices.ContainsFunc(attemptsTold().FindAllStringSubmatch(constant.StringVal(v), -1), func(m []string) bool {
		n, err := strconv.ParseInt(m[1], 10, 64)
		if err != nil {
			n = int64(slices.Index(numberWords, strings.ToLower(m[1]))) + 2
		}
		return n == w.Attempts.Offset
	})
}
