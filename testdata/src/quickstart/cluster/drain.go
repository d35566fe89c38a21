package cluster

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// DrainNode moves the work of a node elsewhere and lets no new work onto it.
func (l *Lifecycle) DrainNode(ctx context.Context, node string) error {
	if err := l.Nodes.Cordon(ctx, node); err != nil {
		return fmt.Errorf("cordon %s: %w", node, err)
	}
	var err error
	for attempt := 1; attempt <= attempts; attempt++ {
		err = l.Nodes.Evict(ctx, node)
		if err == nil {
			l.Log.Info("evicted", "node", node)
			return l.waitEmpty(ctx, node)
		}
		if errors.Is(err, ErrNotFound) || errors.Is(err, ErrForbidden) {
			return fmt.Errorf("drain %s: %w", node, err)
		}
		if attempt < attempts {
			l.Log.Warn("drain failed, trying again",
				"node", node, "attempt", attempt, "of", attempts, "err", err)
			time.Sleep(l.Delay)
		}
	}
	return fmt.Errorf("drain %s: %w", node, err)
}

// waitEmpty waits until the last pod has left the node.
func (l *Lifecycle) waitEmpty(ctx context.Context, node string) error {
	for {
		pods, err := l.Nodes.Pods(ctx, node)
		if err != nil {
			return fmt.Errorf("pods of %s: %w", node, err)
		}
		if pods == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(2 * time.Second):
		}
	}
}
