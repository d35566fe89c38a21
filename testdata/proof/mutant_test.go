package proof

import (
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/sharedretry/sharedretry/testdata/proof/prove"
)

// mutations make a fix wrong, each in one way.
var mutations = []struct {
	name, pattern string
	with          func(match []string) string
	missed        []string // functions in which it does not matter
}{
	{"an attempt more", `retry\.Attempts\((\d+)\)`, func(m []string) string {
		n, _ := strconv.Atoi(m[1])
		return "retry.Attempts(" + strconv.Itoa(n+1) + ")"
	}, []string{ // they count in their bodies
		"exits.CountFirst", "exits.LastAttempt", "exits.LastValue", "exits.NilAtTheEnd", "exits.OnlySuccessGoesOn", "flow.BeforeCounted",
	}},
	{"a longer first wait", `retry\.Delay\((.*)\),\n`, func(m []string) string { return "retry.Delay((" + m[1] + ")*2),\n" },
		[]string{"bounded.Once", "flow.Nested", "growth.Jitter"}}, // no wait, and one that is random
	{"constant waits", `retry\.BackOffDelay`, func([]string) string { return "retry.FixedDelay" },
		[]string{"bounded.Once", "flow.Items", "flow.Nested", "flow.Two", "growth.Jitter"}}, // one wait at most
	{"a wait before", `\breturn retry\.New`, func([]string) string { return "time.Sleep(1)\nreturn retry.New" }, nil},
	{"final errors are tried again", `retry\.Unrecoverable\((.*)\)\n`, func(m []string) string { return m[1] + "\n" },
		[]string{"cancel.Checked", "cancel.SelectLast", "exits.SwitchError"}}, // the helper asks the context too; it does not happen
	{"another log line", `w\.Log\("`, func([]string) string { return `w.Log("x` }, nil},
	{"all errors in one", `retry\.LastErrorOnly\(true\)`, func([]string) string { return "retry.LastErrorOnly(false)" },
		[]string{ // they return errors of their own, or keep the last one themselves
			"bounded.AssignedInit", "bounded.Exhausted", "bounded.Left", "bounded.RangeIndex", "bounded.RoundBoth", "bounded.SuccessElse", "bounded.Unused",
			"exits.BreakOn", "exits.ContinueOn", "exits.CountFirst", "exits.Joined", "exits.LastValue", "exits.NilAtTheEnd", "exits.OnlySuccessGoesOn",
			"exits.Other", "exits.Repaired", "exits.SecondOnly", "flow.BeforeCounted", "flow.BeforeFinal", "growth.Doubling", "kept.Bug", "kept.Chained",
			"kept.ChainedOrNil", "kept.Failures", "kept.Field", "kept.First", "kept.Joined", "kept.Unreachable", "kept.Worst", "values.Bool",
			"values.NamedOther", "values.Pointer", "values.Shadowed",
		}},
}

// A fix that is made wrong is found out.
func TestMutants(t *testing.T) {
	h := prove.Helpers[0]
	if *only != "" && *only != h.Name {
		t.Skip("the mutations are those of " + h.Name)
	}
	m := newModule(t, h)
	if err := addSubjects(m); err != nil {
		t.Fatal(err)
	}
	if err := m.Fix(tool, h.Args()); err != nil {
		t.Fatal(err)
	}
	for _, mut := range mutations {
		t.Run(mut.name, func(t *testing.T) {
			re := regexp.MustCompile(mut.pattern)
			found, missed, err := m.Mutate(h.May, func(src string) string {
				return re.ReplaceAllStringFunc(src, func(s string) string { return mut.with(re.FindStringSubmatch(s)) })
			})
			if err != nil {
				t.Fatal(err)
			}
			if len(found) == 0 {
				t.Error("nothing was changed")
			}
			missed = slices.DeleteFunc(missed, func(name string) bool { return slices.Contains(mut.missed, name) })
			// A function that is fixed only now may be one in which it does not matter.
			if len(missed) > 1+len(found)/20 {
				t.Errorf("not found in %q", missed)
			}
			t.Logf("found in %d functions, not found in %q", len(found), missed)
		})
	}
}
