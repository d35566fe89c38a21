package helper

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
)

var (
	wrongNumber = pattern.New(`^cannot use standIn_(attempts|retries)_ .* as (u?int\d*) value in `)
	wrongValue  = pattern.New(`^cannot use (.*) \((?:variable|value|constant .*) of (?:\w+ )*?type (.*?)\) as (.*?) value in argument to (.*?)(?:: .*)?$`)
	wrongCount  = pattern.New(`^(?:not enough|too many) arguments in call to (\S+)`)
	noMethod    = pattern.New(`^\S+ undefined \(type (.*) has no field or method (\w+)`)
	noField     = pattern.New(`^unknown field (\w+) in struct literal of type (.*)$`)
)

// isSure reports whether an error of the type checker holds whatever methods types
// have that are not known.
func isSure(msg string) bool { return wrongNumber().MatchString(msg) || wrongCount().MatchString(msg) }

// explain says what is wrong, the remedy first where one is known.
func (f *fitting) explain(e types.Error) string {
	msg, _, _ := strings.Cut(e.Msg, "\n")
	call := f.callAt(e.Pos)
	text := msg
	switch {
	case wrongNumber().MatchString(msg):
		m := wrongNumber().FindStringSubmatch(msg)
		return fmt.Sprintf("write {{%s %q}}: {{%s}} is an int", m[1], m[2], m[1])
	case wrongValue().MatchString(msg):
		m := wrongValue().FindStringSubmatch(msg)
		text = fmt.Sprintf("%s takes %s where %s is given", m[4], m[3], m[1])
	case wrongCount().MatchString(msg) && call != nil:
		text = fmt.Sprintf("%s does not take %s", wrongCount().FindStringSubmatch(msg)[1], count(len(call.Args), "argument"))
	case noMethod().MatchString(msg):
		m := noMethod().FindStringSubmatch(msg)
		return f.clean(fmt.Sprintf("%s has no field or method %s%s", m[1], m[2], has(f.selectableAt(e.Pos), m[2])))
	case noField().MatchString(msg):
		m := noField().FindStringSubmatch(msg)
		return f.clean(fmt.Sprintf("%s has no field %s%s", m[2], m[1], has(f.fieldsAt(e.Pos), m[1])))
	}
	text = f.clean(text)
	if remedy := f.remedy(); remedy != "" {
		return remedy + ": " + text
	}
	return text + f.signatureOf(call)
}

// clean makes what the type checker says about stand-ins about placeholders.
func (f *fitting) clean(text string) string {
	text = standIns().ReplaceAllStringFunc(text, func(s string) string {
		switch name := standIns().FindStringSubmatch(s)[1]; name {
		case "context", "time":
			return name
		default:
			return "{{" + name + "}}"
		}
	})
	for name, path := range f.helper.Imports {
		text = strings.ReplaceAll(text, strconv.Quote(path)+".", name+".")
	}
	return text
}

// callAt returns the innermost call that holds pos, or nil.
func (f *fitting) callAt(pos token.Pos) (call *ast.CallExpr) {
	ast.Inspect(f.sample.file, func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok && c.Lparen < pos && pos <= c.Rparen {
			call = c
		}
		return true
	})
	return call
}

// signatureOf says how the function that is called is declared.
func (f *fitting) signatureOf(call *ast.CallExpr) string {
	if call == nil {
		return ""
	}
	fun := ast.Unparen(call.Fun)
	switch index := fun.(type) { // an instance
	case *ast.IndexExpr:
		fun = index.X
	case *ast.IndexListExpr:
		fun = index.X
	}
	id, ok := fun.(*ast.Ident)
	if sel, isSel := fun.(*ast.SelectorExpr); isSel {
		id, ok = sel.Sel, true
	}
	if !ok {
		return ""
	}
	fn, ok := f.info.Uses[id].(*types.Func)
	if !ok {
		return ""
	}
	return "; it is " + types.ObjectString(fn, f.qualifier)
}

// qualifier writes packages by the names that the templates give them.
func (f *fitting) qualifier(pkg *types.Package) string {
	for _, name := range slices.Sorted(maps.Keys(f.helper.Imports)) {
		if f.helper.Imports[name] == pkg.Path() {
			return name
		}
	}
	if pkg == f.pkg {
		return ""
	}
	return pkg.Name()
}

func (f *fitting) typesText(list []types.Type) string {
	var texts []string
	for _, t := range list {
		texts = append(texts, f.clean(types.TypeString(t, f.qualifier)))
	}
	if len(texts) == 1 {
		return texts[0]
	}
	return "(" + strings.Join(texts, ", ") + ")"
}

func (f *fitting) exprText(e ast.Expr) string { return f.clean(types.ExprString(e)) }

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
