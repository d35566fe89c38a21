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
	for attempt := 1; attempt <= attempts; attempt++ {
		err = l.Etcd.Remove(ctx, id)
		if err == nil {
			l.Log.Info("etcd member removed", "node", node)
			return nil
		}
		if errors.Is(err, ErrNotFound) || errors.Is(err, ErrQuorum) {
			return fmt.Errorf("remove etcd member %x of %s: %w", id, node, err)
		}
		if attempt < attempts {
			l.Log.Warn("etcd member removal failed, trying again",
				"node", node, "attempt", attempt, "of", attempts, "err", err)
			time.Sleep(l.Delay)
		}
	}
	return fmt.Errorf("remove etcd member %x of %s: %w", id, node, err)
}
