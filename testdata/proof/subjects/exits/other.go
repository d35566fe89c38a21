package exits

import (
	"time"

	"github.com/sharedretry/sharedretry/testdata/proof/sim"
)

// OtherBehind calls the function of the attempts behind the loop, for something else.
func OtherBehind(w *sim.World) (err error) {
	for i := 0; i < 4; i++ {
		if err = w.Send("first"); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	if err == nil {
		err = w.Send("second")
	}
	return err
}
