// Package ticker waits for a time.Ticker.
package ticker

import (
	"context"
	"database/sql"
	"time"
)

func ping(ctx context.Context, db *sql.DB) error {
	ticker := time.NewTicker(2 * time.Second)
	defer ticker.Stop()
	for { // want `retry loop with constant backoff`
		if err := db.PingContext(ctx); err == nil {
			return nil
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func pingPlainly(ctx context.Context, db *sql.DB) {
	ticker := time.NewTicker(2 * time.Second)
	defer ticker.Stop()
	for { // want `retry loop with constant backoff`
		<-ticker.C
		if db.PingContext(ctx) == nil {
			return
		}
	}
}

// The ticker sets the pace of the work, which goes on after success.
func keepAlive(ctx context.Context, db *sql.DB) {
	ticker := time.NewTicker(time.Minute)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			if err := db.PingContext(ctx); err != nil {
				println("ping:", err.Error())
			}
		case <-ctx.Done():
			return
		}
	}
}
