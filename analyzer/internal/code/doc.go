// Package code answers questions about Go code, each in one place for all who ask:
// what a type is, what an expression or a statement does, which variables it gives
// a value. An answer depends on the code alone, and changes nothing.
package code
