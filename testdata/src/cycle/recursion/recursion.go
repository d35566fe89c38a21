// Package recursion repeats by calling the function again.
package recursion

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"
)

type quote struct {
	Symbol string
	Price  float64
}

func fetch(url string, left int) (*quote, error) { // want `retry loop with constant backoff`
	resp, err := http.Get(url)
	if err != nil {
		if left == 0 {
			return nil, err
		}
		time.Sleep(time.Second)
		return fetch(url, left-1)
	}
	defer resp.Body.Close()
	q := new(quote)
	return q, json.NewDecoder(resp.Body).Decode(q)
}

type exchange struct{ base string }

func (e *exchange) price(symbol string) (float64, error) { // want `retry loop with constant backoff`
	q, err := fetch(e.base+symbol, 0)
	if err == nil {
		return q.Price, nil
	}
	time.Sleep(time.Second)
	return e.price(symbol)
}

// The function calls itself for the next page, after success.
func (e *exchange) pages(token string, quotes []quote) ([]quote, error) {
	page, next, err := e.page(token)
	if err != nil {
		return nil, err
	}
	quotes = append(quotes, page...)
	if next == "" {
		return quotes, nil
	}
	time.Sleep(100 * time.Millisecond)
	return e.pages(next, quotes)
}

func (e *exchange) page(token string) (quotes []quote, next string, err error) {
	if token == "end" {
		return nil, "", errors.New("no such page")
	}
	return []quote{{token, 1}}, "end", nil
}

// A method of the same name of another type is not recursion.
func (q *quote) price(e *exchange) (float64, error) {
	if q.Price == 0 {
		time.Sleep(time.Second)
		return e.price(q.Symbol)
	}
	return q.Price, nil
}

// A method that does nothing but call the function is as good as the function itself.
func (e *exchange) wrapped(symbol string, attempt int) error { return wrapped(e, symbol, attempt) }

func wrapped(e *exchange, symbol string, attempt int) error { // want `retry loop with linear backoff`
	_, err := fetch(e.base+symbol, 0)
	if err == nil || attempt > 5 {
		return err
	}
	time.Sleep(time.Duration(attempt) * time.Second)
	return e.wrapped(symbol, attempt+1)
}

func (e *exchange) generic(symbol string) { generic[int](e, symbol) }

func generic[T any](e *exchange, symbol string) { // want `retry loop with constant backoff`
	if _, err := fetch(e.base+symbol, 0); err != nil {
		time.Sleep(time.Second)
		e.generic(symbol)
	}
}

func (e *exchange) literal(symbol string, attempt int) error {
	return func() error { // want `retry loop with linear backoff`
		_, err := fetch(e.base+symbol, 0)
		if err == nil || attempt > 5 {
			return err
		}
		time.Sleep(time.Duration(attempt) * time.Second)
		return e.literal(symbol, attempt+1)
	}()
}
