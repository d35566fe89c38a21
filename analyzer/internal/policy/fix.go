package policy

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"
)

// rename gives u the fix that puts another name of the library in the place of
// id, if that one has the same type and is what the name would mean there.
func (f *finder) rename(u *Use, at inspector.Cursor, id *ast.Ident, obj types.Object) {
	if u.Row.Instead == "" || f.isEndless(u.Row, at) {
		return
	}
	other := obj.Pkg().Scope().Lookup(u.Row.Instead)
	if other == nil || !types.Identical(other.Type(), obj.Type()) {
		return // this version of the library has nothing like it
	}
	if _, qualified := at.Node().(*ast.SelectorExpr); !qualified {
		if f.pkg.Types.Scope().Innermost(id.Pos()) == nil {
			return
		}
		if _, found := f.pkg.Types.Scope().Innermost(id.Pos()).LookupParent(u.Row.Instead, id.Pos()); found != other {
			return
		}
	}
	f.replace(u, id.Pos(), id.End(), u.Row.Instead)
	u.Change = f.change(u.Row, at, u.Row.Instead, -1)
}

// setValue gives u the fix that puts another number in the place of value.
func (f *finder) setValue(u *Use, at inspector.Cursor, value ast.Expr, now float64) {
	lit, ok := ast.Unparen(value).(*ast.BasicLit)
	if !ok || u.Row.Instead == "" {
		return // a name may mean something to others too
	}
	text := u.Row.Instead
	if lit.Kind == token.FLOAT {
		text += ".0"
	}
	f.replace(u, lit.Pos(), lit.End(), text)
	u.Change = f.change(u.Row, at, "factor "+u.Row.Instead, now)
}

func (f *finder) replace(u *Use, pos, end token.Pos, text string) {
	if u.Excuse == "" {
		u.Edits = []analysis.TextEdit{{Pos: pos, End: end, NewText: []byte(text)}}
	}
}

// limits are the options and fields that limit a delay.
var limits = []string{"MaxDelay", "WithCappedDuration", "WithMaxInterval", "MaxInterval", "Max", "Cap"}

// change says how the delays change where now is the factor, or -1 if there is
// none.
func (f *finder) change(row *Row, at inspector.Cursor, with string, now float64) string {
	text := "waits today: the same each time; with " + with + ": twice as long each time"
	if d := f.firstDelay(row, at); d > 0 {
		text = fmt.Sprintf("waits today: %v each time; with %s: %v, %v, %v, ...", d, with, d, 2*d, 4*d)
	}
	if now == 0 && row.Library == cenkalti {
		text = "waits today: once, then no more; with " + with + ": twice as long each time"
	}
	if row.Unlimited && !slices.ContainsFunc(f.options(at), func(o option) bool { return slices.Contains(limits, o.name) }) {
		text += "; no limit is set here"
	}
	return text
}

// firstDelay returns the first delay, or 0 if constants do not tell.
func (f *finder) firstDelay(row *Row, at inspector.Cursor) time.Duration {
	var e ast.Expr
	if i, err := strconv.Atoi(row.Delay); err == nil {
		if call, ok := called(at); ok && len(call.Args) >= i {
			e = call.Args[i-1]
		} else if call, ok := at.Node().(*ast.CallExpr); ok && len(call.Args) >= i {
			e = call.Args[i-1]
		}
	} else {
		for _, o := range f.options(at) {
			if o.name == row.Delay {
				e = o.value
			}
		}
	}
	v := f.constant(e, at, 3)
	if v == nil || v.Kind() != constant.Int {
		return 0
	}
	d, ok := constant.Int64Val(v)
	if !ok || d > int64(time.Duration(1<<62)/4) || strings.HasPrefix(v.ExactString(), "-") {
		return 0
	}
	return time.Duration(d)
}
