package analyzer_test

import (
	"os"
	"runtime/debug"
	"testing"
)

// TestMain lets more memory be taken before it is collected, unless GOGC says how much: most
// of it holds what was loaded, which is needed to the end of a test.
func TestMain(m *testing.M) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	m.Run()
}
