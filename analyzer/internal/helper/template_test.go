package helper

import (
	"slices"
	"strings"
	"testing"
)

func TestRender(t *testing.T) {
	full := Args{Ctx: "r.Context()", Attempts: "n", Delay: "d", MaxDelay: "time.Minute", Op: "op", T: "[]byte", Err: "err", Last: "last"}
	for _, test := range []struct {
		name, text string
		args       Args
		local      map[string]string
		want       string
	}{
		{"every part", "acme.Do[{{T}}]({{ctx}}, {{attempts}}, {{retries}}, {{delay}}, {{max_delay}}, {{op}})", full, nil,
			"acme.Do[[]byte](r.Context(), n, n - 1, d, time.Minute, op)"},
		{"no context", "acme.Do({{ctx}})", Args{}, nil, "acme.Do(context.Background())"},
		{"no context, renamed", "acme.Do({{ctx}})", Args{}, map[string]string{"context": "stdctx"}, "acme.Do(stdctx.Background())"},
		{"condition", "acme.Do({{if has_ctx}}{{ctx}}{{else}}nil{{end}})", Args{}, nil, "acme.Do(nil)"},
		{"conditions", "acme.Do({{if and has_ctx (not has_attempts)}}1{{else if or has_max_delay has_attempts}}2{{end}})", full, nil, "acme.Do(2)"},
		{"empty lines go", "acme.Do(\n\t{{if has_ctx}}\n\tacme.Ctx({{ctx}}),\n\t{{end}}\n\tacme.Op({{op}}),\n)", Args{Op: "op"}, nil, "acme.Do(\n\tacme.Op(op),\n)"},
		{"formatted", "acme.Do( {{op}},\n  acme.N( 1 ),\n    )", full, nil, "acme.Do(op,\n\tacme.N(1),\n)"},

		{"constant", `f({{attempts "uint"}}, {{retries "uint64"}}, {{attempts}})`, Args{Attempts: "5", IsConst: true}, nil, "f(5, 4, 5)"},
		{"converted", `f({{attempts "uint"}}, {{retries "uint64"}})`, full, nil, "f(uint(n), uint64(n - 1))"},
		{"of another type", "f({{attempts}}, {{retries}})", Args{Attempts: "n", AttemptsType: "int64"}, nil, "f(int(n), int(n - 1))"},
		{"of the right type", `f({{attempts "uint"}})`, Args{Attempts: "n", AttemptsType: "uint"}, nil, "f(n)"},
		{"untyped", `f({{retries "uint"}})`, Args{Attempts: "maxAttempts", AttemptsType: Untyped}, nil, "f(maxAttempts - 1)"},
		{"one more than retries", `f({{retries "uint"}})`, Args{Attempts: "c.Retries + 1"}, nil, "f(uint(c.Retries))"},
		{"parentheses", "f({{delay}}*2, {{retries}}*2, {{attempts}}.x)", Args{Delay: "a + b", Attempts: "n"}, nil, "f((a + b)*2, (n - 1)*2, n.x)"},

		{"renamed", "retry.Do(&retry.Options{retry: retry.X}, x.retry)", full, map[string]string{"retry": "retry2"}, "retry2.Do(&retry2.Options{retry: retry2.X}, x.retry)"},
		{"dot import", "retry.Do(&retry.Options{}, {{op}})", full, map[string]string{"retry": ""}, "Do(&Options{}, op)"},
		{"source is not renamed", "retry.Do({{op}})", Args{Op: "func() error {\n\treturn retry.X()\n}"}, map[string]string{"retry": "retry2"},
			"retry2.Do(func() error {\n\treturn retry.X()\n})"},
		{"header", "r := retry.Start({{ctx}}); r.Next(); ", full, map[string]string{"r": "r2", "retry": "lib"}, "r2 := lib.Start(r.Context()); r2.Next();"},
		{"range", "range retry.Times({{attempts}})", full, nil, "range retry.Times(n)"},
		{"init", "var w retry.W\nw.Delay = {{delay}}", full, map[string]string{"w": "w2"}, "var w2 retry.W\nw2.Delay = d"},
		{"results", "false, retry.Mark({{err}})", full, nil, "false, retry.Mark(err)"},
		{"condition of exhaustion", "wait.Interrupted({{err}}) && {{last}} != nil", full, nil, "wait.Interrupted(err) && last != nil"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := mustParse(test.text).Render(test.args, test.local); got != test.want {
				t.Errorf("got %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestTemplateQuestions(t *testing.T) {
	call := mustParse("acme.Do({{if has_ctx}}opt.Ctx({{ctx}}), {{end}}{{attempts}}, acme.T{x: y.Z}, {{delay}})")
	imports := map[string]string{"acme": "", "opt": "", "context": ""}
	if got := call.Packages(Args{}, imports); !slices.Equal(got, []string{"acme"}) {
		t.Errorf("packages without a context: %q", got)
	}
	if got := call.Packages(Args{Ctx: "opt2.C"}, imports); !slices.Equal(got, []string{"acme", "opt"}) {
		t.Errorf("packages with a context: %q", got)
	}
	if got := mustParse("acme.Do({{ctx}})").Packages(Args{}, imports); !slices.Equal(got, []string{"acme", "context"}) {
		t.Errorf("packages with a made up context: %q", got)
	}
	for name, want := range map[string]struct{ uses, needs bool }{
		"ctx": {true, false}, "has_ctx": {true, false}, "attempts": {true, true}, "delay": {true, false}, "op": {false, false},
	} {
		if call.Uses(name) != want.uses || call.Needs(name) != want.needs {
			t.Errorf("%s: uses %v, needs %v", name, call.Uses(name), call.Needs(name))
		}
	}
	var none *Template
	if none.Uses("ctx") || none.Needs("ctx") {
		t.Error("no template uses something")
	}
	for text, want := range map[string]string{
		"r := f(); r.Next(); ": "r", "a, b := range f()": "a b", "var x, y T": "x y", "_, v := f()": "v",
		"range f()": "", "f(func() { z := 1; _ = z })": "",
	} {
		if got := strings.Join(mustParse(text).Declares(Args{}), " "); got != want {
			t.Errorf("%s declares %q, want %q", text, got, want)
		}
	}
}

func TestParseTemplateErrors(t *testing.T) {
	const known = "ctx, attempts, retries, delay, max_delay, op, T, err, last, done, name"
	for _, test := range []struct {
		text string
		line int
		want string
	}{
		{"{{atempts}}", 0, "unknown placeholder {{atempts}}: known are " + known + ", has_ctx, has_attempts, has_max_delay"},
		{"a(\n{{ctx}},\n{{atempts}})", 2, "unknown placeholder {{atempts}}: known are "},
		{"a\n{{.X}}", 1, "unknown placeholder {{.X}}: known are "},
		{"{{ctx | op}}", 0, "unknown placeholder {{ctx | op}}: "},
		{"{{print ctx}}", 0, "unknown placeholder {{print ctx}}: "},
		{"{{$x := ctx}}", 0, "unknown placeholder {{$x := ctx}}: "},
		{"{{has_ctx}}", 0, "unknown placeholder {{has_ctx}}: "},
		{"{{if ctx}}a{{end}}", 0, "unknown condition {{if ctx}}: known are has_ctx, has_attempts, has_max_delay"},
		{"{{if has_contxt}}a{{end}}", 0, "unknown placeholder {{has_contxt}}: "},
		{`{{if eq ctx "x"}}a{{end}}`, 0, "unknown condition {{if eq}}: "},
		{"{{if and}}a{{end}}", 0, "template: "},
		{"\n{{range ctx}}a{{end}}", 1, "no {{range ctx}}a{{end}}: write placeholders and {{if}} only"},
		{`{{define "x"}}{{end}}a`, 0, "no {{define}} or {{block}}: "},
		{`{{template "x"}}`, 0, `no {{template "x"}}: `},
		{"{{if has_ctx}}", 0, "unexpected EOF"},
		{"{{ctx", 0, "unclosed action"},
		{"", 0, "empty: write the Go code"},
		{" \n", 0, "empty: "},
		{`{{attempts "string"}}`, 0, `unknown type in {{attempts "string"}}: known are int, `},
		{`{{attempts 1}}`, 0, `unknown type in {{attempts 1}}: `},
		{`{{delay "int"}}`, 0, "{{delay}} takes no type"},
	} {
		_, err := parseTemplate(test.text)
		te, ok := err.(*templateError)
		if !ok || te.line != test.line || !strings.HasPrefix(te.text, test.want) {
			t.Errorf("%q: got %#v, want line %d: %s", test.text, err, test.line, test.want)
		}
	}
}

// Whatever a template is, reading it ends in an error or in one that renders.
func FuzzParseTemplate(f *testing.F) {
	for _, p := range presets {
		f.Add(p.call)
	}
	f.Add("{{if not (has_ctx)}}a{{else}}{{ctx}}{{end}}")
	f.Add("r := f(); r.Next(); ")
	f.Fuzz(func(t *testing.T, text string) {
		tm, err := parseTemplate(text)
		if err != nil {
			return
		}
		for _, a := range []Args{{}, {Ctx: "ctx", Attempts: "3", IsConst: true, MaxDelay: "a + b"}} {
			tm.Render(a, map[string]string{"retry": "", "f": "g"})
			tm.Packages(a, nil)
			tm.Declares(a)
		}
	})
}
