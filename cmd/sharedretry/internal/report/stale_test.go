package report

import (
	"go/token"
	"testing"
)

func TestMovedLine(t *testing.T) {
	before := "a\nb\n\tc\nd\nc\nx // why\n"
	for _, test := range []struct {
		after        string
		line, column int
		want         int
	}{{"a\nc\n", 3, 2, 2}, {"c\nx\nx\nc\n", 3, 2, 4}, {"a\n", 3, 2, 0}, {"c\n", 99, 1, 0}, {"y\n\t// why\nx\n", 6, 3, 2}} {
		if got, _ := newMoves([]byte(before), []byte(test.after)).find(token.Position{Line: test.line, Column: test.column}); got != test.want {
			t.Errorf("line %d in %q: got %d, want %d", test.line, test.after, got, test.want)
		}
	}
}
