package prove

import (
	"fmt"
	"go/ast"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// directive begins a line of a function's comment that says what traces do not
// show: //proof:cap=3s deadline=5s jitter slow hints kinds ignores depth=3
const directive = "//proof:"

// attemptCounts and delays are what functions with such parameters are called with.
var (
	attemptCounts = []string{"3", "1", "0", "-1", "8"}
	delays        = []string{"time.Second", "0"}
)

// registry returns a test that proves the functions.
func registry(entries []*function) ([]byte, error) {
	pkgs := make(map[string]bool)
	var pairs strings.Builder
	for _, fn := range entries {
		pkgs[fn.pkg] = true
		if err := writePairs(&pairs, fn); err != nil {
			return nil, fmt.Errorf("%s: %w", fn.name, err)
		}
	}
	var b strings.Builder
	b.WriteString("package run\n\nimport (\n\t\"context\"\n\t\"testing\"\n\t\"time\"\n\n")
	fmt.Fprintf(&b, "\t%q\n", proofPath+"/sim")
	for _, pkg := range slices.Sorted(maps.Keys(pkgs)) {
		for _, tree := range []string{"before", "after"} {
			fmt.Fprintf(&b, "\t%s %q\n", alias(tree, pkg), modulePath+"/"+tree+"/"+pkg)
		}
	}
	b.WriteString(")\n\nvar _ = time.Second\nvar _ context.Context\n\n")
	fmt.Fprintf(&b, "var pairs = []sim.Pair{\n%s}\n\n", pairs.String())
	b.WriteString("func Test(t *testing.T) { sim.Main(t, pairs) }\n")
	return []byte(b.String()), nil
}

func alias(tree, pkg string) string { return tree + "_" + strings.ReplaceAll(pkg, "/", "_") }

// writePairs writes the pair of a function, and one for each number of attempts
// and each delay if it has these as parameters.
func writePairs(b *strings.Builder, fn *function) error {
	args, err := arguments(fn.decl.Type)
	if err != nil {
		return err
	}
	facts, err := facts(fn.decl)
	if err != nil {
		return err
	}
	if slices.Contains(args, "ctx") {
		facts += ", Context: true"
	}
	vary(args, "attempts", attemptCounts, func(args []string) {
		vary(args, "delay", delays, func(args []string) {
			name := fn.name
			if given := slices.DeleteFunc(slices.Clone(args), func(s string) bool { return s == "ctx" || s == "w" }); len(given) > 0 {
				name += "(" + strings.Join(given, ", ") + ")"
			}
			writePair(b, fn, name, args, facts)
		})
	})
	return nil
}

// vary calls yield with each of the values in place of an argument, or once if
// there is no such argument.
func vary(args []string, arg string, values []string, yield func([]string)) {
	if !slices.Contains(args, arg) {
		yield(args)
		return
	}
	for _, v := range values {
		list := slices.Clone(args)
		for i := range list {
			if list[i] == arg {
				list[i] = v
			}
		}
		yield(list)
	}
}

func writePair(b *strings.Builder, fn *function, name string, args []string, facts string) {
	fmt.Fprintf(b, "\t{Name: %q, Facts: sim.Facts{%s},\n", name, strings.TrimPrefix(facts, ", "))
	for _, tree := range []string{"before", "after"} {
		call := fmt.Sprintf("%s.%s(%s)", alias(tree, fn.pkg), fn.decl.Name.Name, strings.Join(args, ", "))
		fmt.Fprintf(b, "\t\t%s: func(ctx context.Context, w *sim.World) sim.Result { %s },\n",
			strings.ToUpper(tree[:1])+tree[1:], returning(fn.decl.Type, call))
	}
	b.WriteString("\t},\n")
}

// arguments returns what a function is called with, by the types of its
// parameters. A number is one of attempts.
func arguments(typ *ast.FuncType) ([]string, error) {
	known := map[string]string{
		"context.Context": "ctx",
		"*sim.World":      "w",
		"int":             "attempts",
		"time.Duration":   "delay",
		"string":          `"text"`,
	}
	var args []string
	for _, field := range typ.Params.List {
		arg, ok := known[types.ExprString(field.Type)]
		if !ok {
			return nil, fmt.Errorf("a parameter of type %s", types.ExprString(field.Type))
		}
		for range max(len(field.Names), 1) {
			args = append(args, arg)
		}
	}
	return args, nil
}

// returning wraps a call so that its results become a sim.Result.
func returning(typ *ast.FuncType, call string) string {
	var vars, results []string
	if typ.Results == nil {
		return call + "; return nil"
	}
	for _, field := range typ.Results.List {
		for range max(len(field.Names), 1) {
			v := fmt.Sprintf("r%d", len(vars))
			vars = append(vars, v)
			if types.ExprString(field.Type) == "error" {
				v = "sim.Err{" + v + "}"
			}
			results = append(results, v)
		}
	}
	return fmt.Sprintf("%s := %s; return sim.Result{%s}", strings.Join(vars, ", "), call, strings.Join(results, ", "))
}

// facts returns the fields of sim.Facts that the directive of a function sets.
func facts(d *ast.FuncDecl) (string, error) {
	if d.Doc == nil {
		return "", nil
	}
	var fields string
	for _, c := range d.Doc.List {
		text, ok := strings.CutPrefix(c.Text, directive)
		if !ok {
			continue
		}
		for _, word := range strings.Fields(text) {
			key, value, _ := strings.Cut(word, "=")
			switch key {
			case "base", "cap", "deadline":
				fields += fmt.Sprintf(", %s: %s", strings.ToUpper(key[:1])+key[1:], duration(value))
			case "jitter", "nested":
				fields += ", FreeWaits: true"
			case "slow", "hints", "kinds", "ignores":
				fields += fmt.Sprintf(", %s: true", strings.ToUpper(key[:1])+key[1:])
			case "depth":
				fields += ", Depth: " + value
			default:
				return "", fmt.Errorf("unknown word %q in its directive", word)
			}
		}
	}
	return fields, nil
}

// duration returns the Go expression of a number of seconds or milliseconds.
func duration(value string) string {
	if n, ok := strings.CutSuffix(value, "ms"); ok {
		return n + "*time.Millisecond"
	}
	return strings.TrimSuffix(value, "s") + "*time.Second"
}
