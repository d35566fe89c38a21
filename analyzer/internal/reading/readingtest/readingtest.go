// Package readingtest judges source for tests.
package readingtest

import (
	"go/ast"
	"testing"

	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/flow"
	"github.com/sharedretry/sharedretry/analyzer/internal/graph"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
	"github.com/sharedretry/sharedretry/analyzer/internal/source/sourcetest"
)

// retryHelper takes an operation, with a value or without.
func retryHelper(t testing.TB) *helper.Helper {
	h, err := helper.Spec{
		Name: "retry", Shape: "callback", Imports: map[string]string{"retry": "example.com/retry"}, Unlimited: true,
		Call:      "retry.Do({{ctx}}, {{if has_attempts}}{{attempts}}, {{end}}{{delay}}{{if has_max_delay}}, {{max_delay}}{{end}}, {{op}})",
		ValueCall: "retry.Value({{ctx}}, {{if has_attempts}}{{attempts}}, {{end}}{{delay}}{{if has_max_delay}}, {{max_delay}}{{end}}, {{op}})",
		Permanent: "retry.Final({{err}})",
	}.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// Request returns the request for the first retry, or reconnect loop, in the functions of
// src.
func Request(t testing.TB, src string) reading.Request {
	t.Helper()
	pkg := sourcetest.Package(t, sourcetest.Head+src)
	graphs := &graph.Set{Package: pkg}
	sites := site.Find(pkg, graphs)
	waits := growth.New(pkg)
	judge := flow.NewJudge(pkg, graphs, sites, func(s *site.Site, d *site.Delay) (ast.Expr, bool) {
		g := waits.Of(s, d)
		return g.Base, g.Grows()
	})
	for _, s := range sites {
		if v := judge.Judge(s); v.Intent == flow.Retry || v.Intent == flow.Reconnect {
			req := reading.Request{
				Source: edit.Source{File: pkg.Files[0], Src: []byte(sourcetest.Head + src)}, Pkg: pkg, Site: s, Verdict: v, Growth: waits.OfSite(s), Bounds: waits.Bounds(s),
				Helper: retryHelper(t), Elsewhere: func(string) bool { return false }, GoVersion: "go1.24",
			}
			req.Waits, _ = waits.Schedule(s)
			req.Longest, _ = waits.Longest(s)
			return req
		}
	}
	t.Fatal("no retry")
	return reading.Request{}
}
