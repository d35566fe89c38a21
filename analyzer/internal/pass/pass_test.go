package pass

import (
	"fmt"
	"go/ast"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/graph"
	"github.com/sharedretry/sharedretry/analyzer/internal/loop"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/source/sourcetest"
)

// passOf returns a pass of the first cycle of f in src, whose operation is the first
// call of op or get in it.
func passOf(t *testing.T, src string) (*Pass, edit.Source, reason.Refusal) {
	t.Helper()
	pkg := sourcetest.Package(t, sourcetest.Head+src)
	text := edit.Source{File: pkg.Files[0], Src: []byte(sourcetest.Head + src)}
	fn, cycle := sourcetest.Cycle(t, pkg)
	l, refusal := loop.New(pkg, fn, cycle)
	if refusal != nil {
		return nil, text, refusal
	}
	p := &Pass{Loop: l, Gone: map[ast.Stmt]bool{}}
	for _, s := range site.Find(pkg, &graph.Set{Package: pkg}) {
		if s.Cycle == cycle {
			if p.Pauses, refusal = Pauses(pkg, l, s); refusal != nil {
				return nil, text, refusal
			}
		}
	}
	p.Count = l.Passes(l.Counter(), loop.Number{Offset: 3}, true).When
	l.Inspect(func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && p.Operation == nil && (text.Text(call) == "op()" || text.Text(call) == "get()") {
			p.Operation = call
		}
		return true
	})
	return p, text, nil
}

// shown tells how a pass ends: the statement, what is known of errors there, and by
// how many delays it may come there.
func shown(p *Pass, text edit.Source, exits []Exit) string {
	var out strings.Builder
	for _, e := range exits {
		what := "the end"
		if e.Node != nil {
			what = text.Text(e.Node)
			if len(what) > 40 || strings.Contains(what, "\n") {
				what, _, _ = strings.Cut(what, "\n")
			}
		}
		fmt.Fprintf(&out, "%s at %s", [...]string{"again", "leaves", "returns", "jumps"}[e.Kind], what)
		for _, obj := range code.ObjectsInOrder(e.Facts.errs) {
			fmt.Fprintf(&out, "; %s %s nil", obj.Name(), map[Nilness]string{IsNil: "is", NotNil: "is not"}[e.Facts.Of(obj)])
		}
		if e.Facts.NotLast() {
			out.WriteString("; not the last")
		}
		if e.Kind == Again && e.Undelayed() {
			out.WriteString("; undelayed")
		}
		if e.DelayedTwice() {
			out.WriteString("; delayed twice")
		}
		out.WriteString("\n")
	}
	return out.String()
}

// ways tells how the passes of src end.
func ways(t *testing.T, src string) string {
	p, text, refusal := passOf(t, src)
	if refusal != nil {
		return "not read: " + string(refusal.Reason())
	}
	walked := p.Walk(Watch{})
	out := shown(p, text, walked.Exits)
	for _, s := range code.InOrder(walked.Leads) {
		out += "leads to the operation: " + strings.Split(text.Text(s), "\n")[0] + "\n"
	}
	if walked.Refusal != nil {
		out += "refused: " + string(walked.Refusal.Reason()) + "\n"
	}
	return out
}

// worked tells how the passes of src end whose operation has worked.
func worked(t *testing.T, src string) string {
	p, text, refusal := passOf(t, src)
	if refusal != nil {
		return "not read"
	}
	obj, walked := p.Suppose(IsNil)
	if obj == nil {
		return "no error"
	}
	return shown(p, text, walked.Exits)
}

// Each source in testdata has passes that end as it says there.
func TestPasses(t *testing.T) {
	sourcetest.Tables(t, sourcetest.Part{Name: "ways", Of: ways}, sourcetest.Part{Name: "worked", Of: worked})
}

// A watch sees what is known before each statement, and before what is assigned.
func TestWatch(t *testing.T) {
	p, text, _ := passOf(t, `func f() error {
	var last error
	for {
		err := op()
		if err == nil {
			return nil
		}
		last = err
		time.Sleep(time.Second)
	}
	return last
}
`)
	known := make(map[string]string)
	see := func(when string) func(ast.Stmt, Facts) {
		return func(s ast.Stmt, f Facts) {
			for _, obj := range f.Errors() {
				known[when+" "+strings.Split(text.Text(s), "\n")[0]] += obj.Name()
			}
		}
	}
	p.Walk(Watch{At: see("at"), Before: see("before")})
	for at, want := range map[string]string{"at last = err": "err", "before last = err": "err", "at err := op()": "", "at return nil": ""} {
		if known[at] != want {
			t.Errorf("%s: errors %q, want %q", at, known[at], want)
		}
	}
	exits := p.Walk(Watch{}).Exits
	facts := exits[len(exits)-1].Facts
	errs := facts.Errors()
	if len(errs) != 2 || facts.CopyOf(errs[0]) != errs[1] || !facts.Wrote(errs[0]) || facts.Since(errs[0]) <= facts.Since(errs[1]) {
		t.Errorf("of the copy is known: %v, %v", errs, facts)
	}
}

// What is known where two ways meet is what both of them know.
func TestOr(t *testing.T) {
	p, _, _ := passOf(t, "func f() {\n\tfor {\n\t\terr := op()\n\t\t_, other := get()\n\t\tif err != nil && other != nil {\n\t\t\treturn\n\t\t}\n\t\ttime.Sleep(time.Second)\n\t}\n}\n")
	exits := p.Walk(Watch{}).Exits
	both := exits[0].Facts
	one := both.clone()
	delete(one.errs, both.Errors()[1])
	if got := both.Or(one).Errors(); len(got) != 1 || got[0] != both.Errors()[0] {
		t.Errorf("got %v", got)
	}
	if len(both.Errors()) != 2 {
		t.Error("facts have changed where they were merged")
	}
}
