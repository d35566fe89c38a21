package visible

import (
	"encoding/json"
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
	got := string(Positions([]byte(`{"posn": "a\nb\u001b\".go:1:2", "end": "::error::x:1", "message": "\n", "new": "\"posn\": \"\n\""}`), nil))
	if want := `{"posn": "a\\nb\\x1b\".go:1:2", "end": "\\x3a:error::x:1", "message": "\n", "new": "\"posn\": \"\n\""}`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// A position in a file that is not the package's own is none that the go command opens a
// file at.
func TestPositionsElsewhere(t *testing.T) {
	own := func(file string) bool { return file == "/m/x.go" }
	for posn, want := range map[string]string{
		"/m/x.go:3:5": "/m/x.go:3:5", "/m/x.go:3": "/m/x.go:3", "/etc/passwd:3:5": "/etc/passwd:3", "/etc/passwd:3": "/etc/passwd:3",
		"/etc/passwd:1:7:1": `/etc/passwd\\x3a1:7`, "": "", "-": "-", ":1:2": ":1",
	} {
		if got := string(Positions([]byte(`{"posn": "`+posn+`"}`), own)); got != `{"posn": "`+want+`"}` {
			t.Errorf("%s becomes %s, want %s", posn, got, want)
		}
	}
}

// JSON that is made visible says the same.
func TestJSON(t *testing.T) {
	for _, text := range []string{"", "plain", "a\u202eb", "###[[error]##[x]", "\x7f\u200b\U000e0001", "é \U0001f600", "\u2028"} {
		data, err := json.MarshalIndent(map[string]string{"k": text}, "", "\t")
		if err != nil {
			t.Fatal(err)
		}
		var back map[string]string
		got := JSON(data)
		if err := json.Unmarshal(got, &back); err != nil || back["k"] != text {
			t.Errorf("%q becomes %s (%v)", text, got, err)
		}
		if shown := strings.ReplaceAll(string(got), "\n", ""); strings.Contains(shown, "##[") || strings.ContainsFunc(shown, hidden) {
			t.Errorf("%q becomes %q", text, got)
		}
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
