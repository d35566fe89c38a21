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

// counts is a set of small numbers: bit n stands for n. It tells as well whether a way
// has made the delays longer, and has not waited since.
type counts uint

const (
	none   counts = 1 << 0
	once   counts = 1 << 1
	excess counts = 1 << 2 // two or more
	owing  counts = 1 << 3
)

// next returns c behind a delay.
func (c counts) next() counts {
	n := (c &^ owing) << 1
	if n > excess {
		n = n&^(excess<<1) | excess
	}
	return n
}

// changed returns c behind what changes the delays: one that is longer, and has not been
// waited for, is owed. Where they begin anew nothing is.
func (c counts) changed(how Change) counts {
	switch {
	case how == Longer && c&none != 0:
		return c | owing
	case how == Anew:
		return c.next()
	}
	return c
}

// Undelayed reports whether a pass may come to e without a delay.
func (e *Exit) Undelayed() bool { return e.waits&none != 0 }

// Delayed reports whether a pass may come to e by a delay.
func (e *Exit) Delayed() bool { return e.waits&(once|excess) != 0 }

// Owes reports whether a pass may come to e behind what makes the delays longer, and
// without a delay: see [Watch].
func (e *Exit) Owes() bool { return e.waits&owing != 0 }

// DelayedTwice reports whether a pass may come to e by more than one delay.
func (e *Exit) DelayedTwice() bool { return e.waits&excess != 0 }

// Pos returns where a pass of l ends: at the end of the body, if not at a statement.
func (e *Exit) Pos(l *loop.Loop) token.Pos {
	if e.Node == nil {
		return l.To
	}
	return e.Node.Pos()
}
