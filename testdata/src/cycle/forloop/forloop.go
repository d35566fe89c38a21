// Package forloop repeats with a for statement.
package forloop

import (
	"os/exec"
	"time"
)

func mount(device, dir string) error { return exec.Command("mount", device, dir).Run() }

func endless(device, dir string) {
	for { // want `retry loop with constant backoff`
		if mount(device, dir) == nil {
			return
		}
		time.Sleep(time.Second)
	}
}

func counted(device, dir string) (err error) {
	for i := 0; i < 3; i++ { // want `retry loop with constant backoff`
		if err = mount(device, dir); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	return err
}

func countedDown(device, dir string) (err error) {
	for left := 3; left > 0; left-- { // want `retry loop with constant backoff`
		err = mount(device, dir)
		if err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	return err
}

func untilMounted(device, dir string) {
	mounted := false
	for !mounted { // want `retry loop with constant backoff`
		if err := mount(device, dir); err != nil {
			time.Sleep(time.Second)
			continue
		}
		mounted = true
	}
}

func untilDeadline(device, dir string) (err error) {
	for start := time.Now(); time.Since(start) < time.Minute; { // want `retry loop with constant backoff`
		if err = mount(device, dir); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// The body never goes round.
func once(device, dir string) error {
	for {
		err := mount(device, dir)
		if err != nil {
			time.Sleep(time.Second)
		}
		return err
	}
}
