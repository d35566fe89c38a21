package code

import "go/ast"

// EachList calls f for each list of statements in body, but not in function
// literals.
func EachList(body ast.Node, f func([]ast.Stmt)) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return n.Body == body
		case *ast.BlockStmt:
			if len(n.List) == 0 || !isClause(n.List[0]) {
				f(n.List)
			}
		case *ast.CaseClause:
			f(n.Body)
		case *ast.CommClause:
			f(n.Body)
		}
		return true
	})
}

func isClause(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.CaseClause, *ast.CommClause:
		return true
	}
	return false
}

// IsLoop reports whether n is a loop.
func IsLoop(n ast.Node) bool {
	switch n.(type) {
	case *ast.ForStmt, *ast.RangeStmt:
		return true
	}
	return false
}

// Within reports whether inner is a part of outer.
func Within(outer, inner ast.Node) bool {
	return outer.Pos() <= inner.Pos() && inner.End() <= outer.End()
}

// Statements counts the statements in n: a call counts as one, however long it
// is, with those of the function literals that it is given.
func Statements(n ast.Node) (count int) {
	for n := range ast.Preorder(n) {
		switch n.(type) {
		case *ast.BlockStmt, *ast.EmptyStmt, *ast.LabeledStmt, *ast.CaseClause, *ast.CommClause:
		case ast.Stmt:
			count++
		}
	}
	return count
}

// Holding returns the statement of list that holds n, or nil.
func Holding(list []ast.Stmt, n ast.Node) ast.Stmt {
	for _, s := range list {
		if Within(s, n) {
			return s
		}
	}
	return nil
}
