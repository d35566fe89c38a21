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
		{"final error", "return retry.Permanent(err)"}, {"", "return retry.Permanent(err, ErrGone, ErrForbidden)"},
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

// Helpers in the styles that teams write them in, each described by its path alone.
func TestDescribeStyles(t *testing.T) {
	for _, test := range []struct {
		name string
		want [][2]string
		hook string
	}{
		{"params", [][2]string{
			{"do", "err := params.Retry(op, 4, time.Second, ctx)"},
			{"final error", "return params.Unrecoverable(err)"},
		}, ""},
		{"value", [][2]string{
			{"do", "err := value.Run(ctx, value.Policy{Base: time.Second, Ceiling: time.Minute, MaxTries: 5}, op)"},
			{"value", "v, err := value.Get(ctx, value.Policy{Base: time.Second, Ceiling: time.Minute, MaxTries: 5}, op)"},
			{"final error", "return value.Abort(err)"},
		}, "Policy.OnRetry func(try int, err error)"},
		{"pointer", [][2]string{
			{"do", "err := pointer.Call(ctx, op, &pointer.Settings{Attempts: 5, Backoff: pointer.Backoff{Initial: time.Second, Max: time.Minute, Factor: 2}})"},
		}, ""},
		{"options", [][2]string{
			{"do", "err := options.Do(ctx, op, options.Base(time.Second), options.Cap(time.Minute), options.Tries(5))"},
			{"value", "v, err := options.DoWithData(ctx, op, options.Base(time.Second), options.Cap(time.Minute), options.Tries(5))"},
			{"final error", "return options.Stop(err)"},
		}, "Notify(func(err error, next time.Duration))"},
		{"receiver", [][2]string{
			{"do", "err := receiver.NewRetrier(receiver.Config{RetryCount: 4, Interval: time.Second, MaxWait: time.Minute}).Execute(ctx, op)"},
			{"attempts", "for n := range receiver.NewRetrier(receiver.Config{RetryCount: 4, Interval: time.Second, MaxWait: time.Minute}).Attempts(ctx) {"},
		}, ""},
		{"fluent", [][2]string{
			{"do", "err := fluent.New().WithAttempts(5).WithContext(ctx).WithDelay(time.Second).WithMaxDelay(time.Minute).Do(op)"},
		}, ""},
		{"generic", [][2]string{
			{"do", "_, err := generic.Do(ctx, 5, time.Second, time.Minute, op)"},
			{"value", "v, err := generic.Do(ctx, 5, time.Second, time.Minute, op)"},
		}, ""},
		{"pairs", [][2]string{
			{"attempts", "for n := range (pairs.Plan{Times: 5, Pause: time.Second}).All(ctx) {"},
		}, ""},
		{"steps", [][2]string{
			{"do", "err := steps.WithMaxAttempts(ctx, steps.Options{InitialBackoff: time.Second, MaxBackoff: time.Minute, Multiplier: 2}, 5, op)"},
			{"attempts", "for r := steps.StartWithCtx(ctx, steps.Options{InitialBackoff: time.Second, MaxBackoff: time.Minute, Multiplier: 2, MaxRetries: 4}); r.Next(); {"},
		}, ""},
		{"ongoing", [][2]string{
			{"attempts", "for r := ongoing.New(ctx, ongoing.Config{MinBackoff: time.Second, MaxBackoff: time.Minute, MaxTries: 5}); r.Ongoing(); r.Wait() {"},
		}, ""},
		{"waiter", [][2]string{
			{"wait", "b := waiter.New(time.Second, time.Minute)"}, {"", "b.Wait(ctx)"}, {"", "b.Reset()"},
		}, ""},
		{"sleeper", [][2]string{{"wait", "sleeper.Sleep(ctx, time.Second)"}}, ""},
		{"marked", [][2]string{
			{"do", "err := marked.Retry(nil, 5, time.Second, op)"},
			{"final error", "return err"}, {"other error", "return marked.Transient(err)"},
		}, ""},
	} {
		d, err := analyzer.Describe(".", "./testdata/helpers/"+test.name)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		if got := d.Forms(); !slices.Equal(got, test.want) || d.Hook != test.hook {
			t.Errorf("%s: got %q, %s", test.name, got, d.Hook)
		}
	}
}

func TestDescribeErrors(t *testing.T) {
	for _, test := range []struct{ dir, name, want string }{
		{".", "fmt", "helper fmt: name a package by its import path, or by its directory, as ./internal/retry"},
		{".", "./nowhere", "helper github.com/sharedretry/sharedretry/analyzer/nowhere: there is no such package in github.com/sharedretry/sharedretry"},
		{".", "go.acme.dev/retry", "helper go.acme.dev/retry: the package cannot be found: go get it"},
		{t.TempDir(), "go.acme.dev/retry", "helper go.acme.dev/retry: there is no go.mod here: run in the module that uses the helper"},
	} {
		if _, err := analyzer.Describe(test.dir, test.name); err == nil || err.Error() != test.want {
			t.Errorf("%s: got %v, want %s", test.name, err, test.want)
		}
	}
}
