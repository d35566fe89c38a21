package main

import (
	"crypto/sha256"
	"fmt"
	"strings"
)

// fingerprints tells findings apart by what stays the same when lines above
// them change or their file is renamed.
type fingerprints map[string]int

// of returns the fingerprint of f. Findings alike are numbered in their order.
func (p fingerprints) of(run *analysisRun, f finding) string {
	header := strings.Join(strings.Fields(run.report.sources.text(f.posn, f.end)), " ")
	key := strings.Join([]string{importPath(f.pkg), enclosing(f.pkg, f.pos), f.rule, header}, "\n")
	p[key]++
	return fmt.Sprintf("%x:%d", sha256.Sum256([]byte(key)), p[key])
}
