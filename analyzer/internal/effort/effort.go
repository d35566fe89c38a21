// Package effort bounds how much work a step may do, so that the whole takes time
// that is linear in the size of the code whatever the code is. Work is counted, not
// timed: the same code has the same outcome on every machine.
package effort

// A Budget is work that is left to do. Parts of it can be limited further, each by
// a budget of its own with the same source.
type Budget struct {
	left int
	of   *Budget // what it is a part of, or nil
}

// New returns a budget of n steps.
func New(n int) *Budget { return &Budget{left: n} }

// Part returns a budget of at most n steps, which are taken from b as well.
func (b *Budget) Part(n int) *Budget { return &Budget{left: n, of: b} }

// Spend takes n steps, and reports whether there were as many.
func (b *Budget) Spend(n int) bool {
	enough := b.of == nil || b.of.Spend(n)
	b.left -= n
	return enough && b.left >= 0
}

// Out reports whether more was spent than there was.
func (b *Budget) Out() bool { return b.left < 0 || b.of != nil && b.of.Out() }
