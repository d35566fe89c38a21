package analyzer_test

// How the loop is left, what its results are, and what helper and file allow.
var otherRefusals = []refusalTest{
	{"StopChannel", libretry, `func f(stop chan struct{}) error {
	for {
		if err := op(); err == nil {
			return nil
		}
		select {
		case <-stop: // here
			return errGaveUp
		case <-time.After(time.Second):
		}
	}
}
`}, {"SeveralEnds", "wait", `func f(ctx, other context.Context) error {
	for {
		if err := op(); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-other.Done(): // here
			return errGaveUp
		case <-time.After(time.Second):
		}
	}
}
`}, {"CancelBranch", "wait", `func f(ctx context.Context) error {
	for {
		if err := op(); err == nil {
			return nil
		}
		select { // here
		case <-ctx.Done():
			log.Print("ended")
			break
		case <-time.After(time.Second):
		}
	}
}
`}, {"LastApart", libretry, `func f() error {
	for tries := 1; ; tries++ {
		err := op(tries)
		if err == nil || tries == 5 {
			return err
		}
		serve("after a failure") // here
		time.Sleep(time.Second)
	}
}
`}, {"CountedApart", libretry, `func f(n uint8) (err error) {
	for i := uint8(0); i <= n; i++ { // here
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
`}, {"SeveralExits", libretry, `func f() (int, error) {
	for i := 0; ; i++ {
		err := op()
		if err == nil {
			return i, nil
		}
		if final(err) {
			return 1, err
		}
		if err == errGaveUp {
			return 2, err // here
		}
		time.Sleep(time.Second)
	}
}
`}, {"ExitFromAfar", libretry, `func f(names []string) {
next:
	for _, name := range names {
		for range 3 {
			if op(name) == nil {
				continue next // here
			}
			time.Sleep(time.Second)
		}
		log.Print("gave up on ", name)
	}
}
`}, {"ValuesFromLoop", libretry, `func f(do func() (int, string, error)) (int, string, error) {
	for range 3 {
		n, s, err := do()
		if err == nil {
			return n, s + ".", nil // here
		}
		time.Sleep(time.Second)
	}
	return 0, "", errGaveUp
}
`}, {"ErrorNotKnown", "loop", `func f() error {
	for i := 0; ; i++ {
		var err error // here
		if err = op(); err == nil {
			return nil
		}
		if i == 3 {
			return err
		}
		time.Sleep(time.Second)
	}
}
`}, {"TypeNotNamed", libretry, `func f() error {
	for i := 0; ; i++ {
		conn, err := dial()
		if err == nil {
			return conn.Close() // here
		}
		if i == 3 {
			return err
		}
		time.Sleep(time.Second)
	}
}
`}, {"ErrorDropped", libretry, `func f() {
	for {
		if err := op(); err == nil {
			return
		}
		time.Sleep(time.Second)
	}
}
`}, {"FileTooOld", "new", `func f() {
	for op() != nil {
		time.Sleep(time.Second)
	}
}
`}, {"NeedsRange", "range", `//go:build go1.22

package m

import (
	"context"
	"log"
	"time"
)

func f(ctx context.Context) (err error) {
	for range 3 {
		if err = op(); err == nil {
			return nil
		}
		log.Print(err)
		time.Sleep(time.Second)
	}
	return err
}
`}, {"NeedsRange", "range", `//go:build go1.22

package m

import (
	"context"
	"log"
	"time"
)

func f() error {
	err := op()
	for failures := 1; err != nil && !final(err) && failures < 4; failures++ {
		time.Sleep(time.Second)
		err = op()
	}
	return err
}
`}, {"SeveralDelays", "range", `//go:build go1.22

package m

import (
	"context"
	"log"
	"time"
)

func f(ctx context.Context) (err error) {
	for range 3 {
		if err = op(); err == nil {
			return nil
		}
		if final(err) {
			time.Sleep(time.Minute)
			continue
		}
		time.Sleep(time.Second) // here
	}
	return err
}
`}, {"NestedSite", "loop", `func f() error {
	var err error
	for range 5 {
		if err = op(); err == nil {
			return nil
		}
		for range 3 { // here
			if op(1) == nil {
				break
			}
			time.Sleep(time.Second)
		}
		time.Sleep(time.Minute)
	}
	return err
}
`}, {"SharedCode", libretry, `func f() error {
	var err error
	factor, first, second := time.Duration(3), time.Second, time.Second
	for range 3 { // here
		if err = op(1); err == nil {
			break
		}
		time.Sleep(first)
		first *= factor
	}
	for range 3 {
		if err = op(2); err == nil {
			break
		}
		time.Sleep(second)
		second *= factor
	}
	return err
}
`}, {"Longer", libretry, `func f() (err error) {
	for range 5 {
		err = op()
		if err == nil || final(err) {
			break
		}
		if err == errGaveUp {
			time.Sleep(time.Second)
			continue
		}
		time.Sleep(time.Second)
	}
	log.Print(err)
	return err
}
`}}
