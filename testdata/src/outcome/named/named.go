// Package named assigns the error to a named result.
package named

import (
	"errors"
	"time"
)

type account struct{ balance int }

func (a *account) withdraw(amount int) (left int, err error) {
	if a.balance < amount {
		return a.balance, errors.New("not enough")
	}
	a.balance -= amount
	return a.balance, nil
}

func naked(a *account, amount int) (left int, err error) {
	for range 3 { // want `retry loop with constant backoff`
		left, err = a.withdraw(amount)
		if err == nil {
			return
		}
		time.Sleep(time.Second)
	}
	return
}
