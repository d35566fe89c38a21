// Package text looks into the text of the error.
package text

import (
	"os/exec"
	"strings"
	"time"
)

func lockedByOther(dir string) error {
	for { // want `retry loop with constant backoff`
		err := exec.Command("apt-get", "update", "-o", "Dir="+dir).Run()
		if err != nil && strings.Contains(err.Error(), "could not get lock") {
			time.Sleep(5 * time.Second)
			continue
		}
		return err
	}
}

func giveUpOnSyntax(script string) (err error) {
	for range 3 { // want `retry loop with constant backoff`
		if err = exec.Command("sh", "-c", script).Run(); err == nil {
			return nil
		}
		if strings.HasPrefix(err.Error(), "syntax error") {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}
