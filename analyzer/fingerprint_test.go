package analyzer

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"
)

// fingerprinted has a finding of each kind of code.
const fingerprinted = `package p

import (
	"context"
	"time"

	"github.com/sethvargo/go-retry"
)

var send func(string) error

func byFor(ctx context.Context) (err error) {
	for i := 0; i < 3; i++ { // want "retry"
		if err = send("a"); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
	return err
}

type client struct{ tries []time.Duration }

func (c *client) byRange() (err error) {
	for _, d := range c.tries { // want "retry"
		if err = send("a"); err == nil {
			break
		}
		time.Sleep(d)
	}
	return err
}

func byGoto() {
again: // want "retry"
	if err := send("a"); err != nil {
		time.Sleep(time.Second)
		goto again
	}
}

func bySelf(n int) error { // want "retry"
	err := send("a")
	if err != nil && n > 0 {
		time.Sleep(time.Second)
		return bySelf(n - 1)
	}
	return err
}

func helper(op func() error) (err error) { // want "retry helper"
	for range 3 {
		if err = op(); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	return err
}

func policy(ctx context.Context, call retry.RetryFunc) error {
	return retry.Do(ctx, retry.NewConstant(time.Second), call) // want "retry policy"
}
`

// exampleLibrary is what is used there of a library.
const exampleLibrary = `package retry

import ("context"; "time")

type RetryFunc func(context.Context) error

func NewConstant(time.Duration) int { return 0 }

func Do(context.Context, int, RetryFunc) error { return nil }
`

// A fingerprint is for ever: baselines hold it. See CONTRIBUTING.md before one
// of these changes.
func TestFingerprints(t *testing.T) {
	want := []string{
		"p byFor retry-loop e1da50a594821044",
		"p byGoto retry-loop bdd32d0bcc8dd29c",
		"p bySelf retry-loop 8ba36abed9fcee21",
		"p client.byRange retry-loop 42d84c88d0c75d8f",
		"p helper retry-helper 9016487d3dc8c8f8",
		"p policy backoff-policy c9bed1023ed0663a",
	}
	root := tree(t, map[string]string{"src/p/p.go": fingerprinted, "src/github.com/sethvargo/go-retry/retry.go": exampleLibrary})
	var got []string
	for _, res := range analysistest.Run(t, root, New(Options{Config: NoConfig}), "p") {
		for _, f := range res.Result.(*Result).Findings {
			got = append(got, f.Entry().String())
		}
	}
	if slices.Sort(got); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
