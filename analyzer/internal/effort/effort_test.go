package effort

import "testing"

func TestBudget(t *testing.T) {
	b := New(5)
	for i, test := range []struct{ spend, left int }{{3, 2}, {2, 0}, {0, 0}} {
		if !b.Spend(test.spend) || b.Out() || b.left != test.left {
			t.Errorf("step %d: %d left, out: %v", i, b.left, b.Out())
		}
	}
	if b.Spend(1) || !b.Out() {
		t.Error("more can be spent than there is")
	}
	if b.Spend(0) {
		t.Error("nothing can be spent of what is overdrawn")
	}
}

// What a part takes is taken from the whole, and either may end it.
func TestPart(t *testing.T) {
	whole := New(5)
	first, second := whole.Part(3), whole.Part(3)
	if !first.Spend(3) || first.Spend(1) || !first.Out() {
		t.Error("a part has another size")
	}
	if whole.Out() || !second.Spend(1) {
		t.Error("a part that is out ends the whole")
	}
	if second.Spend(1) || !second.Out() || !whole.Out() {
		t.Error("parts have more than the whole")
	}
	if inner := New(9).Part(9).Part(2); !inner.Spend(2) || inner.Spend(1) {
		t.Error("a part of a part has another size")
	}
}
