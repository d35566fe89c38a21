package analyzer_test

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer"
)

// The description of a helper, pasted into a configuration, says the same.
func TestDescribe(t *testing.T) {
	d, err := analyzer.Describe(".", "./starter/retry")
	if err != nil {
		t.Fatal(err)
	}
	want := [][2]string{
		{"do", "err := retry.Do(ctx, retry.Policy{Attempts: 5, Delay: time.Second, MaxDelay: time.Minute}, op)"},
		{"value", "v, err := retry.Value(ctx, retry.Policy{Attempts: 5, Delay: time.Second, MaxDelay: time.Minute}, op)"},
		{"final error", "return retry.Permanent(err)"},
		{"attempts", "for n := range retry.Attempts(ctx, retry.Policy{Attempts: 5, Delay: time.Second, MaxDelay: time.Minute}) {"},
		{"wait", "b := retry.Policy{Delay: time.Second, MaxDelay: time.Minute}.Backoff()"},
		{"", "b.Wait(ctx.Done())"},
		{"", "b.Reset()"},
	}
	if got := d.Forms(); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if len(d.Missing) > 0 {
		t.Errorf("missing: %q", d.Missing)
	}
	file := filepath.Join(t.TempDir(), analyzer.ConfigName)
	if err := os.WriteFile(file, []byte(d.YAML()), 0o666); err != nil {
		t.Fatal(err)
	}
	opts, err := analyzer.LoadOptions("", file)
	if err != nil {
		t.Fatalf("%v\n%s", err, d.YAML())
	}
	if got := opts.Helpers; len(got) != 1 || !reflect.DeepEqual(got[0], d.Spec) {
		t.Errorf("got %+v\nwant %+v", got, d.Spec)
	}
}

func TestDescribeErrors(t *testing.T) {
	for _, test := range []struct{ dir, name, want string }{
		{".", "fmt", "helper fmt: name a package by its import path, or by its directory, as ./internal/retry"},
		{".", "./nowhere", "helper github.com/sharedretry/sharedretry/analyzer/nowhere: there is no such package in github.com/sharedretry/sharedretry"},
		{".", "go.acme.dev/retry", "helper go.acme.dev/retry: the package is not at hand: go get it"},
		{t.TempDir(), "go.acme.dev/retry", "helper go.acme.dev/retry: there is no go.mod here: run in the module that uses the helper"},
	} {
		if _, err := analyzer.Describe(test.dir, test.name); err == nil || err.Error() != test.want {
			t.Errorf("%s: got %v, want %s", test.name, err, test.want)
		}
	}
}
