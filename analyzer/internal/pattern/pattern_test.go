package pattern

import "testing"

func TestNew(t *testing.T) {
	word := New(`^\w+$`)
	if !word().MatchString("word") || word().MatchString("two words") {
		t.Error("another expression")
	}
	if first, second := word(), word(); first != second {
		t.Error("compiled twice")
	}
}

// What is wrong is told when it is used, not before.
func TestNewBroken(t *testing.T) {
	broken := New(`(`)
	defer func() {
		if recover() == nil {
			t.Error("a broken expression is used")
		}
	}()
	broken()
}
