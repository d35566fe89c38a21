// Package directive reads the comments by which users turn findings off: those
// of golangci-lint and of staticcheck.
//
//	//nolint:sharedretry // reason
//	//lint:ignore sharedretry,retry-loop reason
//	//lint:file-ignore sharedretry reason
//
// At the end of a line such a comment holds for that line. On a line of its own
// it holds for the whole statement or declaration that begins on the next line;
// above the package clause, and as a file-ignore, for the file.
package directive

import (
	"bytes"
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strings"
)

// Linter is the name that stands for all rules.
const Linter = "sharedretry"

// A Directive is a comment that turns findings off.
type Directive struct {
	Comment *ast.Comment
	Reason  string   // why, in the user's words; "" if none is given
	Own     []string // what it names of this linter, in lower case: Linter or rules, known or not; patterns are not among them

	kind     *kind
	patterns []string // what it names in all, in lower case
	from, to token.Pos
}

// A kind is a way to write directives.
type kind struct {
	prefix string
	rules  bool // takes names of rules, and patterns, as staticcheck does
	file   bool // holds for the file
	split  func(text string) (names, reason string)
}

var kinds = []kind{
	{prefix: "nolint", split: splitNolint},
	{prefix: "lint:ignore", rules: true, split: splitIgnore},
	{prefix: "lint:file-ignore", rules: true, file: true, split: splitIgnore},
}

// IsNolint reports whether d is written in the way of golangci-lint.
func (d *Directive) IsNolint() bool { return !d.kind.rules }

// Reasoned returns d, as String does, with a reason.
func (d *Directive) Reasoned(reason string) string {
	if d.IsNolint() {
		reason = "// " + reason
	}
	return d.String() + " " + reason
}

// String returns d without the names of other linters and the reason.
func (d *Directive) String() string {
	names := strings.Join(d.Own, ",")
	if len(d.Own) == 0 {
		names = strings.Join(d.patterns, ",")
	}
	switch {
	case names == "":
		return "//" + d.kind.prefix
	case d.IsNolint():
		return "//" + d.kind.prefix + ":" + names
	}
	return "//" + d.kind.prefix + " " + names
}

// Covers reports whether d turns a finding of rule off that begins at pos.
func (d *Directive) Covers(pos token.Pos, rule string) bool { return d.Holds(pos) && d.Names(rule) }

// Holds reports whether pos is in the part of the file that d is about.
func (d *Directive) Holds(pos token.Pos) bool { return d.from <= pos && pos < d.to }

// Names reports whether d is about rule.
func (d *Directive) Names(rule string) bool {
	if d.IsNolint() {
		return len(d.patterns) == 0 || slices.Contains(d.patterns, "all") || slices.Contains(d.patterns, Linter)
	}
	return slices.ContainsFunc(d.patterns, func(p string) bool {
		return matches(p, Linter) || matches(strings.TrimPrefix(p, Linter+"/"), rule)
	})
}

func matches(pattern, name string) bool {
	ok, err := path.Match(pattern, name)
	return ok && err == nil
}

// Parse returns the directives in file that are about this linter, whose rules
// are named. Only then it looks at more than the comments.
func Parse(fset *token.FileSet, file *ast.File, rules []string) []*Directive {
	var list []*Directive
	var lines *layout
	for _, group := range file.Comments {
		for _, comment := range group.List {
			d := parse(comment, rules)
			if d == nil {
				continue
			}
			if lines == nil {
				lines = newLayout(fset.File(file.FileStart), file)
			}
			d.from, d.to = lines.scope(d, group)
			list = append(list, d)
		}
	}
	return list
}

// In reports whether the text of a file may hold a directive that names this
// linter or one of its rules. It is a quick look: what stands in a string, or
// names them behind the word lint in some other way, counts as well.
func In(text []byte, rules []string) bool {
	for {
		_, rest, found := bytes.Cut(text, []byte("lint"))
		if !found {
			return false
		}
		line, _, _ := bytes.Cut(rest, []byte("\n"))
		names := string(bytes.ToLower(line))
		if slices.ContainsFunc(rules, func(rule string) bool { return strings.Contains(names, rule) }) || strings.Contains(names, Linter) {
			return true
		}
		text = rest
	}
}

// parse returns the directive that comment is, or nil.
func parse(comment *ast.Comment, rules []string) *Directive {
	text := comment.Text
	for text != "" && (text[0] == '/' || text[0] == ' ') {
		text = text[1:]
	}
	if !strings.HasPrefix(text, "nolint") && !strings.HasPrefix(text, "lint:") {
		return nil // like nearly all comments
	}
	for i := range kinds {
		k := &kinds[i]
		text, ok := k.cut(comment.Text)
		if !ok {
			continue
		}
		d := &Directive{Comment: comment, kind: k}
		names, reason := k.split(text)
		d.Reason = strings.Trim(reason, "/ \t\r")
		return d.name(names, rules)
	}
	return nil
}

// cut returns what follows the prefix in a comment, and whether it has it.
func (k *kind) cut(comment string) (string, bool) {
	text, ok := strings.CutPrefix(comment, "//")
	if !k.rules {
		text = strings.TrimLeft(text, "/ ") // golangci-lint allows blanks, staticcheck does not
	}
	text, found := strings.CutPrefix(text, k.prefix)
	return text, ok && found && (text == "" || strings.ContainsAny(text[:1], ": \t\r"))
}

// splitNolint splits ":names // reason".
func splitNolint(text string) (names, reason string) {
	text, reason, _ = strings.Cut(text, "//")
	if names, ok := strings.CutPrefix(text, ":"); ok {
		return names, reason
	}
	return "", text + reason
}

// splitIgnore splits " names reason".
func splitIgnore(text string) (names, reason string) {
	names, reason, _ = strings.Cut(strings.TrimSpace(text), " ")
	return names, reason
}

// name sets what d names, and returns d if that concerns this linter.
func (d *Directive) name(names string, rules []string) *Directive {
	for name := range strings.SplitSeq(strings.ToLower(names), ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		// Have: //nolint:sharedretry the reason. There golangci-lint takes all
		// of it for a name.
		if word, _, more := strings.Cut(name, " "); more && word == Linter {
			d.Reason, name = "", word
		}
		d.patterns = append(d.patterns, name)
		if name == Linter || strings.HasPrefix(name, Linter+"/") || slices.Contains(rules, name) {
			d.Own = append(d.Own, name)
		}
	}
	concerns := len(d.Own) > 0 || slices.ContainsFunc(rules, d.Names)
	if !concerns || !d.IsNolint() && len(d.patterns) == 0 {
		return nil
	}
	return d
}
