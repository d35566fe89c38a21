// Package edit changes the text of a file: edits of its bytes, statements as they are
// laid out, names that are free, packages that are imported. There is one way to
// merge edits, one to apply them, and one to ask whether the result compiles.
package edit
