// Package site finds the places where code waits between one pass of a cycle
// and the next.
package site

import (
	"go/ast"

	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

// A Delay is an expression or statement that waits.
type Delay struct {
	// Node is what waits: the *ast.CallExpr of a sleep or of a function of the
	// package that waits, the *ast.UnaryExpr that receives from a time channel,
	// or the *ast.RangeStmt over one.
	Node ast.Node

	// Duration is how long, as written at Node; nil if it is not written there
	// (a timer's channel, or a waiter that computes it).
	Duration ast.Expr

	// Count is how many times it waits in a row, where a loop does nothing else;
	// nil if there is none.
	Count ast.Expr

	// Waiter is the function of the package that Node calls, and Inner the
	// delay in its body; both nil for a primitive delay.
	Waiter *source.Func
	Inner  *Delay
}

// A Site is a cycle with a delay between one pass and the next.
type Site struct {
	Func *source.Func // the innermost function that holds the cycle

	// Cycle is what goes round: *ast.ForStmt, *ast.RangeStmt, the
	// *ast.LabeledStmt that a goto returns to, or for recursion the
	// *ast.FuncDecl or *ast.FuncLit that reaches itself.
	Cycle  ast.Node
	Delays []*Delay // in source order, at least one
}
