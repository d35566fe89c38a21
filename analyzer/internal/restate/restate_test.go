package restate

import (
	"go/ast"
	"go/format"
	"go/token"
	"strings"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/source/sourcetest"
)

// site returns the cycle of the function f in src.
func site(t *testing.T, src string) Site {
	t.Helper()
	pkg := sourcetest.Package(t, sourcetest.Head+src)
	fn, cycle := sourcetest.Cycle(t, pkg)
	var waits []ast.Node
	ast.Inspect(cycle, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if code.LastName(n.Fun) == "pause" {
				waits = append(waits, n)
			}
		case *ast.UnaryExpr:
			if n.Op == token.ARROW && code.IsTimeChan(pkg.Info.TypeOf(n.X)) {
				waits = append(waits, n)
			}
		}
		return true
	})
	return Site{Source: edit.Source{File: pkg.Files[0], Src: []byte(sourcetest.Head + src)}, Pkg: pkg, Func: fn, Cycle: cycle, Waits: waits}
}

// restated returns src with its cycle in another form, as by New.
func restated(t *testing.T, src string, by func(Site) (*Form, reason.Refusal)) string {
	t.Helper()
	form, refusal := by(site(t, src))
	switch {
	case refusal != nil:
		return "refused: " + string(refusal.Reason()) + "\n"
	case form == nil:
		return "as it is\n"
	}
	return shown(t, form)
}

// shown returns the form's own part of its file, which must compile, and have a loop
// where the form says.
func shown(t *testing.T, form *Form) string {
	t.Helper()
	text := string(form.Src)
	sourcetest.Package(t, text)
	if !strings.HasPrefix(text[form.Loop:], "for ") {
		t.Errorf("no loop at %q", text[form.Loop:])
	}
	out, err := format.Source([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(string(out), sourcetest.Head)
}

// Each source in testdata has the form that stands behind it.
func TestForms(t *testing.T) {
	sourcetest.TablesIn(t, "forms.txtar", sourcetest.Part{Name: "restated", Of: func(t *testing.T, src string) string { return restated(t, src, New) }})
}

// So has each that is written in another way than the normal one.
func TestNormal(t *testing.T) {
	sourcetest.TablesIn(t, "normal.txtar", sourcetest.Part{Name: "normal", Of: func(t *testing.T, src string) string { return restated(t, src, Normal) }})
}

// Lines that are left out take with them what only serves them.
func TestWithout(t *testing.T) {
	const before = `func f() error {
	failures := 0
	for {
		err := op()
		if err == nil {
			return nil
		}
		failures++
		log.Print(failures, err)
		time.Sleep(time.Second)
	}
}
`
	const after = `func f() error {
	for {
		err := op()
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
}
`
	of := site(t, before)
	line := of.Cycle.(*ast.ForStmt).Body.List[3]
	form := Without(of, []ast.Stmt{line})
	if form == nil {
		t.Fatal("no form")
	}
	if got := shown(t, form); got != after {
		t.Errorf("got\n%s\nwant\n%s", got, after)
	}
}

const rotates = `func f() error {
	// The first one.
	err := op()
	for err != nil {
		time.Sleep(time.Second) // a while
		err = op()
	}
	return err // at last
}
`

// What stands in a form is found in the file: in front, behind, and on lines that
// are the same in both.
func TestOrigin(t *testing.T) {
	of := site(t, rotates)
	form, _ := New(of)
	if form == nil {
		t.Fatal("no form")
	}
	base := token.Pos(1000)
	for _, test := range []struct {
		mark  string
		found bool
	}{
		{"func f()", true}, {"return err // at last", true}, {"time.Sleep(time.Second)", true}, {"if err == nil", false},
	} {
		at := form.Origin(base+token.Pos(strings.Index(string(form.Src), test.mark)), base)
		if at.IsValid() != test.found {
			t.Errorf("%q: found is %v", test.mark, at.IsValid())
		}
		if at.IsValid() && !strings.HasPrefix(string(of.Src[of.Offset(at):]), test.mark) {
			t.Errorf("%q: found %q", test.mark, of.Src[of.Offset(at):])
		}
	}
}

// Edits of a form are edits of the file that come to the same text.
func TestBack(t *testing.T) {
	of := site(t, rotates)
	form, _ := New(of)
	if form == nil {
		t.Fatal("no form")
	}
	base := token.Pos(1000)
	in := edit.Source{Src: form.Src, File: &ast.File{FileStart: base}}
	replace := func(old, text string) edit.Edit {
		at := base + token.Pos(strings.Index(string(form.Src), old))
		return edit.Span(at, at+token.Pos(len(old)), text)
	}
	for _, edits := range [][]edit.Edit{
		nil,
		{replace("package p", "package p // first")},
		{replace("time.Sleep(time.Second) // a while\n", "")},
		{replace("return err // at last", "return err")},
		{replace("package p", "package p // first"), replace("err = op()\n", "err = op() // inside\n"), replace("return err // at last", "return err")},
		{replace("// The first one.\n", ""), replace("for {", "for range 3 {")},
	} {
		want := in.Apply(base, base+token.Pos(len(form.Src)), edits)
		got := of.Apply(of.File.FileStart, of.File.FileStart+token.Pos(len(of.Src)), form.Back(edits, base))
		if got != want {
			t.Errorf("%v: got\n%s\nwant\n%s", edits, got, want)
		}
	}
	for _, e := range form.Back([]edit.Edit{replace("package p", "package q"), replace("return err // at last", "return err")}, base) {
		if !code.Within(&ast.BadExpr{From: of.File.FileStart, To: of.File.FileEnd}, &ast.BadExpr{From: e.Pos, To: e.End}) {
			t.Errorf("%v is outside of the file", e)
		}
	}
}

// A refusal of a form names the place in the file.
func TestBackTo(t *testing.T) {
	of := site(t, rotates)
	form, _ := New(of)
	if form == nil {
		t.Fatal("no form")
	}
	base := token.Pos(1000)
	at := base + token.Pos(strings.Index(string(form.Src), "time.Sleep(time.Second) // a while"))
	got := form.BackTo(reason.DelayVaries.At(at), base)
	if got.Reason() != reason.DelayVaries || !strings.HasPrefix(string(of.Src[of.Offset(got.Pos()):]), "time.Sleep(time.Second) // a while") {
		t.Errorf("got %v at %d", got, got.Pos())
	}
	for _, refusal := range []reason.Refusal{nil, reason.DelayVaries} {
		if got := form.BackTo(refusal, base); got != refusal {
			t.Errorf("%v became %v", refusal, got)
		}
	}
}

// Where the delay cannot be told, it cannot be told either where the loop only leaves in
// another place, but it may be where the loop counts in another way.
func TestMends(t *testing.T) {
	const exit = `func f() (err error) {
	for n := 0; n < 3; n++ {
		if err = op(); final(err) {
			return errors.Join(errGaveUp, err)
		}
		time.Sleep(time.Second)
	}
	return errors.Join(errGaveUp, err)
}`
	const count = `func f() (err error) {
	left := 10
	for {
		if err = op(); err == nil {
			return nil
		}
		left--
		if left == 0 {
			return err
		}
		time.Sleep(time.Second)
	}
}`
	for _, test := range []struct {
		name, src string
		own       reason.Reason
		mends     bool
	}{
		{"the way out, the delay", exit, reason.DelayNotKnown, false},
		{"the way out, the shape", exit, reason.ShapeOfCycle, true},
		{"the count, the delay", count, reason.DelayNotKnown, true},
	} {
		form, refusal := New(site(t, test.src))
		if form == nil {
			t.Errorf("%s: no form: %v", test.name, refusal)
		} else if got := form.Mends(test.own); got != test.mends {
			t.Errorf("%s: mends %v", test.name, got)
		}
	}
}
