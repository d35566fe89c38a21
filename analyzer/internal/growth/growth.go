// Package growth tells how a site's delay changes from attempt to attempt, and
// what ends the attempts.
package growth
