package tidy

import "testing"

func TestBody(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"an end gets its return", "a()", "a()\nreturn nil"},
		{"the call itself", "err := op()\nreturn err", "return op()"},
		{"a test for success", "err := op()\nif err == nil {\nreturn nil\n}\nreturn err", "return op()"},
		{"a test for failure", "if err := op(); err != nil {\nreturn err\n}\nreturn nil", "return op()"},
		{"a test in front", "if v, err = op(); err == nil {\nreturn nil\n}\nreturn err", "v, err = op()\nreturn err"},
		{"work on failure, and its return", "v, err := op()\nif err != nil {\nlog(err)\nreturn v, err\n}\nreturn v, nil", "v, err := op()\nif err != nil {\nlog(err)\n}\nreturn v, err"},
		{"work on failure that sets the error", "v, err := op()\nif err != nil {\nerr := wrap(err)\nreturn v, err\n}\nreturn v, nil", "v, err := op()\nif err != nil {\nerr := wrap(err)\nreturn v, err\n}\nreturn v, nil"},
		{"an empty else", "err := op()\nif err == nil {\nreturn nil\n} else {\n}\nreturn err", "return op()"},
		{"a comment keeps the else", "if ok {\na()\n} else {\n// later\n}", "if ok {\na()\n} else {\n// later\n}\nreturn nil"},
		{"the same return twice", "if err != nil {\nlog(err)\nreturn err\n}\nreturn err", "if err != nil {\nlog(err)\n}\nreturn err"},
		{"work on failure", "err := op()\nif err == nil {\nreturn nil\n}\nlog(err)\nreturn err", "err := op()\nif err != nil {\nlog(err)\n}\nreturn err"},
		{"work on failure, behind an empty line", "err := op()\nif err == nil {\nreturn nil\n}\n\n// why\nlog(err)\nreturn err", "err := op()\nif err != nil {\n// why\nlog(err)\n}\nreturn err"},
		{"work on failure, and a value", "v, err := op()\nif err == nil {\nreturn v, nil\n}\nlog(err)\nreturn v, err", "v, err := op()\nif err != nil {\nlog(err)\n}\nreturn v, err"},
		{"another value", "v, err := op()\nif err == nil {\nreturn v, nil\n}\nlog(err)\nreturn 0, err", "v, err := op()\nif err == nil {\nreturn v, nil\n}\nlog(err)\nreturn 0, err"},
		{"work that leaves", "err := op()\nif err == nil {\nreturn nil\n}\nif final(err) {\nreturn stop(err)\n}\nreturn err", "err := op()\nif err == nil {\nreturn nil\n}\nif final(err) {\nreturn stop(err)\n}\nreturn err"},
		{"a comment keeps the test", "err := op()\nif err == nil {\nreturn nil // worked\n}\nreturn err", "err := op()\nif err == nil {\nreturn nil // worked\n}\nreturn err"},
		{"other work keeps it", "if err := op(); err != nil {\nlog(err)\nreturn err\n}\nreturn nil", "if err := op(); err != nil {\nlog(err)\nreturn err\n}\nreturn nil"},
		{"a final error is an error", "err := op()\nif err == nil {\nreturn nil\n}\nif errors.Is(err, errFinal) || os.IsNotExist(err) && again {\nreturn final(err)\n}\nreturn err",
			"err := op()\nif errors.Is(err, errFinal) || os.IsNotExist(err) && again {\nreturn final(err)\n}\nreturn err"},
		{"what is done where it is not final", "err := op()\nif err == nil {\nreturn nil\n}\nif errors.Is(err, errFinal) {\nreturn final(err)\n} else {\nlog(err)\n}\nreturn err",
			"err := op()\nif err == nil {\nreturn nil\n}\nif errors.Is(err, errFinal) {\nreturn final(err)\n} else {\nlog(err)\n}\nreturn err"},
		{"what may hold without an error", "err := op()\nif err == nil {\nreturn nil\n}\nif errors.Is(err, errFinal) || again {\nreturn final(err)\n}\nreturn err",
			"err := op()\nif err == nil {\nreturn nil\n}\nif errors.Is(err, errFinal) || again {\nreturn final(err)\n}\nreturn err"},
		{"final errors in one level", "err := op()\nif err != nil {\nif errors.Is(err, errFinal) {\nreturn final(err)\n}\nreturn err\n}\nreturn nil", "err := op()\nif errors.Is(err, errFinal) {\nreturn final(err)\n}\nreturn err"},
		{"in one level only what asks for an error", "err := op()\nif err != nil {\nif again {\nreturn final(err)\n}\nreturn err\n}\nreturn nil", "err := op()\nif err != nil {\nif again {\nreturn final(err)\n}\nreturn err\n}\nreturn nil"},
		{"work on failure in the test", "err = op()\nif err != nil {\nlog(err)\nreturn err\n}\nreturn nil", "err = op()\nif err != nil {\nlog(err)\n}\nreturn err"},
		{"an error is one", "err := op()\nif err != nil && errors.Is(err, errFinal) {\nreturn final(err)\n}\nreturn err", "err := op()\nif errors.Is(err, errFinal) {\nreturn final(err)\n}\nreturn err"},
		{"an error or something else", "err := op()\nif err != nil && (errors.Is(err, errFinal) || again) {\nreturn final(err)\n}\nreturn err", "err := op()\nif err != nil && (errors.Is(err, errFinal) || again) {\nreturn final(err)\n}\nreturn err"},
		{"several final errors", "err := op()\nif err == nil {\nreturn nil\n}\nif errors.Is(err, errFinal) {\nreturn final(err)\n}\nif os.IsNotExist(err) {\nreturn final(errGone)\n}\nreturn err",
			"err := op()\nif errors.Is(err, errFinal) {\nreturn final(err)\n}\nif os.IsNotExist(err) {\nreturn final(errGone)\n}\nreturn err"},
		{"a switch of two", "err := op()\nswitch err {\ncase errBusy, b.ErrBusy:\nreturn err\ndefault:\nlog(err)\nreturn final(err)\n}", "err := op()\nif err == errBusy || err == b.ErrBusy {\nreturn err\n}\nlog(err)\nreturn final(err)"},
		{"a switch of conditions", "err := op()\nswitch {\ncase again(err):\nreturn err\ndefault:\nreturn final(err)\n}", "err := op()\nif again(err) {\nreturn err\n}\nreturn final(err)"},
		{"a switch of what is computed", "switch err := op(); err {\ncase errBusy:\nreturn err\ndefault:\nreturn final(err)\n}", "switch err := op(); err {\ncase errBusy:\nreturn err\ndefault:\nreturn final(err)\n}"},
		{"a switch with a way on", "err := op()\nswitch err {\ncase errBusy:\nlog(err)\ndefault:\nreturn final(err)\n}", "err := op()\nswitch err {\ncase errBusy:\nlog(err)\ndefault:\nreturn final(err)\n}\nreturn nil"},
		{"a switch with a comment", "err := op()\nswitch err {\n// not yet\ncase errBusy:\nreturn err\ndefault:\nreturn final(err)\n}", "err := op()\nswitch err {\n// not yet\ncase errBusy:\nreturn err\ndefault:\nreturn final(err)\n}"},
		{"a result beside the error", "err := op()\nif err == nil {\nreturn struct{}{}, nil\n}\nreturn struct{}{}, err", "return struct{}{}, op()"},
	} {
		if got := Body(test.text, "return nil", false); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

func TestBodyNoValue(t *testing.T) {
	for _, text := range []string{
		"err := op()\nif err == nil {\nreturn struct{}{}, nil\n}\nreturn struct{}{}, err",
		"err := op()\nreturn struct{}{}, err",
	} {
		if got := Body(text, "return struct{}{}, nil", false); got != "return struct{}{}, op()" {
			t.Errorf("%s: got %s", text, got)
		}
	}
	const value = "err := op(&v)\nreturn v, err"
	if got := Body(value, "return v, nil", false); got != value {
		t.Errorf("v is read before the call: %s", got)
	}
}

func TestBodyValue(t *testing.T) {
	text := "v, err := op()\nif err == nil {\nreturn v, nil\n}\nreturn 0, err"
	if got := Body(text, "return 0, nil", true); got != "return op()" {
		t.Errorf("got %s", got)
	}
	if got := Body(text, "return 0, nil", false); got != text {
		t.Errorf("the zero value beside an error was lost:\n%s", got)
	}
	text = "v, err := op()\nif err != nil {\nif errors.Is(err, errFinal) {\nreturn 0, final(err)\n}\nreturn 0, err\n}\nreturn v, nil"
	if got := Body(text, "return 0, nil", true); got != "v, err := op()\nif errors.Is(err, errFinal) {\nreturn 0, final(err)\n}\nreturn v, err" {
		t.Errorf("got %s", got)
	}
	text = "v, err := op()\nif err == nil {\nreturn v.Name, nil\n}\nlog(err)\nreturn 0, err"
	if got := Body(text, "return 0, nil", true); got != text {
		t.Errorf("a value that may not be there is asked for:\n%s", got)
	}
}

func TestTail(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"if err := retry(); err != nil {\nreturn err\n}\nreturn nil", "return retry()"},
		{"v, err := retry()\nif err != nil {\nreturn v, err\n}\nreturn v, nil", "return retry()"},
		{"if err := retry(); err != nil {\nreturn false, err\n}\nreturn false, nil", "return false, retry()"},
		{"s, err = retry()\nif err != nil {\nreturn\n}\nreturn", "s, err = retry()\nreturn"},
		{"if err := retry(); err != nil {\nreturn true\n}\nreturn false", "return retry() != nil"},
		{"if err := retry(); err == nil {\nreturn false\n}\nreturn true", "return retry() != nil"},
		{"if err := retry(); err != nil {\nreturn false\n}\nreturn ok", "if err := retry(); err != nil {\nreturn false\n}\nreturn ok"},
		{"if err := retry(); err != nil {\nreturn v, err\n}\nreturn v, nil", "err := retry()\nreturn v, err"},
		{"if err := retry(); err != nil {\nreturn false, err\n}\nreturn true, nil", "if err := retry(); err != nil {\nreturn false, err\n}\nreturn true, nil"},
	} {
		if got := Tail(test.text); got != test.want {
			t.Errorf("%s\ngot\n%s\nwant\n%s", test.text, got, test.want)
		}
	}
}

func TestUnlabel(t *testing.T) {
	const was = "l:\nfor {\nselect {\ncase <-c:\nbreak l\n}\n}"
	for _, test := range []struct{ text, want string }{
		{"l:\nfor {\nif stop() {\nbreak l\n}\ncontinue l\n}", "for {\nif stop() {\nbreak\n}\ncontinue\n}"},
		{"l:\nfor {\n}", "for {\n}"},
		{"l:\nfor {\n}\ngoto l", "l:\nfor {\n}\ngoto l"},
		{was, was},
		{"l:\nfor {\nswitch {\ncase true:\ncontinue l\n}\n}", "for {\nswitch {\ncase true:\ncontinue\n}\n}"},
		{"l:\nfor {\nfor {\ncontinue l\n}\n}", "l:\nfor {\nfor {\ncontinue l\n}\n}"},
		{"for {\nbreak\n}", "for {\nbreak\n}"},
	} {
		if got := Unlabel(test.text, "l", was); got != test.want {
			t.Errorf("%s\ngot\n%s\nwant\n%s", test.text, got, test.want)
		}
	}
	if text := "l:\nfor {\nbreak l\n}"; Unlabel(text, "l", text) != text {
		t.Error("a label goes that was never needed")
	}
}

func TestDropsError(t *testing.T) {
	for _, test := range []struct {
		text    string
		results bool
		want    bool
	}{
		{"if err := op(); err != nil {\nreturn\n}\nreturn", false, true},
		{"if err := op(); err != nil {\nreturn\n}", false, true},
		{"if err := op(); err != nil {\nlog(err)\n}", false, false},
		{"err = op()\nif err != nil {\nreturn\n}", true, false},
		{"return op()", true, false},
	} {
		if got := DropsError(test.text, test.results); got != test.want {
			t.Errorf("%s: got %v", test.text, got)
		}
	}
}

func TestMarked(t *testing.T) {
	mark := func(err string) string { return "final(" + err + ")" }
	for _, test := range []struct{ name, text, want string }{
		{"the call itself", "err := op()\nif errors.Is(err, ErrA) || errors.Is(err, b.ErrB) {\nreturn final(err)\n}\nreturn err", "return final(op(), ErrA, b.ErrB)"},
		{"several tests", "err := op()\nlog(err)\nif errors.Is(err, ErrA) {\nreturn final(err)\n}\nif errors.Is(err, ErrB) {\nreturn final(err)\n}\nreturn err", "err := op()\nlog(err)\nreturn final(err, ErrA, ErrB)"},
		{"beside a value", "v, err := op()\nif errors.Is(err, ErrA) {\nreturn 0, final(err)\n}\nreturn v, err", "v, err := op()\nreturn v, final(err, ErrA)"},
		{"another error is final", "err := op()\nif errors.Is(err, ErrA) {\nreturn final(errB)\n}\nreturn err", ""},
		{"another error is returned", "err := op()\nif errors.Is(err, ErrA) {\nreturn final(err)\n}\nreturn errB", ""},
		{"more than kinds", "err := op()\nif errors.Is(err, ErrA) || again {\nreturn final(err)\n}\nreturn err", ""},
		{"a kind that is made", "err := op()\nif errors.Is(err, kind()) {\nreturn final(err)\n}\nreturn err", ""},
		{"a comment", "err := op()\n// it is gone\nif errors.Is(err, ErrA) {\nreturn final(err)\n}\nreturn err", "err := op()\n// it is gone\nreturn final(err, ErrA)"},
		{"a comment on the test", "err := op()\nif errors.Is(err, ErrA) {\n// it is gone\nreturn final(err)\n}\nreturn err", ""},
		{"nothing is final", "return op()", ""},
	} {
		if test.want == "" {
			test.want = test.text
		}
		if got := Marked(test.text, mark); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

func TestMarkedNil(t *testing.T) {
	mark := func(err string) string { return "final(" + err + ")" }
	for _, test := range []struct{ text, want string }{
		{"v, err := op()\nif err == nil || errors.Is(err, ErrA) {\nreturn v, final(err)\n}\nreturn v, err", "v, err := op()\nif errors.Is(err, ErrA) {\nreturn v, final(err)\n}\nreturn v, err"},
		{"err := op()\nif err == nil || !errors.Is(err, ErrA) {\nreturn final(err)\n}\nreturn err", "err := op()\nif !errors.Is(err, ErrA) {\nreturn final(err)\n}\nreturn err"},
		{"err := op()\nif err == nil || !again(err) {\nreturn final(err)\n}\nreturn err", ""},
		{"v, err := op()\nif err == nil || errors.Is(err, ErrA) {\nreturn v, final(err)\n}\nreturn 0, err", ""},
		{"err := op()\nif err == nil {\nreturn final(err)\n}\nreturn err", ""},
	} {
		if test.want == "" {
			test.want = test.text
		}
		if got := MarkedNil(test.text, mark); got != test.want {
			t.Errorf("got\n%s\nwant\n%s", got, test.want)
		}
	}
}

func TestLiftTest(t *testing.T) {
	for _, test := range []struct {
		name, text string
		ends       bool
		want       string
	}{
		{"a return at the end", "for {\nif !b.Wait(done) {\nreturn\n}\nwork()\n}", true, "for b.Wait(done) {\nwork()\n}"},
		{"a return elsewhere", "for {\nif !b.Wait(done) {\nreturn\n}\nwork()\n}", false, "for {\nif !b.Wait(done) {\nreturn\n}\nwork()\n}"},
		{"a break", "a:\nfor {\nif w.Wait(ctx) != nil {\nbreak\n}\nwork()\n}", false, "a:\nfor w.Wait(ctx) == nil {\nwork()\n}"},
		{"more than leaving", "for {\nif !b.Wait(done) {\nlog()\nreturn\n}\nwork()\n}", true, "for {\nif !b.Wait(done) {\nlog()\nreturn\n}\nwork()\n}"},
		{"a comment", "for { // on\nif !b.Wait(done) {\nreturn\n}\nwork()\n}", true, "for { // on\nif !b.Wait(done) {\nreturn\n}\nwork()\n}"},
		{"an error with a name", "for {\nif err := w.Wait(ctx); err != nil {\nreturn\n}\nwork()\n}", true, "for {\nif err := w.Wait(ctx); err != nil {\nreturn\n}\nwork()\n}"},
		{"a header", "for i := 0; i < n; i++ {\nif !b.Wait(done) {\nreturn\n}\nwork()\n}", true, "for i := 0; i < n; i++ {\nif !b.Wait(done) {\nreturn\n}\nwork()\n}"},
	} {
		if got := LiftTest(test.text, test.ends, false); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

// What is done where the wait has ended moves behind a loop that nothing else leaves for there.
func TestLiftAlone(t *testing.T) {
	const loop = "for {\nif !b.Wait(done) {\nlog() // over\nreturn err\n}\nwork()\n}"
	for _, test := range []struct {
		text string
		ends bool
		want string
	}{
		{loop, false, "for b.Wait(done) {\nwork()\n}\nlog() // over\nreturn err"},
		{"for {\nif !b.Wait(done) {\nlog()\nreturn\n}\nwork()\n}", true, "for b.Wait(done) {\nwork()\n}\nlog()"},
		{"for {\nif !b.Wait(done) {\npanic(err)\n}\nwork()\n}", false, "for b.Wait(done) {\nwork()\n}\npanic(err)"},
		{"for {\nif !b.Wait(done) {\nreturn err\n}\nif work() {\nbreak\n}\n}", false, ""},
		{"a:\n" + loop, false, ""},
		{"for {\nif !b.Wait(done) {\nif alive() {\ncontinue\n}\nreturn err\n}\nwork()\n}", false, ""},
		{"for {\nif !b.Wait(done) {\nn, err := flush()\nreturn err\n}\nwork()\n}", false, ""},
		{"for {\nif !b.Wait(done) {\nvar err error\nreturn err\n}\nwork()\n}", false, ""},
		{"for {\nif !b.Wait(done) {\nlog()\n}\nwork()\n}", false, ""},
	} {
		if test.want == "" {
			test.want = test.text
		}
		if got := LiftTest(test.text, test.ends, true); got != test.want {
			t.Errorf("got\n%s\nwant\n%s", got, test.want)
		}
	}
}

// A return at the end of a function goes, with what it ends or after it.
func TestDropReturn(t *testing.T) {
	for text, want := range map[string]string{
		"f()\nreturn":                           "f()",
		"return":                                "return",
		"if bad {\n\tf()\n\treturn\n}":          "if bad {\n\tf()\n}",
		"if bad {\n\treturn\n}":                 "if bad {\n\treturn\n}",
		"if bad {\n\tf()\n\treturn\n}\ng()":     "if bad {\n\tf()\n\treturn\n}\ng()",
		"f()\nreturn err":                       "f()\nreturn err",
		"f()\n// there is no more\nreturn":      "f()\n// there is no more\nreturn",
		"if bad {\n\tf()\n\treturn\n} else { }": "if bad {\n\tf()\n\treturn\n} else { }",
	} {
		if got := DropReturn(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestMarkedEach(t *testing.T) {
	mark := func(err string) string { return "retry.Again(" + err + ")" }
	for _, test := range []struct{ name, text, want string }{
		{"operation", "if err := op(); err != nil {\n\treturn retry.Again(err)\n}\nreturn nil", "return retry.Again(op())"},
		{"work before", "err := op()\nif err == nil {\n\treturn nil\n}\nlog.Print(err)\nreturn retry.Again(err)", "err := op()\nif err != nil {\nlog.Print(err)\n}\nreturn retry.Again(err)"},
		{"several", "if err := first(); err != nil {\n\treturn retry.Again(err)\n}\nif err := op(); err != nil {\n\treturn retry.Again(err)\n}\nreturn nil", "if err := first(); err != nil {\n\treturn retry.Again(err)\n}\nreturn retry.Again(op())"},
		{"final", "err := op()\nif final(err) {\n\treturn err\n}\nif err == nil {\n\treturn nil\n}\nreturn retry.Again(err)", ""},
		{"of a call", "if err := op(); err != nil {\n\treturn errors.New(err)\n}\nreturn nil", ""},
		{"in a function", "f := func() error { return other() }\nif err := f(); err != nil {\n\treturn retry.Again(err)\n}\nreturn nil", "f := func() error { return other() }\nreturn retry.Again(f())"},
	} {
		if test.want == "" {
			test.want = test.text
		}
		if got := MarkedEach(test.text, "return nil", mark); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}
