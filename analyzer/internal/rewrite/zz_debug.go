//go:build srdebug

package rewrite

import (
	"fmt"
	"os"
)

func init() {
	Debug = func(err error, text string) { fmt.Fprintf(os.Stderr, "DEBUG %v\n%s\n", err, text) }
}
