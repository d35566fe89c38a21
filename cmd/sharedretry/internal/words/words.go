// Package words says numbers and names as messages have them.
package words

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/sharedretry/sharedretry/analyzer/visible"
)

// Count returns n and the noun, such as "1 loop" and "2 loops".
func Count(n int, noun string) string { return Plural(n, noun, noun+"s") }

// Plural is [Count] for a noun whose plural is many.
func Plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// Short returns path relative to the working directory, as the go command
// prints it, if that is shorter. It is for printing alone: see [visible.Text].
func Short(path string) string {
	if dir, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(dir, path); err == nil && len(rel) < len(path) {
			path = rel
		}
	}
	return visible.Text(path)
}
