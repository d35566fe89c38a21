package baseline

import (
	"strings"
	"testing"
)

// FuzzParse reads baselines: what is right is written as it was, but for its order,
// and every error names the file and a line.
func FuzzParse(f *testing.F) {
	some := []Entry{{"example.com/p", "f", "retry-loop", strings.Repeat("0", 16)}, {"example.com/p", "(*T).f", "retry-loop", strings.Repeat("f", 16)}}
	for _, data := range []string{"", string(Format(nil)), string(Format(some)), string(Format(some)) + "<<<<<<< HEAD\n", "sharedretry baseline v9\n"} {
		f.Add([]byte(data))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		list, err := Parse("b", data)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "b:") {
				t.Errorf("no file and line: %v", err)
			}
			return
		}
		text := Format(list)
		again, err := Parse("b", text)
		if err != nil || string(Format(again)) != string(text) || len(again) != len(list) {
			t.Errorf("%d entries become %d: %v", len(list), len(again), err)
		}
	})
}
