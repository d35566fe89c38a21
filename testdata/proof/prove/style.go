package prove

import (
	"fmt"
	"go/ast"
	"regexp"
	"slices"
	"strings"
)

// emptyLine is an empty line at the begin or the end of a block.
var emptyLine = regexp.MustCompile(`\{\n\s*\n|\n\s*\n\s*\}`)

// style notes what a careful engineer would not have written, a failure for each
// kind with one of the functions.
func (res *Result) style(before, after tree) {
	lost, empty := make(map[string]string), make(map[string]string)
	for _, name := range res.Fixed {
		was, is := before[name], after[name]
		if is == nil {
			continue
		}
		if missing := lostComments(was, is); len(missing) > 0 {
			lost[name] = fmt.Sprintf("%s loses a comment: %s\n--- before\n%s\n--- after\n%s", name, missing[0], was.text, is.text)
		}
		if emptyLine.MatchString(is.text) && !emptyLine.MatchString(was.text) {
			empty[name] = fmt.Sprintf("%s has a block with an empty line at its begin or end:\n%s", name, is.text)
		}
	}
	for _, kind := range []map[string]string{lost, empty} {
		for _, name := range res.Fixed {
			if text, ok := kind[name]; ok {
				res.Failures = append(res.Failures, fmt.Sprintf("style, %d times: %s", len(kind), text))
				break
			}
		}
	}
}

// suppressed notes the fixed functions that are to be left alone.
func (res *Result) suppressed(before tree) {
	for _, name := range res.Fixed {
		if strings.Contains(before[name].doc, "//nolint:sharedretry") {
			res.Failures = append(res.Failures, name+" is suppressed, and fixed all the same")
		}
	}
}

// lostComments returns the comments of a function that its fix does not have.
func lostComments(was, is *function) []string {
	var lost []string
	for _, c := range was.comments {
		if !strings.Contains(is.text, c) && !slices.Contains(lost, c) {
			lost = append(lost, c)
		}
	}
	return lost
}

// commentsIn returns the comments inside a declaration.
func commentsIn(f *ast.File, d *ast.FuncDecl) []string {
	var list []string
	for _, group := range f.Comments {
		for _, c := range group.List {
			if d.Pos() <= c.Pos() && c.End() <= d.End() {
				list = append(list, c.Text)
			}
		}
	}
	return list
}
