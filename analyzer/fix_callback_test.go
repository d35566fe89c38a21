package analyzer_test

import "testing"

// What meets in one loop, or in one file, does not get in the way of the rest.
func TestCallbackTogether(t *testing.T) {
	const helper = "avast/retry-go/v5"
	testShapes(t, []shapeTest{{"deadline, final error", helper, `func f(ctx context.Context) error {
	end := time.Now().Add(time.Minute)
	for time.Now().Before(end) {
		err := op(ctx)
		if err == nil {
			return nil
		}
		if final(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return errGaveUp
}
`, `the loop's condition asks for more than the number of attempts`}, {"value, give-up in the last pass, counter", helper, `func f() (string, error) {
	for attempt := 1; ; attempt++ {
		s, err := get()
		if err == nil {
			return s, nil
		}
		if attempt >= 3 {
			return "", err
		}
		log.Printf("attempt %d: %v", attempt, err)
		time.Sleep(time.Second)
	}
}
`, `the last attempt leaves out what the others do before the delay`}, {"value, final error, unbounded", helper, `func f(ctx context.Context) (string, error) {
	for {
		s, err := get()
		if err == nil {
			return s, nil
		}
		if final(err) {
			return "", err
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(time.Second):
		}
	}
}
`, `the helper cannot do what the loop does: it has no mark for final errors`}, {"final error, looked at after", helper, `func f(ctx context.Context) error {
	var err error
	for range 3 {
		if err = op(ctx); err == nil || final(err) {
			break
		}
		time.Sleep(time.Second)
	}
	if err != nil {
		log.Print("failed: ", err)
		return err
	}
	return nil
}
`, `func f(ctx context.Context) error {
	err := retry.New(
		retry.Context(ctx),
		retry.Attempts(3),
		retry.Delay(time.Second),
		retry.DelayType(retry.BackOffDelay),
		retry.LastErrorOnly(true),
	).Do(func() error {
		err := op(ctx)
		if err != nil && final(err) {
			return retry.Unrecoverable(err)
		}
		return err
	})
	if err != nil {
		log.Print("failed: ", err)
		return err
	}
	return nil
}
`}, {"several in a file of a single import", helper, `package m

import "time"

func f() (err error) {
	for range 3 {
		if err = op(); err == nil {
			return nil
		}
		if final(err) {
			return err
		}
		time.Sleep(time.Second)
	}
	return err
}

func g() (string, error) {
	for i := 0; ; i++ {
		s, err := get()
		if err == nil {
			return s, nil
		}
		if i == 4 {
			return "", err
		}
		time.Sleep(time.Second)
	}
}

func h() error {
	for {
		if err := op(); err == nil {
			return nil
		}
		time.Sleep(10 * time.Second)
	}
}
`, `package m

import (
	"time"

	retry "github.com/avast/retry-go/v5"
)

func f() (err error) {
	return retry.New(
		retry.Attempts(3),
		retry.Delay(time.Second),
		retry.DelayType(retry.BackOffDelay),
		retry.LastErrorOnly(true),
	).Do(func() error {
		err := op()
		if err == nil {
			return nil
		}
		if final(err) {
			return retry.Unrecoverable(err)
		}
		return err
	})
}

func g() (string, error) {
	return retry.NewWithData[string](
		retry.Attempts(5),
		retry.Delay(time.Second),
		retry.DelayType(retry.BackOffDelay),
		retry.LastErrorOnly(true),
	).Do(get)
}

func h() error {
	return retry.New(
		retry.UntilSucceeded(),
		retry.Delay(10*time.Second),
		retry.MaxDelay(20*time.Second),
		retry.DelayType(retry.BackOffDelay),
	).Do(func() error { return op() })
}
`}})
}
