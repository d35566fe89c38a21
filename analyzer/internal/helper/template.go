package helper

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/template"

	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
)

// A Template is a piece of Go with placeholders, such as {{ctx}} and
// {{attempts "uint"}}, and conditions, such as {{if has_ctx}}. It does not change.
type Template struct {
	text   string
	parsed *template.Template
	used   map[string]bool // placeholders and conditions

	known map[any]any // what was asked of it before: a text by its expansion, a fragment by its text
	mu    sync.Mutex
}

// maxKnown is how much of a template is kept for those who ask again.
const maxKnown = 256

// once returns what f makes of key, of which it is made once for the most part.
func once[K comparable, V any](t *Template, key K, f func() V) V {
	t.mu.Lock()
	defer t.mu.Unlock()
	v, ok := t.known[key].(V)
	if !ok {
		if v = f(); len(t.known) < maxKnown {
			t.known[key] = v
		}
	}
	return v
}

// The placeholders, in the order in which messages list them.
var placeholders = []string{"ctx", "attempts", "retries", "delay", "max_delay", "op", "T", "err", "last", "done", "name"}

// The conditions, and the placeholder that each asks for.
var conditions = []struct{ name, of string }{
	{"has_ctx", "ctx"},
	{"has_attempts", "attempts"},
	{"has_max_delay", "max_delay"},
}

// integers are the types to which attempts and retries can be converted.
var integers = []string{
	"int", "int8", "int16", "int32", "int64",
	"uint", "uint8", "uint16", "uint32", "uint64",
}

// mustParse is parseTemplate for the templates of presets.
func mustParse(text string) *Template {
	t, err := parseTemplate(text)
	if err != nil {
		panic(err)
	}
	return t
}

// parseTemplate reads a template. Its errors are a [*templateError].
func parseTemplate(text string) (*Template, error) {
	if strings.TrimSpace(text) == "" {
		return nil, &templateError{0, "empty: write the Go code"}
	}
	parsed, err := template.New("").Funcs((&expansion{}).funcs()).Parse(text)
	if err != nil {
		return nil, syntaxError(err)
	}
	t := &Template{text: text, parsed: parsed, used: make(map[string]bool), known: make(map[any]any)}
	if err := t.scan(); err != nil {
		return nil, err
	}
	for _, lacks := range combinations() {
		if _, err := t.execute(&expansion{lacks: lacks}); err != nil {
			return nil, &templateError{0, err.Error()}
		}
	}
	return t, nil
}

var errorPart = pattern.New(`\{\{-?\s*err\s*-?\}\}`)

// ofErrors returns t with two errors in the place of one.
func (t *Template) ofErrors() *Template {
	if t == nil {
		return nil
	}
	return optional(errorPart().ReplaceAllString(t.text, "{{err}}, {{err}}"))
}

// Uses reports whether t has the named placeholder or condition anywhere.
func (t *Template) Uses(name string) bool { return t != nil && t.used[name] }

// Needs reports whether t has the named placeholder even where a site has no
// such thing: one that is not under a condition like {{if has_ctx}}. For a
// context, Render then takes context.Background().
func (t *Template) Needs(name string) bool {
	if !t.Uses(name) {
		return false
	}
	part := name
	if name == "retries" {
		part = "attempts"
	}
	// A condition may also depend on another part, so try all of them.
	for _, lacks := range combinations() {
		if lacks[part] && strings.Contains(t.expand(&expansion{lacks: lacks, probe: true}), standIn(name)) {
			return true
		}
	}
	return false
}

// combinations returns every set of parts that a site may lack.
func combinations() []map[string]bool {
	sets := []map[string]bool{{}}
	for _, c := range conditions {
		for _, set := range slices.Clone(sets) {
			with := map[string]bool{c.of: true}
			for name := range set {
				with[name] = true
			}
			sets = append(sets, with)
		}
	}
	return sets
}

// expand returns the text of t with stand-ins in the place of source text.
// Lines that conditions left empty are gone.
func (t *Template) expand(e *expansion) string {
	return once(t, textKey(fmt.Sprint(*e)), func() string {
		text, _ := t.execute(e) // parseTemplate has seen that no site makes it fail
		if e.logs {
			text = strings.ReplaceAll(text, DefaultLogger, standIn("logger"))
		}
		lines := slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool {
			return strings.TrimSpace(line) == ""
		})
		return strings.Join(lines, "\n")
	})
}

// A textKey is an expansion, as it is printed.
type textKey string

func (t *Template) execute(e *expansion) (string, error) {
	clone, err := t.parsed.Clone()
	if err != nil {
		return "", err
	}
	var out strings.Builder
	err = clone.Funcs(e.funcs()).Execute(&out, nil)
	return out.String(), err
}

// standIn returns the identifier that takes the place of source text while
// the template's own text is parsed.
func standIn(name string) string { return "standIn_" + name + "_" }

// standIns matches every stand-in, and the placeholder in it.
var standIns = pattern.New(`standIn_(\w+?)_\b`)

// An expansion says what the placeholders of a template stand for.
type expansion struct {
	lacks map[string]bool // placeholders that the site has nothing for
	probe bool            // show what the site lacks, too, by stand-ins
	count string          // the number of attempts in decimal, if it is constant
	typ   string          // the type of the number of attempts; see [Args.AttemptsType]
	logs  bool            // there is something else than the default logger
}

func newExpansion(a Args) *expansion {
	e := &expansion{typ: a.AttemptsType, logs: a.Logger != "", lacks: map[string]bool{
		"ctx":       a.Ctx == "",
		"attempts":  a.Attempts == "",
		"max_delay": a.MaxDelay == "",
		"done":      a.Done == "",
	}}
	if a.IsConst {
		e.count = a.Attempts
	}
	return e
}

func (e *expansion) funcs() template.FuncMap {
	funcs := make(template.FuncMap)
	for _, name := range placeholders {
		funcs[name] = func() string { return standIn(name) }
	}
	if e.lacks["ctx"] && !e.probe {
		funcs["ctx"] = func() string { return "context.Background()" }
	}
	if e.lacks["done"] && !e.probe {
		funcs["done"] = func() string { return "nil" }
	}
	for _, c := range conditions {
		funcs[c.name] = func() bool { return !e.lacks[c.of] }
	}
	funcs["attempts"] = func(typ ...string) (string, error) { return e.number("attempts", typ) }
	funcs["retries"] = func(typ ...string) (string, error) { return e.number("retries", typ) }
	return funcs
}

// number returns a number of attempts or retries of the type that is asked
// for, or of type int.
func (e *expansion) number(name string, typ []string) (string, error) {
	want := "int"
	switch {
	case len(typ) > 1 || len(typ) == 1 && !slices.Contains(integers, typ[0]):
		return "", fmt.Errorf("unknown type in {{%s %q}}: known are %s", name, strings.Join(typ, " "), strings.Join(integers, ", "))
	case len(typ) == 1:
		want = typ[0]
	}
	if n, err := strconv.Atoi(e.count); err == nil {
		if name == "retries" {
			n--
		}
		return strconv.Itoa(n), nil
	}
	if e.typ == want || e.typ == Untyped || e.typ == "" && want == "int" {
		return standIn(name), nil
	}
	return want + "(" + standIn(name) + ")", nil
}
