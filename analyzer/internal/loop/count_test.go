package loop

import (
	"fmt"
	"go/ast"
	"testing"
)

func TestCounter(t *testing.T) {
	for _, test := range []struct{ src, want string }{
		{"for n := 0; n < 3; n++ { op() }", "n from 0 by 1"},
		{"for n := 3; n > 0; n-- { op() }", "n from 3 by -1"},
		{"for n := range 3 { op(); log.Print(n) }", "n from 0 by 1"},
		{"n := 1\nfor { op(); if n > 3 { break }; n++ }", "n from 1 by 1"},
		{"var n int\nfor { op(); if n > 3 { break }; n++ }", "n from 0 by 1"},
		{"var n, m = func() (int, int) { return 1, 2 }()\nlog.Print(m)\nfor { op(); if n > 3 { break }; n++ }", ""},
		{"var n int\nif op() != nil { n = 1 }\nfor { op(); if n > 3 { break }; n++ }", ""},
		{"n := 1\nfor { op(); n++ }", ""},
		{"n := 1\nfor { op(); if n > 3 { break }; n++; n = 2 }", ""},
		{"n := 1\nfor { op(); if n > 3 { break }; n++; n++ }", ""},
		{"func f(n int) { for { op(); if n == 0 { break }; n-- } }", "n from n by -1"},
		{"func f(n int) { n = len(\"abc\"); for { op(); if n == 0 { break }; n-- } }", "n from len(\"abc\") by -1"},
		{"func f(n int) { log.Print(&n); for { op(); if n == 0 { break }; n-- } }", ""},
		{"for range 3 { op() }", ""},
		{"for { op() }", ""},
	} {
		l := must(t, test.src)
		got := ""
		if c := l.Counter(); c != nil {
			start := "0"
			if c.Start != nil && c.Start.Pos().IsValid() {
				start = l.text.Text(c.Start)
			}
			got = fmt.Sprintf("%s from %s by %d", c.Obj.Name(), start, c.Step)
		}
		if got != test.want {
			t.Errorf("%s: got %q, want %q", test.src, got, test.want)
		}
	}
}

// In which passes a test of the counter holds, in loops of a known number of passes,
// and of one that is not known, which is 0 here.
func TestWhen(t *testing.T) {
	names := map[When]string{Sometimes: "sometimes", LastOnly: "last", ExceptLast: "except last", FirstOnly: "first", ExceptFirst: "except first"}
	for _, test := range []struct {
		passes          int64
		src, cond, want string
	}{
		{3, "for n := 0; n < 3; n++ { op(); if n == 2 {} }", "n == 2", "last"},
		{3, "for n := 0; n < 3; n++ { op(); if n < 2 {} }", "n < 2", "except last"},
		{3, "for n := 0; n < 3; n++ { op(); if n > 0 {} }", "n > 0", "except first"},
		{3, "for n := 0; n < 3; n++ { op(); if n == 0 {} }", "n == 0", "first"},
		{3, "for n := 0; n < 3; n++ { op(); if n == 1 {} }", "n == 1", "sometimes"},
		{3, "for n := 0; n < 3; n++ { op(); if n > 5 {} }", "n > 5", "sometimes"},
		{4, "for n := 1; n <= 4; n++ { op(); if n+1 > 4 {} }", "n+1 > 4", "last"},
		{3, "for n := 3; n > 0; n-- { op(); if n == 1 {} }", "n == 1", "last"},
		{3, "n := 0\nfor { op(); n++; if n == 3 { break } }", "n == 3", "last"},
		{3, "n := 0\nfor { op(); if n == 2 { break }; n++ }", "n == 2", "last"},
		{3, "for n := 0; n < 3; n++ { op(); if err != nil {} }", "err != nil", "sometimes"},
		{3, "for n := range 3 { op(); if n < 2 {} }", "n < 2", "except last"},
		{0, "for n := 3; n > 0; n-- { op(); if n == 1 {} }", "n == 1", "last"},
		{0, "func f(most int) { for n := 0; n < most; n++ { op(); if n < most-1 {} } }", "n < most-1", "except last"},
		{0, "func f(most int) { for n := 0; n < most; n++ { op(); if n > 0 {} } }", "n > 0", "except first"},
		{0, "for n := 0; ; n++ { op(); if n == 0 {} }", "n == 0", "first"},
		{0, "func f(most int) { for left := most; left > 0; left-- { op(); if most-left > 0 {} } }", "most-left > 0", "except first"},
		{0, "func f(most int) { for left := most; left > 0; left-- { op(); if 1 > most-left {} } }", "1 > most-left", "first"},
		{0, "func f(most uint) { for left := most; left > 0; left-- { op(); if most-left > 0 {} } }", "most-left > 0", "sometimes"},
		{0, "func f(most int) { for left := most; left > 0; left-- { op(); most--; if most-left > 0 {} } }", "most-left > 0", "sometimes"},
		{0, "const most = 3\nlimit := 2\nfor n := 0; ; n++ { op(); if n == limit {} }", "n == limit", "sometimes"},
		{3, "limit := 2\nfor n := 0; n < 3; n++ { op(); if n == limit {} }", "n == limit", "last"},
		{3, "limit := 2\nfor n := 0; n < 3; n++ { op(); limit++; if n == limit {} }", "n == limit", "sometimes"},
		{3, "for { op(); if err == nil {} }", "err == nil", "sometimes"},
	} {
		l := must(t, test.src)
		p := l.Passes(l.Counter(), Number{Offset: test.passes}, test.passes > 0)
		if got := names[p.When(l.expr(test.cond))]; got != test.want {
			t.Errorf("%s, %d passes: %s: got %s, want %s", test.src, test.passes, test.cond, got, test.want)
		}
	}
}

func TestAt(t *testing.T) {
	l := must(t, "n := 0\nfor { op(); if n < 1 {}; n++; if n < 2 {}; if n > len(\"abc\") {} }")
	p := l.Passes(l.Counter(), Number{}, false)
	for _, test := range []struct {
		cond  string
		pass  int64
		holds bool
		known bool
	}{
		{"n < 1", 1, true, true}, {"n < 1", 2, false, true}, {"n < 2", 1, true, true}, {"n < 2", 2, false, true}, {`n > len("abc")`, 2, false, true},
	} {
		holds, known := p.At(l.expr(test.cond).(*ast.BinaryExpr), test.pass)
		if holds != test.holds || known != test.known {
			t.Errorf("%s in pass %d: %v, %v", test.cond, test.pass, holds, known)
		}
	}
	if n, ok := p.First(l.expr("n")); !ok || !n.Constant() || n.Offset != 1 {
		t.Errorf("the first, where it has been counted, is %v, %v", n, ok)
	}
}

func TestNumber(t *testing.T) {
	a, b := &ast.Ident{Name: "a"}, &ast.Ident{Name: "b"}
	x, y := Number{Expr: a, Offset: 2}, Number{Expr: b}
	if sum, ok := x.Plus(Number{Offset: 3}); !ok || sum.Expr != ast.Expr(a) || sum.Offset != 5 {
		t.Errorf("a+2+3 is %v", sum)
	}
	if _, ok := x.Plus(y); ok {
		t.Error("a+b has two expressions")
	}
	if d, ok := x.Plus(y.Negated()); !ok || d.Expr != ast.Expr(a) || d.Less != ast.Expr(b) || d.Offset != 2 {
		t.Errorf("a+2-b is %v", d)
	}
	if d, ok := x.Minus(Number{Expr: &ast.Ident{Name: "a"}}); !ok || d != 2 {
		t.Errorf("a+2-a is %d, %v", d, ok)
	}
	if _, ok := x.Minus(y); ok {
		t.Error("a+2-b is no constant")
	}
	if n := x.Add(-2); n.Offset != 0 || n.Constant() {
		t.Errorf("a is %v", n)
	}
}
