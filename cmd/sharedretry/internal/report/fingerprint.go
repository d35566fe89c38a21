package report

import (
	"crypto/sha256"
	"fmt"
)

// fingerprints tells findings apart by what a baseline knows them by, which
// stays the same when lines above them change or their file is renamed.
type fingerprints map[string]int

// of returns the fingerprint of f. Findings alike are numbered in their order.
func (p fingerprints) of(f finding) string {
	key := ""
	if f.key != nil {
		key = f.key().String()
	}
	p[key]++
	return fmt.Sprintf("%x:%d", sha256.Sum256([]byte(key)), p[key])
}
