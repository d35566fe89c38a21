// Package claims writes a Go test of a retry helper: it asserts what fixes rely on,
// as the helper's description claims it.
package claims

import (
	"bytes"
	"cmp"
	"embed"
	"fmt"
	"go/format"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/template"

	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
)

//go:embed harness/*.go
var harness embed.FS

//go:embed test.gotmpl
var source string

// page is read when a test is asked for: the go command starts a process for each
// package, and most need none.
var page = sync.OnceValue(func() *template.Template { return template.Must(template.New("").Parse(source)) })

// A form is one of a helper as the page writes it.
type form struct {
	Key  string // of its template
	Func string // that runs an operation by it
	*helper.Helper
	T        string // the type of the operation's value
	Template *helper.Template
	final    *helper.Template
	success  *helper.Template
	again    *helper.Template
}

// Test returns a Go file with a test of h, in the package with the given name; an
// error if fixes can call nothing of it.
func Test(h *helper.Helper, pkg string) ([]byte, error) {
	forms := formsOf(h)
	if len(forms) == 0 {
		return nil, fmt.Errorf("helper %s: what is unsupported leaves nothing that a fix could call", h.Name)
	}
	var body strings.Builder
	for _, name := range []string{"harness.go", "checks.go"} {
		text, err := harness.ReadFile("harness/" + name)
		if err != nil {
			return nil, err
		}
		_, own, _ := strings.Cut(string(text), "\n)\n") // behind the imports
		body.WriteString(own)
	}
	var text bytes.Buffer
	err := page().Execute(&text, struct {
		Package, Harness string
		Imports          []string
		Forms            []form
	}{pkg, body.String(), imports(forms), forms})
	if err != nil {
		return nil, err
	}
	return format.Source(text.Bytes())
}

// imports returns the import declarations for forms and the harness.
func imports(forms []form) (specs []string) {
	all := map[string]string{"testing": "testing", "synctest": "testing/synctest", "errors": "errors", "time": "time"}
	for _, form := range forms {
		maps.Copy(all, form.Imports)
	}
	for _, name := range slices.SortedFunc(maps.Keys(all), func(a, b string) int { return cmp.Compare(all[a], all[b]) }) {
		spec := strconv.Quote(all[name])
		if path.Base(all[name]) != name {
			spec = name + " " + spec
		}
		specs = append(specs, spec)
	}
	return specs
}

// formsOf returns the forms of h that fixes may take, that with a value apart from
// that without one.
func formsOf(h *helper.Helper) (list []form) {
	for _, one := range h.Forms() {
		switch one.Shape {
		case helper.Callback:
			list = append(list, form{"call", "byCall", one, "", one.Call, one.Permanent, one.Success, one.Again})
			if one.ValueCall != nil {
				list = append(list, form{"value_call", "byValue", one, "int", one.ValueCall, one.ValuePermanent, one.ValueSuccess, one.ValueAgain})
			}
		case helper.Loop:
			list = append(list, form{Key: "header", Func: "byHeader", Helper: one, Template: one.Header})
		case helper.Wait:
			list = append(list, form{Key: "wait", Func: "byWait", Helper: one, Template: one.Wait})
		}
	}
	return slices.DeleteFunc(list, func(f form) bool { return len(f.Cases()) == 0 })
}

// Case is one of the calls that a fix may write: with a number of attempts, with a
// limit of the delay, or without.
type Case struct {
	Cond string // when it is this one
	Init string // what stands before it
	Call string
}

// Cases returns the calls that f supports.
func (f form) Cases() (list []Case) {
	for _, c := range []struct {
		cond            string
		attempts, limit string
	}{
		{"case attempts > 0 && limit > 0", "attempts", "limit"},
		{"case attempts > 0", "attempts", ""},
		{"case limit > 0", "", "limit"},
		{"default", "", ""},
	} {
		if c.attempts != "" && !f.Attempts() || c.attempts == "" && !f.Unbounded() || c.limit != "" && !f.Limit() {
			continue
		}
		list = append(list, Case{Cond: c.cond, Call: f.render(f.Template, c.attempts, c.limit)})
	}
	return list
}

// Waits is Cases for the form wait.
func (f form) Waits() (list []Case) {
	if f.Limit() {
		list = append(list, Case{"case limit > 0", f.render(f.Init, "", "limit"), f.render(f.Template, "", "limit")})
	}
	init := ""
	if f.Init != nil {
		init = f.render(f.Init, "", "")
	}
	return append(list, Case{"", init, f.render(f.Template, "", "")})
}

// render returns a template of f as Go.
func (f form) render(t *helper.Template, attempts, limit string) string {
	return f.renderAbout("err", t, attempts, limit)
}

// renderAbout is render for a template that is given an error, as Go has it.
func (f form) renderAbout(err string, t *helper.Template, attempts, limit string) string {
	return t.Render(helper.Args{
		Ctx: "ctx", Done: "ctx.Done()", Attempts: attempts, Delay: "delay", MaxDelay: limit,
		Op: "run", T: f.T, Err: err, Last: "last", Name: `"op"`,
	}, nil)
}

// text returns a template that is about an error; "" if there is none.
func (f form) text(t *helper.Template) string {
	if t == nil {
		return ""
	}
	return f.render(t, "attempts", "limit")
}

// What the page asks of a form.
func (f form) Final() string     { return f.text(f.final) }
func (f form) FinalOf() string   { return f.renderAbout("err, ErrFinal", f.final, "attempts", "limit") }
func (f form) Success() string   { return f.text(f.success) }
func (f form) Again() string     { return f.text(f.again) }
func (f form) Exhausted() string { return f.text(f.Helper.Exhausted) }
func (f form) Reset() string     { return f.text(f.Helper.Reset) }
func (f form) Attempts() bool    { return f.Supports(helper.Attempts) || f.Key == "wait" }
func (f form) Unbounded() bool   { return f.Supports(helper.Unbounded) || f.Key == "wait" }
func (f form) Limit() bool       { return f.Supports(helper.MaxDelay) && !f.Stateless() }
func (f form) Context() bool     { return f.Supports(helper.Context) }
func (f form) Stateless() bool   { return f.Key == "wait" && f.Init == nil }
func (f form) Last() bool        { return f.LastValue() || f.Helper.Exhausted != nil }
func (f form) LastValue() bool   { return f.Key == "value_call" && f.ValueOnError == helper.LastValue }

// Least returns the least number of attempts that f can be told.
func (f form) Least() int {
	if f.RetriesUnlimited {
		return 2
	}
	return 1
}

// Results returns what the operation returns.
func (f form) Results() string {
	if f.Key == "value_call" {
		return "(int, error)"
	}
	return f.OpResults
}

// Ended returns what f claims to do on a context that has ended.
func (f form) Ended() string {
	switch {
	case f.Key == "header" && f.AtLeastOnce, f.Key != "header" && !f.ChecksContext:
		return "once"
	case f.Key != "header":
		return "nothing"
	}
	return ""
}

// Number returns the name of the range variable, if op is given it.
func (f form) Number() string {
	if f.YieldsNumber {
		return "number"
	}
	return ""
}
