// Package exit has the exit codes, and prints the error that ends the command.
package exit

import (
	"errors"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/out"
)

// Exit codes of the standalone command. Under go vet the go command decides.
const (
	Clean    = 0
	Error    = 1
	Usage    = 2
	Findings = 3
)

// Fail prints err to standard error, one that is verbatim as it is, and returns
// code.
func Fail(code int, err error) int {
	if own, ok := errors.AsType[Verbatim](err); ok {
		out.Note(string(own))
		return code
	}
	out.Note("sharedretry: " + err.Error())
	return code
}

// A Verbatim error is printed as it is: what the go command printed when it failed.
type Verbatim string

func (e Verbatim) Error() string { return string(e) }
