// Package cluster takes nodes out of a running cluster.
package cluster

import (
	"context"
	"errors"
	"log/slog"
	"time"
)

// Errors that asking again does not change.
var (
	ErrNotFound  = errors.New("not found")
	ErrForbidden = errors.New("forbidden")
	ErrQuorum    = errors.New("removal would lose the quorum")
)

// Nodes is what the control plane offers.
type Nodes interface {
	Cordon(ctx context.Context, node string) error
	Evict(ctx context.Context, node string) error
	Pods(ctx context.Context, node string) (int, error)
}

// Members is what etcd offers.
type Members interface {
	ID(ctx context.Context, node string) (uint64, error)
	Remove(ctx context.Context, id uint64) error
}

// How often each step is tried.
const attempts = 5

// A Lifecycle moves nodes out of a cluster.
type Lifecycle struct {
	Nodes Nodes
	Etcd  Members
	Log   *slog.Logger
	Delay time.Duration // between two attempts
}
