package exits

import (
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// OnceMore makes one more attempt behind the loop.
func OnceMore(w *sim.World) error {
	for left := 3; left > 0 && w.Do() != nil; left-- {
		time.Sleep(time.Second)
	}
	return w.Do()
}
