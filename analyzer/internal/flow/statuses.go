package flow

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"net/http"
	"slices"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// objects is a set of variables, fields and functions.
type objects map[types.Object]bool

// statusesIn returns what fn compares with an HTTP status, or hands to a function
// of the package that does: its value tells how a request went.
func (j *Judge) statusesIn(fn *source.Func) objects {
	if found, ok := j.statuses[fn.Node]; ok {
		return found
	}
	if j.statuses == nil {
		j.statuses = make(map[ast.Node]objects)
	}
	found, unnamed := make(objects), make(map[types.Object]clue)
	j.statuses[fn.Node] = found // also for recursion
	var copies []*ast.AssignStmt
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			if code.IsComparison(n.Op) {
				found.compared(j.pkg.Info, n.X, n.Y)
				found.compared(j.pkg.Info, n.Y, n.X)
				j.looks(n.X, n.Op, n.Y, unnamed)
				j.looks(n.Y, n.Op, n.X, unnamed)
			}
		case *ast.SwitchStmt:
			for _, clause := range n.Body.List {
				if clause, ok := clause.(*ast.CaseClause); ok && n.Tag != nil {
					for _, e := range clause.List {
						found.compared(j.pkg.Info, n.Tag, e)
						j.looks(n.Tag, token.EQL, e, unnamed)
					}
				}
			}
		case *ast.CallExpr:
			j.handed(n, found)
		case *ast.AssignStmt:
			if len(n.Lhs) == len(n.Rhs) {
				copies = append(copies, n)
			}
		}
		return true
	})
	j.besideErrors(fn, unnamed, found)
	for _, n := range slices.Backward(copies) {
		found.copied(j.pkg.Info, n)
	}
	return found
}

// copied notes what n assigns to a status: s := reply.Status.
func (o objects) copied(info *types.Info, n *ast.AssignStmt) {
	for i, lhs := range n.Lhs {
		if from := objectOf(info, n.Rhs[i]); from != nil && o[objectOf(info, lhs)] && code.IsInteger(info.TypeOf(n.Rhs[i])) {
			o[from] = true
		}
	}
}

// compared notes that e is compared with other.
func (o objects) compared(info *types.Info, e, other ast.Expr) {
	obj := objectOf(info, e)
	if obj == nil || o[obj] || !code.IsInteger(info.TypeOf(e)) {
		return
	}
	v := info.Types[other].Value
	if v == nil || v.Kind() != constant.Int {
		return
	}
	if n, ok := constant.Int64Val(v); !ok || n < 100 || n > 599 {
		return
	}
	if named := objectOf(info, other); named != nil && strings.HasPrefix(named.Name(), "Status") || namesStatus(obj.Name()) {
		o[obj] = true
	}
}

// namesStatus reports whether a number of that name which is compared with one
// between 100 and 599 is an HTTP status.
func namesStatus(name string) bool {
	name = strings.ToLower(name)
	return strings.HasSuffix(name, "code") || strings.HasSuffix(name, "status")
}

// A clue is what a number is compared with, whatever its name: one that may be a status
// in answer to a request that can be sent again, or both another status and the 500 that
// the server's own failures begin at. That alone may be a number of anything.
type clue uint8

const (
	isStatusCode clue = 1 << iota
	isServerError
	isTransient

	isBoth = isStatusCode | isServerError
)

// looks notes that e is compared with other.
func (j *Judge) looks(e ast.Expr, op token.Token, other ast.Expr, clues map[types.Object]clue) {
	v := code.Local(j.pkg.Info, e)
	n, ok := code.Int(j.pkg.Info, other)
	switch {
	case v == nil || !ok || !code.IsInteger(v.Type()):
	case op != token.EQL && op != token.NEQ:
		if n == 499 || n == 500 {
			clues[v] |= isServerError
		}
	case n == 408 || n == 425 || n == 429 || 502 <= n && n <= 504:
		clues[v] |= isTransient
	case (n/100 == 2 || n/100 == 4) && http.StatusText(int(n)) != "":
		clues[v] |= isStatusCode
	}
}

// besideErrors notes the numbers that are statuses by what they are compared with: those
// that fn is given, or that a call returns beside an error.
//
//	n, err := send()
//	if n == 429 || n >= 500 {
func (j *Judge) besideErrors(fn *source.Func, clues map[types.Object]clue, found objects) {
	maps.DeleteFunc(clues, func(_ types.Object, c clue) bool { return c&isTransient == 0 && c&isBoth != isBoth })
	if len(clues) == 0 {
		return
	}
	note := func(e ast.Expr) {
		if v := code.Local(j.pkg.Info, e); v != nil && clues[v] != 0 {
			found[v] = true
		}
	}
	for _, param := range params(fn) {
		note(param)
	}
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if call, names := callAssigned(n); call != nil && slices.ContainsFunc(resultTypes(j.pkg.Info, call), j.isErrorLike) {
			for _, name := range names {
				note(name)
			}
		}
		return true
	})
}

// handed notes the arguments of call that a function of the package compares with
// a status.
func (j *Judge) handed(call *ast.CallExpr, found objects) {
	if call.Ellipsis.IsValid() || len(call.Args) == 0 {
		return
	}
	if !slices.ContainsFunc(call.Args, func(arg ast.Expr) bool { return found.mayBe(j.pkg.Info, arg) }) {
		return
	}
	fn := j.pkg.Callee(call)
	if fn == nil {
		return
	}
	inner := j.statusesIn(fn)
	for i, param := range params(fn) {
		if i < len(call.Args) && inner[j.pkg.Info.ObjectOf(param.(*ast.Ident))] && found.mayBe(j.pkg.Info, call.Args[i]) {
			found[objectOf(j.pkg.Info, call.Args[i])] = true
		}
	}
}

// mayBe reports whether e is a number that may be a status, and is not known to be one.
func (o objects) mayBe(info *types.Info, e ast.Expr) bool {
	obj := objectOf(info, e)
	return obj != nil && !o[obj] && code.IsInteger(info.TypeOf(e))
}

// objectOf returns the variable, field or function whose value e is, or nil.
func objectOf(info *types.Info, e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return info.ObjectOf(e)
	case *ast.SelectorExpr:
		if v, ok := info.ObjectOf(e.Sel).(*types.Var); ok {
			return v.Origin()
		}
		return info.ObjectOf(e.Sel)
	case *ast.CallExpr:
		if info.Types[e.Fun].IsType() && len(e.Args) == 1 {
			return objectOf(info, e.Args[0])
		}
		return typeutil.Callee(info, e)
	}
	return nil
}

// named reports whether the i-th result of an operation is a status: by what it is
// assigned to, or by the call itself.
func (o objects) named(info *types.Info, op ast.Expr, names []ast.Expr, i int) bool {
	if i < len(names) {
		return o[objectOf(info, names[i])]
	}
	return names == nil && i == 0 && o[objectOf(info, op)]
}

// assigned returns what the results of call are assigned to at top, nil if they
// are not.
func assigned(call *ast.CallExpr, top ast.Node) []ast.Expr {
	if value, names := callAssigned(top); call != nil && value == call {
		return names
	}
	return nil
}

// callAssigned returns the call whose results n assigns, and what to, or nil.
func callAssigned(n ast.Node) (call *ast.CallExpr, names []ast.Expr) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		if len(n.Rhs) == 1 && (n.Tok == token.ASSIGN || n.Tok == token.DEFINE) {
			call, _ = ast.Unparen(n.Rhs[0]).(*ast.CallExpr)
			names = n.Lhs
		}
	case *ast.ValueSpec:
		if len(n.Values) == 1 {
			call, _ = ast.Unparen(n.Values[0]).(*ast.CallExpr)
			for _, id := range n.Names {
				names = append(names, id)
			}
		}
	}
	return call, names
}

// isStatus reports whether e is a status of what it is part of.
func (w *walker) isStatus(e ast.Expr) bool {
	obj := objectOf(w.info, e)
	return obj != nil && (obj.Name() == "StatusCode" || w.judge.statusesIn(w.graph.Func)[obj])
}
