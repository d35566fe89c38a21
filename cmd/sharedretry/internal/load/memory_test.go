package load_test

import (
	"runtime/debug"
	"testing"

	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/load"
)

// Some code has a limit that it does not reach, more code a higher one; a user's
// limit stays.
func TestMemoryLimit(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(-1))
	t.Setenv("GOMEMLIMIT", "")
	limit := func() int64 { return debug.SetMemoryLimit(-1) >> 20 }
	load.CollectAt(100)
	load.Parsed(0, 3<<20)
	if got := limit(); got != 450 {
		t.Errorf("the limit for 3 MiB of code is %d MiB", got)
	}
	load.Parsed(3<<20, 5_000_000)
	if got := limit() << 20; got < 520_000_000 || got > 580_000_000 {
		t.Errorf("the limit for 5 MB of code is %d bytes", got)
	}
	load.Parsed(5_000_000, 7<<20)
	if got := limit(); got != 756 {
		t.Errorf("the limit for 7 MiB of code is %d MiB", got)
	}
	debug.SetMemoryLimit(100 << 20)
	t.Setenv("GOMEMLIMIT", "100MiB")
	load.Parsed(7<<20, 9<<20)
	if got := limit(); got != 100 {
		t.Errorf("the user's limit of 100 MiB is %d MiB now", got)
	}
}
