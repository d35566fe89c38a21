package load

import (
	"os"
	"runtime/debug"
)

// CollectAt lets memory grow by percent before it is collected, unless the user
// says when: what is loaded is needed to the end, so there is little to gain.
func CollectAt(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}
