package helper

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
)

// A templateError says what is wrong with a template, and in which of its
// lines, counted from 0.
type templateError struct {
	line int
	text string
}

func (e *templateError) Error() string { return e.text }

func unknownPlaceholder(line int, name string) error {
	known := slices.Clone(placeholders)
	for _, c := range conditions {
		known = append(known, c.name)
	}
	return &templateError{line, fmt.Sprintf("unknown placeholder {{%s}}: known are %s", name, strings.Join(known, ", "))}
}

var (
	parseErrorText = pattern.New(`^template: :(\d+): (?s:(.*))$`)
	undefinedText  = pattern.New(`^function "(.*)" not defined$`)
)

// syntaxError says err, which came from text/template, in the words of this
// package.
func syntaxError(err error) error {
	m := parseErrorText().FindStringSubmatch(err.Error())
	if m == nil {
		return &templateError{0, err.Error()}
	}
	line, _ := strconv.Atoi(m[1])
	if u := undefinedText().FindStringSubmatch(m[2]); u != nil {
		return unknownPlaceholder(line-1, u[1])
	}
	return &templateError{line - 1, m[2]}
}

// scan notes the placeholders of t. All else that text/template can do is an
// error: what a template expands to depends on the site's parts alone.
func (t *Template) scan() error {
	if len(t.parsed.Templates()) > 1 {
		return &templateError{0, "no {{define}} or {{block}}: write placeholders and {{if}} only"}
	}
	return t.scanList(t.parsed.Root)
}

func (t *Template) scanList(list *parse.ListNode) error {
	if list == nil {
		return nil
	}
	for _, n := range list.Nodes {
		if err := t.scanNode(n); err != nil {
			return err
		}
	}
	return nil
}

func (t *Template) scanNode(n parse.Node) error {
	switch n := n.(type) {
	case *parse.TextNode, *parse.CommentNode:
		return nil
	case *parse.ActionNode:
		return t.scanAction(n)
	case *parse.IfNode:
		if err := t.scanPipe(n.Pipe); err != nil {
			return err
		}
		if err := t.scanList(n.List); err != nil {
			return err
		}
		return t.scanList(n.ElseList)
	}
	return t.errorAt(n, "no %s: write placeholders and {{if}} only", n)
}

// scanAction checks what stands for text: {{ctx}} or {{attempts "uint"}}.
func (t *Template) scanAction(n *parse.ActionNode) error {
	if len(n.Pipe.Decl) == 0 && len(n.Pipe.Cmds) == 1 {
		args := n.Pipe.Cmds[0].Args
		id, ok := args[0].(*parse.IdentifierNode)
		if ok && slices.Contains(placeholders, id.Ident) {
			t.used[id.Ident] = true
			return t.scanType(n, id.Ident, args[1:])
		}
	}
	return unknownPlaceholder(t.line(n), strings.Trim(n.String(), "{}"))
}

// scanType checks the arguments of the named placeholder: a type for a number.
func (t *Template) scanType(n parse.Node, name string, args []parse.Node) error {
	if len(args) == 0 {
		return nil
	}
	if name != "attempts" && name != "retries" {
		return t.errorAt(n, "{{%s}} takes no type", name)
	}
	typ, ok := args[0].(*parse.StringNode)
	if !ok || len(args) > 1 || !slices.Contains(integers, typ.Text) {
		return t.errorAt(n, "unknown type in %s: known are %s", n, strings.Join(integers, ", "))
	}
	return nil
}

// scanPipe checks a condition: has_ctx, or some joined by and, or, not.
func (t *Template) scanPipe(n *parse.PipeNode) error {
	if len(n.Decl) > 0 || len(n.Cmds) != 1 {
		return t.errorAt(n, "unknown condition {{if %s}}: known are %s", n, conditionNames())
	}
	for _, arg := range n.Cmds[0].Args {
		if err := t.scanCondition(arg); err != nil {
			return err
		}
	}
	return nil
}

func (t *Template) scanCondition(n parse.Node) error {
	switch n := n.(type) {
	case *parse.PipeNode:
		return t.scanPipe(n)
	case *parse.IdentifierNode:
		switch n.Ident {
		case "and", "or", "not":
			return nil
		}
		for _, c := range conditions {
			if c.name == n.Ident {
				t.used[n.Ident] = true
				return nil
			}
		}
	}
	return t.errorAt(n, "unknown condition {{if %s}}: known are %s", n, conditionNames())
}

func conditionNames() string {
	var names []string
	for _, c := range conditions {
		names = append(names, c.name)
	}
	return strings.Join(names, ", ")
}

// errorAt returns an error with the line of n.
func (t *Template) errorAt(n parse.Node, format string, args ...any) error {
	return &templateError{t.line(n), fmt.Sprintf(format, args...)}
}

// line returns the line of n in the template, counted from 0.
func (t *Template) line(n parse.Node) int {
	return strings.Count(t.text[:min(int(n.Position()), len(t.text))], "\n")
}
