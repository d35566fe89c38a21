package unused

import "time"

func testing() {
	time.Sleep(time.Second) //nolint:sharedretry // old
}
