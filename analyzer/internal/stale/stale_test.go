package stale

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
)

const head = `package m

import (
	"log"
	"time"
)

const units, long = 5, 5 * time.Second

type options struct {
	address string
	wait    time.Duration // how long to wait in between
}

// WithAddress sets the address of the peer.
func WithAddress(address string) func(*options) { return func(o *options) { o.address = address } }

// WithWait sets how long to wait.
func WithWait(d time.Duration) func(*options) {
	return func(o *options) {
		o.wait = d
	}
}

func op(...any) bool { log.Print(); return false }

func draw(d time.Duration) time.Duration { return d }

func context(d time.Duration) time.Duration { return d }

var (
	waited time.Duration
	sum    float64
)

func observe(...float64) {}
`

var files = token.NewFileSet()

var imports = importer.Default() // keeps what it has read

// load returns the first loop of the last function of a source, with what its only
// time.Sleep is given.
func load(t *testing.T, src string) Loop {
	t.Helper()
	file, err := parser.ParseFile(files, "m.go", head+src, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	info := code.NewInfo()
	pkg, err := (&types.Config{Importer: imports}).Check("m", files, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	fn := file.Decls[len(file.Decls)-1]
	l := Loop{
		Pkg: &source.Package{Fset: files, Types: pkg, Info: info, Files: []*ast.File{file}}, File: file, Decl: fn, Fixed: true,
		Computes: func(v types.Object) bool { return v.Name() == "n" },
		Counts:   func(v types.Object) bool { return v.Name() == "n" },
		Stays:    func(s ast.Stmt) bool { return !strings.Contains(types.ExprString(exprOf(s)), "time.Sleep") },
		Goes:     func(*ast.CommentGroup) bool { return false },
		Amounts:  []time.Duration{5 * time.Second},
		Text:     func(n ast.Node) string { return strings.ReplaceAll(n.(*ast.BasicLit).Value, "cut, waiting", "cut") },
	}
	ast.Inspect(fn, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt:
			l.Has = func(pos token.Pos) bool { return n.Pos() <= pos && pos < n.End() }
			l.After = func(pos token.Pos) bool { return n.End() <= pos }
			l.Passed = l.Has
		case *ast.CallExpr:
			if types.ExprString(n.Fun) == "time.Sleep" {
				l.Delays = n.Args
			}
		}
		return true
	})
	return l
}

func exprOf(s ast.Stmt) ast.Expr {
	if s, ok := s.(*ast.ExprStmt); ok {
		return s.X
	}
	return &ast.BadExpr{}
}

// What says how long the delay is stands in the line of the word HERE.
func TestLines(t *testing.T) {
	for _, test := range []struct{ name, wait, body string }{
		{"nothing", "long", `log.Print("again")`},
		{"the delay", "long", `log.Printf("again in %v", long) // HERE`},
		{"the delay, joined to a text", "long", `log.Print("again in " + long.String()) // HERE`},
		{"a time beside what is joined", "long", `s := "a"; op("tcp", s+":"+s, long)`},
		{"a part of a sum", "long + time.Duration(n)", `log.Printf("again in %v", long) // HERE`},
		{"what the delay is a copy of", "d", `d := pause; log.Printf("again in %v", pause) // HERE`},
		{"copies of each other", "d", `var d, e = pause, pause; d = e; e = d; log.Print("again", e)`},
		{"how many units it is", "units * time.Second", `log.Printf("again in %d seconds", units) // HERE`},
		{"how many units, behind", "time.Second * time.Duration(units)", `log.Printf("again in %d seconds", units) // HERE`},
		{"what the passes count", "time.Duration(n) * time.Second", `log.Printf("attempt %d", n)`},
		{"how many units it is, computed", "time.Duration(secs) * time.Second", `secs := 2 * n; log.Printf("%d again", secs) // HERE`},
		{"computed anew", "time.Second * time.Duration(n) * 20", `log.Printf("again in %ds", 20*n) // HERE`},
		{"computed anew, in another unit", "time.Duration((n+1)*4) * time.Second", `log.Printf("again in %v", 4000*(n+1)) // HERE`},
		{"computed anew, with a shift", "time.Second << n", `log.Printf("again in %v", (time.Second << n).Seconds()) // HERE`},
		{"another number of the pass", "time.Second * time.Duration(n) * 20", `log.Printf("%d of 100", 30*n)`},
		{"a number of no unit", "time.Second * time.Duration(n) * 20", `log.Printf("%d of 100", 2*n)`},
		{"what the passes count, from one", "time.Duration(n+1) * time.Second", `log.Printf("attempt %d", n+1)`},
		{"a key that says it", "long", `op("retry-interval", long) // HERE`},
		{"a key that says something else", "long", `op("tcp", long)`},
		{"an amount", "long", `log.Print("again in 5s") // HERE`},
		{"an amount in a format", "long", `log.Printf("%v, again in %d seconds", op(), 5) // HERE`},
		{"another amount in a format", "long", `log.Printf("%v, again in %d seconds", op(), 7)`},
		{"an amount in a comment", "long", `op() // HERE after 5 seconds`},
		{"a constant in a comment", "long", `op() // HERE with long between attempts`},
		{"a constant in a comment on something else", "long", `op() // long names`},
		{"a sleep that moves", "long", `op() // HERE sleeping helps`},
		{"what the passes compute, in a comment", "time.Duration(n)", "op() // waits longer with a greater n"},
		{"a point in time", "long", `op(time.Now().Add(5 * time.Second)) // HERE`},
		{"the time of something else", "long", `op(context(5 * time.Second))`},
		{"a sum of delays", "long", `waited += long // HERE`},
		{"a sum of units", "time.Duration(n) * long", `sum += (time.Duration(n) * long).Seconds() // HERE`},
		{"units that are counted", "time.Second", `log.Printf("%d seconds left", n) // HERE`},
		{"units that are not", "2*time.Second", `log.Printf("%d seconds left", n)`},
		{"something else that is counted", "time.Second", `log.Printf("%d servers left", n)`},
		{"an interval in a comment", "pause", `op() // HERE every [pause]`},
		{"a list of the delays", "time.Duration(n) * time.Second", `op() // HERE 1s, 2s, 3s, ...`},
		{"how they grow", "time.Duration(n) * time.Second", `op() // HERE linear backoff`},
		{"that they are drawn", "draw(long)", `op() // HERE with jitter`},
		{"what is drawn besides", "long", `op() // at random`},
		{"what was done before", "long", `log.Print("waiting") // HERE`},
		{"what was done before, and is cut", "long", `log.Print("cut, waiting")`},
		{"what a time is rounded to", "time.Second", `log.Printf("failed after %v", pause.Round(time.Second))`},
		{"what is done next", "long", `log.Print("going on")`},
		{"a field and its option", "new(options).wait", `op()`},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := load(t, "\nfunc f(pause time.Duration) {\n\tfor n := 0; ; n++ {\n\t\t"+test.body+"\n\t\ttime.Sleep("+test.wait+")\n\t}\n}\n")
			l.Moves, l.Linear, l.Random = true, strings.Contains(test.wait, "n)"), strings.Contains(test.wait, "draw")
			l.Today, l.With = []time.Duration{time.Second, 2 * time.Second, 3 * time.Second}, []time.Duration{time.Second, 2 * time.Second, 4 * time.Second}
			if test.wait == "time.Second" {
				l.Amounts = []time.Duration{time.Second}
			}
			var want, got []int
			for i, line := range strings.Split(head+"\n\n\n"+test.body, "\n") {
				if strings.Contains(line, "HERE") || strings.Contains(test.name, "option") && strings.Contains(line, " to wait") {
					want = append(want, i+1)
				}
			}
			for _, pos := range l.Lines() {
				got = append(got, l.Pkg.Fset.Position(pos).Line)
			}
			if !slices.Equal(got, want) {
				t.Errorf("got lines %v, want %v", got, want)
			}
		})
	}
}

// What stands behind the loop is found where it names a delay, and in front of it where it
// multiplies one.
func TestOutside(t *testing.T) {
	l := load(t, `
func f(pause time.Duration, most int) {
	log.Printf("up to %v", time.Duration(most)*pause)
	log.Printf("asks every %v, for %v", pause, time.Duration(most)*time.Second)
	for n := 0; n < 3; n++ {
		time.Sleep(pause)
	}
	log.Printf("not there after %v", 3*pause)
	log.Printf("goes on for %v", time.Second)
}
`)
	l.Amounts = nil
	var got []int
	for _, pos := range l.Lines() {
		got = append(got, l.Pkg.Fset.Position(pos).Line-strings.Count(head, "\n"))
	}
	if want := []int{3, 8}; !slices.Equal(got, want) {
		t.Errorf("got lines %v, want %v", got, want)
	}
}

// What calls are given is told apart from comments and amounts.
func TestTold(t *testing.T) {
	l := load(t, `
func f(n time.Duration) {
	for {
		log.Printf("again in %v", n)
		log.Print("again in 5s")
		time.Sleep(n)
	}
}
`)
	l.Amounts = nil
	if got := l.Told(); len(got) != 1 {
		t.Errorf("got %d places", len(got))
	}
}

// What counts a delay is a sum, or a call that is given no text.
func TestCounted(t *testing.T) {
	for _, test := range []struct {
		body string
		want bool
	}{
		{`waited += n`, true},
		{`sum += n.Seconds()`, true},
		{`sum += float64(n) / float64(time.Second)`, true},
		{`observe(n.Seconds())`, true},
		{`observe(float64(n.Milliseconds()))`, true},
		{`observe(n.Seconds() / 7)`, false},
		{`waited += time.Second`, false},
		{`n += n`, false},
		{`log.Printf("again in %v", n)`, false},
		{`if n > time.Minute { break }`, false},
	} {
		l := load(t, "\nfunc f(n time.Duration) {\n\tfor {\n\t\t"+test.body+"\n\t\ttime.Sleep(n)\n\t}\n}\n")
		if got := l.Counted().IsValid(); got != test.want {
			t.Errorf("%s: got %v", test.body, got)
		}
	}
}

// What bounds the loop by the delays is a sum of them, or one as often as the passes count.
func TestBounds(t *testing.T) {
	for _, test := range []struct {
		body string
		want bool
	}{
		{`waited += step; if waited > time.Minute { break }`, true},
		{`if waited > time.Minute { break }; waited += step`, true},
		{`waited += step; log.Print(waited)`, false},
		{`waited += time.Second; if waited > time.Minute { break }`, false},
		{`if time.Duration(n)*step > time.Minute { break }`, true},
		{`if time.Minute <= step*time.Duration(n) { break }`, true},
		{`if time.Duration(n)*time.Second > time.Minute { break }`, false},
		{`if step > time.Minute { step = time.Minute }`, false},
		{`if waited > 10*step { break }`, false},
		{`if time.Duration(n)*step*2 > time.Minute { break }`, false},
		{`if n*units > 60 { break }`, false},
		{`log.Print(time.Duration(n)*step)`, false},
	} {
		l := load(t, "\nfunc f(step time.Duration) {\n\tfor n := 0; ; n++ {\n\t\t"+test.body+"\n\t\ttime.Sleep(step)\n\t}\n}\n")
		if got := l.Bounds().IsValid(); got != test.want {
			t.Errorf("%s: got %v", test.body, got)
		}
	}
	constant := load(t, "\nfunc f(most time.Duration) {\n\tfor n := 0; time.Duration(n)*200*time.Millisecond < most; n++ {\n\t\ttime.Sleep(200 * time.Millisecond)\n\t}\n}\n")
	if !constant.Bounds().IsValid() {
		t.Error("a constant as often as the passes count is missing")
	}
}
