// Package pass follows a pass through the statements of a loop: where it ends, what is
// known of errors there, and which delays it has crossed. A [Pass] is read, and never
// changed; each walk through it comes to values of its own.
package pass

import (
	"go/ast"
	"go/types"

	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// A Pass is what a pass of a loop goes through: its statements, but for what is gone.
type Pass struct {
	Loop      *loop.Loop
	Pauses    map[ast.Stmt]*Pause      // by the statement that waits; an if stands for the pause that is all of it
	Gone      map[ast.Stmt]bool        // statements that are left out
	Count     func(ast.Expr) loop.When // when a test of the counter holds; or nil
	Ticks     bool                     // the loop's header waits
	Operation ast.Node                 // or nil
}

// A Walked is what a walk through a pass has come to.
type Walked struct {
	Exits   []Exit
	Stops   []Exit            // where the goroutine ends, or the process
	Leads   map[ast.Stmt]bool // the delays behind which a pass comes to the operation
	Refusal reason.Refusal    // of what no walk can follow, or of what waits where it must not
}

// Walk walks p, and tells see, whose functions may be nil, what is known on the way.
func (p *Pass) Walk(see Watch) Walked {
	w := &walker{Pass: p, Watch: see, leads: make(map[ast.Stmt]bool)}
	if p.Operation != nil {
		w.op = p.Operation.Pos()
	}
	w.run()
	return Walked{w.exits, w.stops, w.leads, w.refusal}
}

// A Watch is told what is known at points of a walk.
type Watch struct {
	At     func(s ast.Stmt, f Facts) // before each statement
	Before func(s ast.Stmt, f Facts) // before each assignment

	Changes func(s ast.Stmt) Change // what s does to the delays: see [Exit.Owes]

	after func(s ast.Stmt, f Facts) // behind each assignment
}

// A Change is what a statement does to the delays behind it.
type Change int

const (
	Same   Change = iota
	Longer        // than the one before
	Anew          // they begin anew
)

// Suppose walks a pass in which the operation's error is n, and returns the
// variable that holds it.
func (p *Pass) Suppose(n Nilness) (obj types.Object, walked Walked) {
	walked = p.Walk(Watch{after: func(s ast.Stmt, f Facts) {
		a, ok := s.(*ast.AssignStmt)
		if !ok || len(a.Rhs) != 1 || ast.Unparen(a.Rhs[0]) != p.Operation {
			return
		}
		if v := p.Loop.ErrorVar(a.Lhs[len(a.Lhs)-1]); v != nil {
			obj = v
			f.learn(v, n)
		}
	}})
	return obj, walked
}
