package code

import (
	"go/ast"
	"go/token"
)

// Last returns the last of list, or nil.
func Last(list []ast.Stmt) ast.Stmt {
	if len(list) == 0 {
		return nil
	}
	return list[len(list)-1]
}

// CallOf returns the call that s is, or nil.
func CallOf(s ast.Stmt) *ast.CallExpr {
	if x, ok := s.(*ast.ExprStmt); ok {
		call, _ := ast.Unparen(x.X).(*ast.CallExpr)
		return call
	}
	return nil
}

// EndsIn reports whether a list of statements ends in a break, a continue, a goto or a
// fallthrough, as op says.
func EndsIn(list []ast.Stmt, op token.Token) bool {
	b, ok := Last(list).(*ast.BranchStmt)
	return ok && b.Tok == op
}

// EndsInReturn reports whether a list of statements ends by leaving the function.
func EndsInReturn(list []ast.Stmt) bool {
	last := Last(list)
	if call := CallOf(last); call != nil {
		id, ok := call.Fun.(*ast.Ident)
		return ok && id.Name == "panic"
	}
	_, returns := last.(*ast.ReturnStmt)
	return returns
}

// LastResult returns the last of the results that s returns; nil if s is no return, or
// returns nothing.
func LastResult(s ast.Stmt) ast.Expr {
	ret, ok := s.(*ast.ReturnStmt)
	if !ok || len(ret.Results) == 0 {
		return nil
	}
	return ret.Results[len(ret.Results)-1]
}

// OtherResults returns the results of ret but for the last one.
func OtherResults(ret *ast.ReturnStmt) []ast.Expr {
	return ret.Results[:max(len(ret.Results)-1, 0)]
}

// Panics reports whether a list of statements ends in a panic.
func Panics(list []ast.Stmt) bool {
	_, ok := Last(list).(*ast.ExprStmt)
	return ok && EndsInReturn(list)
}

// EndsPass reports whether a list of statements ends in a continue.
func EndsPass(list []ast.Stmt) bool { return EndsIn(list, token.CONTINUE) }

// Terminating reports whether a list of statements is one that Go accepts at
// the end of a function with results.
func Terminating(list []ast.Stmt) bool {
	return ends(list, func(b *ast.BranchStmt) bool { return b.Tok == token.GOTO })
}

// Jumps reports whether a list of statements does not go on behind.
func Jumps(list []ast.Stmt) bool {
	return ends(list, func(*ast.BranchStmt) bool { return true })
}

// ends reports whether all ways through a list of statements end in a return, or in a
// branch that jump reports.
func ends(list []ast.Stmt, jump func(*ast.BranchStmt) bool) bool {
	switch x := Last(list).(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return jump(x)
	case *ast.BlockStmt:
		return ends(x.List, jump)
	case *ast.LabeledStmt:
		return ends([]ast.Stmt{x.Stmt}, jump)
	case *ast.IfStmt:
		return x.Else != nil && ends(x.Body.List, jump) && ends([]ast.Stmt{x.Else}, jump)
	case *ast.ForStmt:
		return x.Cond == nil && !Breaks(x.Body.List)
	case *ast.SwitchStmt:
		return clausesEnd(x.Body, true, jump)
	case *ast.TypeSwitchStmt:
		return clausesEnd(x.Body, true, jump)
	case *ast.SelectStmt:
		return clausesEnd(x.Body, false, jump)
	case *ast.ExprStmt:
		return EndsInReturn(list)
	}
	return false
}

func clausesEnd(body *ast.BlockStmt, needDefault bool, jump func(*ast.BranchStmt) bool) bool {
	def := !needDefault
	for _, c := range body.List {
		var list []ast.Stmt
		switch c := c.(type) {
		case *ast.CaseClause:
			def = def || c.List == nil
			list = c.Body
		case *ast.CommClause:
			list = c.Body
		}
		if Breaks(list) || !ends(list, jump) && !FallsThrough(list) {
			return false
		}
	}
	return def
}

// FallsThrough reports whether a list of statements ends in a fallthrough.
func FallsThrough(list []ast.Stmt) bool { return EndsIn(list, token.FALLTHROUGH) }

// Breaks reports whether an unlabelled break in list leaves the switch or
// select around it.
func Breaks(list []ast.Stmt) bool {
	found := false
	for _, s := range list {
		ast.Inspect(s, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit, *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
				return false
			case *ast.BranchStmt:
				found = found || n.Tok == token.BREAK && n.Label == nil
			}
			return true
		})
	}
	return found
}
