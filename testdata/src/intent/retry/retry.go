// Package retry runs an operation again because it failed, and goes on once it
// has worked.
package retry

import (
	"context"
	"database/sql"
	"fmt"
	"log"
	"os"
	"time"
)

type migration struct {
	db      *sql.DB
	retries int
	pause   time.Duration
}

func (m *migration) apply(ctx context.Context, stmt string) error {
	for attempt := 1; ; attempt++ { // want `retry loop with constant backoff`
		_, err := m.db.ExecContext(ctx, stmt)
		switch {
		case err == nil:
			return nil
		case attempt > m.retries:
			return fmt.Errorf("after %d attempts: %w", attempt, err)
		}
		log.Printf("attempt %d: %v", attempt, err)
		time.Sleep(m.pause)
	}
}

// Success goes on behind the loop.
func (m *migration) applyAndCount(ctx context.Context, stmt string) (int64, error) {
	var result sql.Result
	for i := range m.retries { // want `retry loop with constant backoff`
		var err error
		result, err = m.db.ExecContext(ctx, stmt)
		if err == nil {
			break
		}
		if i == m.retries-1 {
			return 0, err
		}
		time.Sleep(m.pause)
	}
	return result.RowsAffected()
}

// Waiting for something to come up by trying it is a retry too.
func (m *migration) waitForDatabase(ctx context.Context) error {
	deadline := time.Now().Add(time.Minute)
	for time.Now().Before(deadline) { // want `retry loop with constant backoff`
		if err := m.db.PingContext(ctx); err == nil {
			return nil
		}
		time.Sleep(m.pause)
	}
	return context.DeadlineExceeded
}

// Two operations: either of them is a reason to try again.
func (m *migration) applyFile(ctx context.Context, name string) {
	for { // want `retry loop with constant backoff`
		stmts, err := os.ReadFile(name)
		if err != nil {
			time.Sleep(m.pause)
			continue
		}
		if _, err := m.db.ExecContext(ctx, string(stmts)); err != nil {
			time.Sleep(m.pause)
			continue
		}
		return
	}
}

// A helper of its own that retries what it is given.
func withRetries(attempts int, pause time.Duration, op func() error) (err error) { // want `retry helper with constant backoff`
	for range attempts {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(pause)
	}
	return err
}
