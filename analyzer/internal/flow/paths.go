package flow

import (
	"go/ast"
	"go/types"
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

// kill forgets what is known of at and of everything reached through it.
func (p *paths) kill(f facts, at path) facts {
	for _, known := range f {
		k := p.all[known.path]
		if k.root == at.root && strings.HasPrefix(k.rest, at.rest) || at.rest == "" && k.indexedBy(at.root.Name()) {
			f = f.set(known.path, isUnknown)
		}
	}
	return f
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
