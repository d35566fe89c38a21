package load

import (
	"os"
	"runtime/debug"
)

// How much memory there may be before it is collected more often: enough for a few
// MiB of code, and more than each further one takes.
const (
	fewMiB      = 5
	enough      = 450 << 20
	eachFurther = 120 << 20
)

// CollectAt lets memory grow by percent before it is collected, unless the user
// says when: what is loaded is needed to the end, so there is little to gain. There
// is more where much is loaded: see [Parsed].
func CollectAt(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
	setLimit(0)
}

// Parsed allows the memory that more code takes, which came to that many bytes
// before and comes to that many after.
func Parsed(before, after int64) {
	if before, after := before>>20, after>>20; before != after {
		setLimit(after)
	}
}

// setLimit sets the limit for so many MiB of code, unless the user has set one.
func setLimit(mib int64) {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(enough + eachFurther*max(mib-fewMiB, 0))
	}
}
