package loop

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// AsksFrame returns where the loop, or a function of the package that it calls, asks for
// the function that the loop is in, or for what calls that: by recover, by
// runtime.Caller, or by a log that is told how many frames to skip.
func (l *Loop) AsksFrame() (pos token.Pos) {
	f := frames{loop: l, seen: make(map[ast.Node]int)}
	l.Inspect(func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok || pos.IsValid() {
			return false
		}
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		if fn, ok := typeutil.Callee(l.Info, call).(*types.Builtin); ok && fn.Name() == "recover" || f.asked(call, 0) {
			pos = call.Pos()
		}
		return true
	})
	return pos
}

// frames looks for who asks for the frames above.
type frames struct {
	loop *Loop
	seen map[ast.Node]int // the functions that were looked at, by how many calls deep they are
}

// maxFrames is how many calls deep that is.
const maxFrames = 3

// asked reports whether call, so many calls below the loop's function, asks for that.
func (f *frames) asked(call *ast.CallExpr, depth int) bool {
	info := f.loop.Info
	skips := func(frames int) bool {
		n, ok := code.Int(info, call.Args[0])
		return !ok || n >= int64(frames)
	}
	switch code.Callee(info, call) {
	case "runtime.Callers":
		return true
	case "runtime.Caller":
		return skips(depth)
	case "log.Output": // the method, too
		return skips(depth + 2) // 1 is the line that calls it, which stays what it is
	}
	fn := f.loop.Pkg.Callee(call)
	if fn == nil || fn.Body == nil || depth == maxFrames {
		return false
	}
	if at, ok := f.seen[fn.Node]; ok && at <= depth {
		return false
	}
	f.seen[fn.Node] = depth
	return code.Any(fn.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		return ok && f.asked(call, depth+1)
	})
}
