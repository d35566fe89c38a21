package cluster

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// RemoveMember takes a node out of the etcd cluster.
func (l *Lifecycle) RemoveMember(ctx context.Context, node string) error {
	id, err := l.Etcd.ID(ctx, node)
	if err != nil {
		return fmt.Errorf("etcd member of %s: %w", node, err)
	}
	for attempt := 1; attempt <= l.Attempts; attempt++ {
		err = l.Etcd.Remove(ctx, id)
		if err == nil {
			l.Log.Info("etcd member removed", "node", node, "attempt", attempt)
			return nil
		}
		if errors.Is(err, ErrNotFound) || errors.Is(err, ErrQuorum) {
			return fmt.Errorf("remove etcd member %x of %s: %w", id, node, err)
		}
		if attempt < l.Attempts {
			l.Log.Warn("etcd member removal failed, trying again",
				"node", node, "attempt", attempt, "of", l.Attempts, "err", err)
			time.Sleep(l.Delay)
		}
	}
	l.Log.Error("etcd member removal gave up", "node", node, "attempts", l.Attempts, "err", err)
	return fmt.Errorf("remove etcd member %x of %s: %d attempts: %w", id, node, l.Attempts, err)
}
