package rewrite

import (
	"go/ast"
	"go/types"
	"maps"

	"github.com/sharedretry/sharedretry/analyzer/internal/delays"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// A writer writes what takes the place of a loop that has been read: the names, the
// delays, the limits and the context that every form needs.
type writer struct {
	*binder
	scope    *edit.Scope
	packages *edit.Imports
	imports  map[string]string // package names that are used, with their paths
	refusal  Refusal

	useCtx       string       // the context that the helper is given, or ""
	useDone      string       // the channel that it is given, or ""
	endless      bool         // success goes on, and nothing lets the delays start anew
	delay, limit ast.Expr     // that the text mentions
	rule         delays.Limit // by which the delays are limited
	waits        waits
	limitText    string // the variable that holds the number of attempts, or ""
	counterDecl  string // the declaration of the counter before the call
	deadline     string // the context with the loop's deadline, over its parent; or ""
	parent       string // the context that it is made from

	result     types.Object // the variable that holds the last error behind the loop, or nil
	giveUp     *ast.IfStmt  // what is done behind the last attempt, where the body tests for it
	giveUpCond ast.Expr     // the part of its condition that stays, or nil
	fail       []ast.Stmt   // what is done when the attempts have run out; nil if it is what follows the loop
}

// newWriter returns the writer of a loop that has been read.
func newWriter(b *binder) *writer {
	w := &writer{binder: b, imports: make(map[string]string)}
	w.scope = &edit.Scope{Pkg: b.pkg, File: b.File, Pos: b.loop.outer.Pos(), Used: make(map[string]bool)}
	maps.Copy(w.scope.Used, b.Taken[w.scope.Block()])
	w.packages = edit.NewImports(w.scope, b.Helper.Imports, b.Elsewhere)
	return w
}
