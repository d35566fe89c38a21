package pass

import (
	"go/ast"
	"go/token"

	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
)

// A Kind says how a pass ends.
type Kind int

const (
	Again   Kind = iota // another pass follows
	Leaves              // the loop is left for what follows it
	Returns             // the function returns
	Jumps               // to another loop, or to a label
	Stops               // the goroutine ends, or the process: log.Fatal(err)
)

// An Exit is a place where a pass ends.
type Exit struct {
	Kind  Kind
	Node  ast.Stmt // that ends the pass; nil for the end of the body
	Facts Facts    // what is known there
	waits counts   // how many delays the pass has crossed
}

// counts is a set of small numbers: bit n stands for n.
type counts uint

const (
	none   counts = 1 << 0
	once   counts = 1 << 1
	excess counts = 1 << 2 // two or more
)

func (c counts) next() counts {
	n := c << 1
	if n > excess {
		n = n&^(excess<<1) | excess
	}
	return n
}

// Undelayed reports whether a pass may come to e without a delay.
func (e *Exit) Undelayed() bool { return e.waits&none != 0 }

// DelayedTwice reports whether a pass may come to e by more than one delay.
func (e *Exit) DelayedTwice() bool { return e.waits&excess != 0 }

// Pos returns where a pass of l ends: at the end of the body, if not at a statement.
func (e *Exit) Pos(l *loop.Loop) token.Pos {
	if e.Node == nil {
		return l.To
	}
	return e.Node.Pos()
}
