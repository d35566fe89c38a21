// Package analyzer finds retry loops written by hand.
package analyzer

const doc = `find retry loops written by hand`
