package visible

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestText(t *testing.T) {
	for _, test := range [][2]string{
		{"", ""},
		{"x.go:1:2: a message", "x.go:1:2: a message"},
		{"\ttabs\tstay", "\ttabs\tstay"},
		{"é ☃ 😀", "é ☃ 😀"},
		{"a\nb\r\nc", `a\nb\r\nc`},
		{"\x1b[31mred\x07", `\x1b[31mred\a`},
		{"\u009b31m", `\u009b31m`},
		{"a\u2028b\u202ec\u200bd", `a\u2028b\u202ec\u200bd`},
		{"bad \xff\xc3", `bad \xff\xc3`},
		{"\ufffd", "\ufffd"},
		{"::error::x", `\x3a:error::x`},
		{" \t::error::x", " \t" + `\x3a:error::x`},
		{"a::b", "a::b"},
		{"##[add-matcher]x", `#\x23[add-matcher]x`},
		{"a ####[error]x", `a ###\x23[error]x`},
	} {
		if got := Text(test[0]); got != test[1] {
			t.Errorf("%q: got %q, want %q", test[0], got, test[1])
		}
	}
}

func TestLines(t *testing.T) {
	if got, want := Lines("a\r\n::set-output::\x1b\n"), "a\n"+`\x3a:set-output::\x1b`+"\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	err := errors.New("a\x1b")
	if got := Error(err); got.Error() != `a\x1b` || !errors.Is(got, err) {
		t.Errorf("got %v", got)
	}
	if Error(nil) != nil {
		t.Error("an error was made of none")
	}
}

func TestPositions(t *testing.T) {
	got := string(Positions([]byte(`{"posn": "a\nb\u001b\".go:1:2", "end": "::error::x:1", "message": "\n", "new": "\"posn\": \"\n\""}`)))
	if want := `{"posn": "a\\nb\\x1b\".go:1:2", "end": "\\x3a:error::x:1", "message": "\n", "new": "\"posn\": \"\n\""}`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// FuzzText looks for text that still commands something.
func FuzzText(f *testing.F) {
	for _, s := range []string{"x.go:1: y", "a\n::error::b", "\x1b]0;x\x07", "##[error]", "####[[", ": ::", "\u00a0::x", "\xff::"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text := Text(s)
		commands := strings.HasPrefix(strings.TrimLeftFunc(text, unicode.IsSpace), "::") || strings.Contains(text, "##[")
		if commands || !utf8.ValidString(text) || strings.ContainsFunc(text, hidden) {
			t.Errorf("%q becomes %q", s, text)
		}
		if again := Text(text); again != text {
			t.Errorf("%q becomes %q and then %q", s, text, again)
		}
	})
}
