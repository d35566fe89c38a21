package baseline

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var (
	one = Entry{"example.com/m", "Client.Do", "retry-loop", "0123456789abcdef"}
	two = Entry{"example.com/m/p", "-", "poll-loop", "4567456745674567"}
)

// What is written is read; it is sorted, and entries that are alike stay.
func TestFormat(t *testing.T) {
	const want = "# sharedretry baseline v1\nexample.com/m Client.Do retry-loop 0123456789abcdef\nexample.com/m Client.Do retry-loop 0123456789abcdef\nexample.com/m/p - poll-loop 4567456745674567\n"
	data := Format([]Entry{two, one, one})
	if string(data) != want {
		t.Errorf("got\n%s", data)
	}
	for _, text := range []string{want, strings.ReplaceAll(want, "\n", "\r\n")} {
		got, err := Parse("x", []byte(text))
		if err != nil || !slices.Equal(got, []Entry{one, one, two}) {
			t.Errorf("got %v, %v from %q", got, err, text)
		}
	}
	if got, err := Parse("x", Format(nil)); err != nil || len(got) != 0 {
		t.Errorf("got %v, %v", got, err)
	}
}

// A file that is damaged is an error with its line and what to do.
func TestDamaged(t *testing.T) {
	const head = "# sharedretry baseline v1\n"
	line := one.String() + "\n"
	for _, test := range []struct{ name, text, want string }{
		{"empty", "", ":1: the file is empty: restore"},
		{"not a baseline", "rules: [all]\n", `:1: the first line must be "# sharedretry baseline v1": restore`},
		{"no first line", line, ":1: the first line must be"},
		{"of another version", "# sharedretry baseline v2\n", ":1: the format v2 is not known: use the version of sharedretry that wrote the file"},
		{"conflict", head + line + "<<<<<<< HEAD\n" + line, ":3: an unresolved merge conflict: keep each line of both sides once"},
		{"conflict in the first line", "<<<<<<< HEAD\n" + head, ":1: an unresolved merge conflict"},
		{"rest of a conflict", head + line + "=======\n", ":3: an unresolved merge conflict"},
		{"fields missing", head + line + "example.com/m Client.Do\n", ":3: want package, function, rule and hash: restore"},
		{"too many fields", head + "a b c d e\n", ":2: want package, "},
		{"no hash", head + "example.com/m Client.Do retry-loop 0123456789abcdeg\n", ":2: want package, "},
		{"first line twice", head + line + head, ":3: want package, "},
		{"blank line", head + "\n" + line, ":2: want package, "},
		{"two blanks", head + "a  c d\n", ":2: want package, "},
		{"cut off", head + line + "example.com/m Client.Do retry-loop 01", ":3: the line is cut off: restore"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := Parse("dir/x", []byte(test.text))
			if err == nil || !strings.HasPrefix(err.Error(), "dir/x"+test.want) || got != nil {
				t.Errorf("got %v, %v\nwant %s", got, err, test.want)
			}
		})
	}
	_, err := Read(filepath.Join(t.TempDir(), "none"))
	if err == nil || !strings.Contains(err.Error(), "write one with sharedretry -write-baseline") {
		t.Errorf("a missing file: %v", err)
	}
}

func TestWithout(t *testing.T) {
	got := Without([]Entry{one, two, one}, []Entry{one, {}, two})
	if !slices.Equal(got, []Entry{one}) {
		t.Errorf("got %v", got)
	}
}
