package sim

import (
	"encoding/json"
	"os"
	"testing"
)

// A Difference is a script by which a fix does something else.
type Difference struct {
	Name   string
	Script Script
	Text   string
	Before string // the traces
	After  string
}

// A Report is what the proof of some pairs found.
type Report struct {
	Pairs, Runs int
	Observed    Helper // the deviations that happened
	Differences []Difference
}

// most is how many differences of one pair are reported.
const most = 2

// Prove compares all pairs by all scripts.
func Prove(t *testing.T, pairs []Pair, helper Helper) *Report {
	rep := &Report{}
	rep.Observed.OpsIfCancelled = 1
	for _, p := range pairs {
		note(p.Name)
		rep.Pairs++
		j := &judge{pair: p, helper: helper, profile: newProfile(t, p)}
		e := &explorer{t: t, judge: j, report: rep, most: len(rep.Differences) + most}
		e.explore("", j.profile.depth(p))
		if p.Context && !j.profile.instant(0) {
			e.explore(Script(cancelledBefore), 2)
			e.compare(Script(causeInWait))
		}
	}
	return rep
}

// An explorer tries scripts: every one that the function does not end before.
type explorer struct {
	t      *testing.T
	judge  *judge
	report *Report
	most   int
}

// explore tries the scripts that begin with prefix and name at most depth outcomes.
func (e *explorer) explore(prefix Script, depth int) {
	outcomes := string([]byte{success, transient, final})
	if e.judge.pair.Hints {
		outcomes += string(hinted)
	}
	if e.judge.pair.Context && !prefix.cancels() && !e.judge.profile.instant(prefix.len()) {
		outcomes += string([]byte{cancelInOp, cancelInWait})
	}
	for _, o := range []byte(outcomes) {
		if len(e.report.Differences) >= e.most {
			return
		}
		script := prefix + Script(o)
		if ops := e.compare(script); ops > script.len() && script.len() < depth {
			e.explore(script, depth)
		}
	}
}

// compare runs both functions and returns how many attempts they made.
func (e *explorer) compare(script Script) int {
	before, fixed := run(e.t, e.judge.pair.Before, script), run(e.t, e.judge.pair.After, script)
	calm := before
	if script.cancels() {
		calm = run(e.t, e.judge.pair.Before, script.calm())
	}
	e.report.Runs++
	e.observe(before, fixed)
	if diff := e.judge.compare(before, calm, fixed); diff != "" {
		e.report.Differences = append(e.report.Differences, Difference{
			Name:   e.judge.pair.Name,
			Script: script,
			Text:   diff,
			Before: before.String(),
			After:  fixed.String(),
		})
	}
	return max(before.ops(), fixed.ops())
}

// observe notes which deviations of helpers happen.
func (e *explorer) observe(before, fixed *Trace) {
	o := &e.report.Observed
	for i, err := range fixed.Errs {
		o.ReturnsCause = o.ReturnsCause || err.Cause && !before.Errs[i].Cause
		if e.judge.beforeAll(fixed) && fixed.ops() > 0 && !fixed.failed() && err.Canceled {
			o.DropsSuccess = true
		}
	}
	if e.judge.beforeAll(fixed) && fixed.ops() == 0 && before.ops() > 0 {
		o.OpsIfCancelled = 0
	}
}

// Main proves the pairs of a generated test and leaves the report in the file
// that the environment names.
func Main(t *testing.T, pairs []Pair) {
	var helper Helper
	if err := json.Unmarshal([]byte(os.Getenv("PROOF_HELPER")), &helper); err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(Prove(t, pairs, helper))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(os.Getenv("PROOF_REPORT"), data, 0o666); err != nil {
		t.Fatal(err)
	}
}

// note leaves the name of the pair that runs, for the case that it stops the
// whole test.
func note(name string) {
	if file := os.Getenv("PROOF_RUNNING"); file != "" {
		os.WriteFile(file, []byte(name), 0o666)
	}
}
