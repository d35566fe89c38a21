package report

import "testing"

func TestMovedLine(t *testing.T) {
	before := "a\nb\n\tc\nd\nc\n"
	for _, test := range []struct {
		after string
		line  int
		want  int
	}{{"a\nc\n", 3, 2}, {"c\nx\nx\nc\n", 3, 4}, {"a\n", 3, 0}, {"c\n", 99, 0}} {
		if got, _ := movedLine([]byte(before), []byte(test.after), test.line); got != test.want {
			t.Errorf("line %d in %q: got %d, want %d", test.line, test.after, got, test.want)
		}
	}
}
