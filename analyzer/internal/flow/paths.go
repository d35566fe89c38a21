package flow

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// paths numbers the paths of a package, and keeps what is the same of an expression
// in all walks.
type paths struct {
	info    *types.Info
	numbers map[path]int
	all     []path
	wholes  []int // what each is a part of, or none
	exprs   map[ast.Expr]operand
	room    facts // for the next lists
}

func newPaths(info *types.Info) *paths {
	return &paths{info: info, numbers: make(map[path]int), exprs: make(map[ast.Expr]operand)}
}

// none is the number of no path.
const none = -1

// An operand is what an expression is wherever a walk meets it.
type operand struct {
	path  int // that it names, or none
	fixed bool
	value value // if it is fixed: of a constant
}

// operand returns what e is. Without parentheses around it.
func (p *paths) operand(e ast.Expr) operand {
	x, ok := p.exprs[e]
	if !ok {
		x.path = none
		if at, ok := pathOf(p.info, e); ok {
			x.path = p.number(at)
		}
		if tv := p.info.Types[e]; tv.Value != nil {
			x.fixed, x.value = true, constValue(tv.Value)
		} else if tv.IsNil() {
			x.fixed, x.value = true, isZero
		}
		p.exprs[e] = x
	}
	return x
}

// number returns the number of a path, which is that of no other.
func (p *paths) number(at path) int {
	n, ok := p.numbers[at]
	if !ok {
		whole := none
		if i := strings.LastIndexAny(at.rest, ".["); i >= 0 {
			whole = p.number(path{at.root, at.rest[:i]})
		}
		n = len(p.all)
		p.numbers[at] = n
		p.all, p.wholes = append(p.all, at), append(p.wholes, whole)
	}
	return n
}

// set returns f with the path n known to be v.
func (p *paths) set(f facts, n int, v value) facts {
	i, ok := f.find(n)
	switch {
	case ok && f[i].val == v, !ok && v == isUnknown:
		return f
	case ok && v == isUnknown:
		return append(append(p.list(len(f)-1), f[:i]...), f[i+1:]...)
	case ok:
		g := append(p.list(len(f)), f...)
		g[i].val = v
		return g
	}
	return append(append(append(p.list(len(f)+1), f[:i]...), fact{n, v}), f[i:]...)
}

// without returns f without what is known of some paths.
func (p *paths) without(f facts, forgets func(path) bool) facts {
	i := slices.IndexFunc(f, func(known fact) bool { return forgets(p.all[known.path]) })
	if i < 0 {
		return f
	}
	g := append(p.list(len(f)-1), f[:i]...)
	for _, known := range f[i+1:] {
		if !forgets(p.all[known.path]) {
			g = append(g, known)
		}
	}
	return g
}

// listRoom is for how many facts there is room in one allocation.
const listRoom = 256

// list returns an empty list with room for n facts: walks make many short ones.
func (p *paths) list(n int) facts {
	if len(p.room) < n {
		p.room = make(facts, max(n, listRoom))
	}
	f := p.room[:0:n]
	p.room = p.room[n:]
	return f
}

// kill forgets what is known of at and of everything reached through it.
func (p *paths) kill(f facts, at path) facts {
	return p.without(f, func(k path) bool {
		return k.root == at.root && strings.HasPrefix(k.rest, at.rest) || at.rest == "" && k.indexedBy(at.root.Name())
	})
}

// indexedBy reports whether p has an element at an index of that name.
func (p path) indexedBy(name string) bool {
	return strings.Contains(p.rest, "[") && strings.Contains(p.rest, "["+name+"]")
}

// whole returns isClean or isDirty if the path is that, or a part of what is.
func (p *paths) whole(n int, f facts) value {
	for ; n != none; n = p.wholes[n] {
		if v := f.get(n); v == isClean || v == isDirty {
			return v
		}
	}
	return isUnknown
}
