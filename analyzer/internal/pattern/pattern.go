// Package pattern makes regular expressions that are compiled when they are first
// used: the go command starts a process for each package, and most need none.
package pattern

import (
	"regexp"
	"sync"
)

// New returns what returns the regular expression that expr is. It panics, then,
// if expr is none.
func New(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
