package flow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/cfg"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
)

// items returns the variables that hold another item in each pass of the cycle:
// those of a range, what a loop's condition moves on (for rows.Next()), and what
// the cycle makes from these.
func (t *trial) items() map[types.Object]bool {
	info := t.judge.pkg.Info
	items := make(map[types.Object]bool)
	add := func(e ast.Expr) {
		if id, ok := e.(*ast.Ident); ok && info.ObjectOf(id) != nil && id.Name != "_" {
			items[info.ObjectOf(id)] = true
		}
	}
	var body *ast.BlockStmt
	switch loop := t.site.Cycle.(type) {
	case *ast.RangeStmt:
		body = loop.Body
		if t.sendsBack(loop.X) {
			return items
		}
		add(loop.Key)
		add(loop.Value)
	case *ast.ForStmt:
		body = loop.Body
		if call, ok := loop.Cond.(*ast.CallExpr); ok {
			if sel, ok := call.Fun.(*ast.SelectorExpr); ok && t.isLocal(sel.X) {
				add(sel.X)
			}
		}
	}
	if len(items) == 0 {
		return items
	}
	ast.Inspect(body, func(n ast.Node) bool {
		if n, ok := n.(*ast.AssignStmt); ok && n.Tok == token.DEFINE {
			for _, rhs := range n.Rhs {
				if t.judge.uses(rhs, items) {
					for _, lhs := range n.Lhs {
						add(lhs)
					}
				}
			}
		}
		return true
	})
	return items
}

// isLocal reports whether e is a variable made in the function: an iterator, not
// the service that a parameter or receiver is.
func (t *trial) isLocal(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := t.judge.pkg.Info.ObjectOf(id).(*types.Var)
	return ok && within(v, t.site.Func.Body)
}

// uses reports whether n mentions one of the variables.
func (j *Judge) uses(n ast.Node, vars map[types.Object]bool) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && vars[j.pkg.Info.ObjectOf(id)] {
			found = true
		}
		return !found
	})
	return found
}

// otherItem reports whether the next pass is not the same attempt again: op works on
// what a range over different items gives it, or on what each way from its failure to
// the next pass takes from a channel, an iterator or a list:
//
//	for len(items) > 0 {
//		s := items[0]
//		items = items[1:]
//		err := save(s)
func (t *trial) otherItem(op *operation) bool {
	if t.comesRound() {
		return false
	}
	items, all := t.items(), t.givings()
	for again := true; again && t.judge.work.Spend(len(all)); {
		again = false
		for _, v := range all {
			if !items[v.obj] && t.moves(op, v, items) {
				items[v.obj], again = true, true
			}
		}
	}
	return t.worksOnItem(op, items)
}

// worksOnItem reports whether op is given one of items, or what an iterator among them has
// now. To call the iterator itself, or to hand it over, is no work on an item.
func (t *trial) worksOnItem(op *operation, items map[types.Object]bool) bool {
	iterators := make(map[types.Object]bool)
	for _, v := range t.givings() {
		if items[v.obj] && slices.ContainsFunc(v.by, func(g giving) bool { call, ok := g.value.(*ast.CallExpr); return ok && t.iterator(call) == v.obj }) {
			iterators[v.obj] = true
			delete(items, v.obj)
		}
	}
	return t.judge.uses(op.node, items) || code.Any(op.node, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || n == op.node {
			return false
		}
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		return ok && iterators[objectOf(t.w.info, sel.X)]
	})
}

// moves reports whether the next pass has another item in v. Where v is made anew in each
// pass, it is enough that all that it is made from is another item.
func (t *trial) moves(op *operation, v *given, items map[types.Object]bool) bool {
	made := t.w.cycle.Made(v.obj)
	var takes []ast.Node
	for _, g := range v.by {
		switch {
		case t.takes(op, v.obj, g.value, items):
			takes = append(takes, g.node)
		case !made || g.value != nil && !code.Mentions(t.w.info, g.value, v.obj):
			return false
		}
	}
	return len(takes) > 0 && (made || t.crosses(op, op.failing, takes))
}

// takes reports whether v is given another item by e: what a channel has next, a list
// without the items that were taken, an iterator that moves on, or what is made from an
// item. A list without as many as op tells is what remains to be tried.
func (t *trial) takes(op *operation, v types.Object, e ast.Expr, items map[types.Object]bool) bool {
	info := t.judge.pkg.Info
	switch e := ast.Unparen(e).(type) {
	case nil:
		return false
	case *ast.UnaryExpr:
		if e.Op == token.ARROW {
			ch := info.TypeOf(e.X)
			return ch != nil && !t.judge.waits[e] && !code.IsTimeChan(ch) && !isErrorChan(ch) && !t.sendsBack(e.X)
		}
	case *ast.SliceExpr:
		if objectOf(info, e.X) == v {
			last, _ := ast.Unparen(e.High).(*ast.BinaryExpr)
			shorter := e.Low != nil && e.High == nil || e.Low == nil && last != nil && last.Op == token.SUB
			return shorter && !slices.ContainsFunc(t.names(op), func(name ast.Expr) bool {
				return t.judge.uses(e, map[types.Object]bool{objectOf(info, name): true})
			})
		}
	case *ast.TypeAssertExpr:
		return t.takes(op, v, e.X, items)
	case *ast.CallExpr:
		if list := t.takenFrom(e); list != nil {
			return !t.sendsBack(list)
		}
		if t.iterator(e) == v {
			return true
		}
	}
	return t.judge.uses(e, items) && !t.judge.uses(e, map[types.Object]bool{v: true})
}

// iterator returns the variable that call moves on to its next item, or nil: what tells
// by a bool whether there is one, and has an Err for the end.
//
//	lines.Scan()
func (t *trial) iterator(call *ast.CallExpr) types.Object {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || !code.IsBool(t.w.info.TypeOf(call)) {
		return nil
	}
	v, ok := objectOf(t.w.info, sel.X).(*types.Var)
	if !ok || t.w.cycle.Made(v) {
		return nil
	}
	method, _, _ := types.LookupFieldOrMethod(v.Type(), true, t.judge.pkg.Types, "Err")
	fn, ok := method.(*types.Func)
	if !ok || fn.Signature().Params().Len() > 0 || fn.Signature().Results().Len() != 1 || !code.IsError(fn.Signature().Results().At(0).Type()) {
		return nil
	}
	return v
}

// names returns what the results of op are assigned to.
func (t *trial) names(op *operation) []ast.Expr {
	call, _ := op.node.(*ast.CallExpr)
	return assigned(call, op.top)
}

// takenFrom returns the list of the standard library that call takes an item from, or nil.
//
//	next := heap.Pop(&jobs).(job)
func (t *trial) takenFrom(call *ast.CallExpr) ast.Expr {
	fn, ok := typeutil.Callee(t.w.info, call).(*types.Func)
	switch sel, isMethod := ast.Unparen(call.Fun).(*ast.SelectorExpr); {
	case !ok:
	case fn.FullName() == "container/heap.Pop":
		return call.Args[0]
	case fn.FullName() == "(*container/list.List).Remove" && isMethod:
		return sel.X
	}
	return nil
}

// holder returns the variable or the field that holds the channel or the list e: that which a
// variable is a copy of.
func (t *trial) holder(e ast.Expr) types.Object {
	e = pointedAt(e)
	for v := code.Local(t.w.info, e); v != nil; v = code.Local(t.w.info, e) {
		writes := t.judge.pkg.Writes(v)
		if len(writes) != 1 || v.Kind() != types.LocalVar {
			break
		}
		s, ok := writes[0].At.Node().(ast.Stmt)
		from := code.ValueGiven(t.w.info, s, v)
		if !ok || from == nil || objectOf(t.w.info, pointedAt(from)) == nil {
			break
		}
		e = pointedAt(from)
	}
	return objectOf(t.w.info, e)
}

// pointedAt returns x of &x, and e otherwise.
func pointedAt(e ast.Expr) ast.Expr {
	if and, ok := ast.Unparen(e).(*ast.UnaryExpr); ok && and.Op == token.AND {
		return and.X
	}
	return e
}

// mostCalls is how deep functions that call others are looked into for what they put back.
const mostCalls = 2

// sendsBack reports whether the cycle, or a function that it calls, sends on the channel
// ch, or puts into the list ch, from which it takes its items: one of them may come again.
func (t *trial) sendsBack(ch ast.Expr) bool {
	obj := t.holder(ch)
	of := func(e ast.Expr) bool { return obj != nil && t.holder(e) == obj }
	sends := func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SendStmt:
			return of(n.Chan)
		case *ast.CallExpr: // jobs.PushBack(next)
			sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
			return ok && (strings.HasPrefix(sel.Sel.Name, "Push") || strings.HasPrefix(sel.Sel.Name, "Insert")) && (of(sel.X) || slices.ContainsFunc(n.Args, of))
		}
		return false
	}
	var again func(n ast.Node, depth int) bool
	again = func(n ast.Node, depth int) bool {
		if a, ok := n.(*ast.AssignStmt); ok && depth > 0 {
			return slices.ContainsFunc(a.Lhs, of)
		}
		call, ok := n.(*ast.CallExpr)
		switch {
		case !ok || sends(n):
			return sends(n)
		case t.takenFrom(call) != nil:
			return false
		}
		if slices.ContainsFunc(call.Args, of) {
			return !t.w.info.Types[call.Fun].IsBuiltin() // it may do so
		}
		fn := t.judge.pkg.Callee(call)
		return fn != nil && depth < mostCalls && (!t.judge.work.Spend(len(fn.Body.List)) || code.Any(fn.Body, func(n ast.Node) bool { return again(n, depth+1) }))
	}
	blocks := t.w.cycle.Blocks()
	return !t.judge.work.Spend(len(blocks)) || slices.ContainsFunc(blocks, func(b *cfg.Block) bool {
		return slices.ContainsFunc(b.Nodes, func(n ast.Node) bool { return code.Any(n, func(n ast.Node) bool { return again(n, 0) }) })
	})
}

// comesRound reports whether the site is a range over the same items in each
// pass of a loop around it that does not count: a list of endpoints, each of
// which is tried again.
func (t *trial) comesRound() bool {
	loop, ok := t.site.Cycle.(*ast.RangeStmt)
	if !ok {
		return false
	}
	again := false
	ast.Inspect(t.site.Func.Body, func(n ast.Node) bool {
		outer, ok := n.(*ast.ForStmt)
		if ok && outer.Post == nil && slices.Contains(outer.Body.List, ast.Stmt(loop)) {
			again = !t.madeIn(loop.X, outer.Body)
		}
		return !again
	})
	return again
}

// madeIn reports whether e mentions a variable that body declares or assigns.
func (t *trial) madeIn(e ast.Expr, body *ast.BlockStmt) bool {
	info := t.judge.pkg.Info
	made := make(map[types.Object]bool)
	ast.Inspect(body, func(n ast.Node) bool {
		if n, ok := n.(*ast.AssignStmt); ok {
			for _, lhs := range n.Lhs {
				if id, ok := lhs.(*ast.Ident); ok && info.ObjectOf(id) != nil {
					made[info.ObjectOf(id)] = true
				}
			}
		}
		return true
	})
	return t.judge.uses(e, made)
}
