package analyzer_test

import (
	"runtime/debug"
	"testing"
)

// TestMain lets more memory be taken before it is collected: most of it holds what was
// loaded, which is needed to the end of a test.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	m.Run()
}
