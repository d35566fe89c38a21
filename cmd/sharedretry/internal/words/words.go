// Package words says numbers and names as messages have them.
package words

import (
	"fmt"
	"os"
	"path/filepath"
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
// prints it, if that is shorter.
func Short(path string) string {
	dir, err := os.Getwd()
	if err != nil {
		return path
	}
	if rel, err := filepath.Rel(dir, path); err == nil && len(rel) < len(path) {
		return rel
	}
	return path
}
