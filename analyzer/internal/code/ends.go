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

// EndsIn reports whether a list of statements ends in a break, a continue, a goto or a
// fallthrough, as op says.
func EndsIn(list []ast.Stmt, op token.Token) bool {
	b, ok := Last(list).(*ast.BranchStmt)
	return ok && b.Tok == op
}

// EndsInReturn reports whether a list of statements ends by leaving the function.
func EndsInReturn(list []ast.Stmt) bool {
	switch s := Last(list).(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		if !ok {
			return false
		}
		id, ok := call.Fun.(*ast.Ident)
		return ok && id.Name == "panic"
	}
	return false
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
	switch x := Last(list).(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return x.Tok == token.GOTO
	case *ast.BlockStmt:
		return Terminating(x.List)
	case *ast.LabeledStmt:
		return Terminating([]ast.Stmt{x.Stmt})
	case *ast.IfStmt:
		return x.Else != nil && Terminating(x.Body.List) && Terminating([]ast.Stmt{x.Else})
	case *ast.ForStmt:
		return x.Cond == nil && !Breaks(x.Body.List)
	case *ast.SwitchStmt:
		return clausesTerminate(x.Body, true)
	case *ast.TypeSwitchStmt:
		return clausesTerminate(x.Body, true)
	case *ast.SelectStmt:
		return clausesTerminate(x.Body, false)
	case *ast.ExprStmt:
		return EndsInReturn(list)
	}
	return false
}

func clausesTerminate(body *ast.BlockStmt, needDefault bool) bool {
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
		if Breaks(list) || !Terminating(list) && !FallsThrough(list) {
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
