package write

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/delays"
	"github.com/sharedretry/sharedretry/analyzer/internal/growth"
	"github.com/sharedretry/sharedretry/analyzer/internal/site"
)

// Stale returns where lines that stay say how long the waits of today are, by what
// tells the delay or by its amount: with the fix they say what is not so.
func (w *Writer) Stale(with *growth.Schedule) []token.Pos {
	if w.sameWaits(with) {
		return nil
	}
	s := &staler{w: w, lines: make(map[int]token.Pos), amounts: w.amounts(with)}
	for _, stmt := range code.InOrder(w.Pauses) {
		p := w.Pauses[stmt]
		if d := p.Delay.Duration; d != nil {
			s.names = append(s.names, w.namesOf(d)...)
		} else if timer := w.TimerOf(p); timer != nil {
			s.vars = append(s.vars, timer.Name())
		}
	}
	ast.Inspect(w.Loop.Decl, s.visit)
	for _, g := range w.File.Comments {
		if (code.Within(w.Loop.Decl, g) || isDoc(w.Loop.Decl, g)) && !w.goes(g) {
			s.comment(g)
		}
	}
	var list []token.Pos
	for _, pos := range s.lines {
		list = append(list, pos)
	}
	slices.Sort(list)
	return list
}

// Prints returns where a call that stays is given, beside text, a variable that the
// passes compute a delay in; not valid if none is. With the fix they would go on
// computing it for that alone.
func (w *Writer) Prints() (at token.Pos) {
	s := &staler{w: w, lines: make(map[int]token.Pos)}
	for _, stmt := range code.InOrder(w.Pauses) {
		for _, e := range w.namesOf(w.ToldBy(w.Pauses[stmt])) {
			if v := code.Local(w.Info, e); v != nil && w.computed(v) {
				s.names = append(s.names, e)
			}
		}
	}
	w.Loop.Inspect(s.visit)
	for _, pos := range s.lines {
		if !at.IsValid() || pos < at {
			at = pos
		}
	}
	return at
}

// computed reports whether the loop gives v a value.
func (w *Writer) computed(v types.Object) bool {
	found := w.Loop.Has(v.Pos())
	w.Loop.Inspect(func(n ast.Node) bool {
		found = found || slices.ContainsFunc(code.Assigned(n), func(id *ast.Ident) bool { return w.Info.ObjectOf(id) == v })
		return !found
	})
	return found
}

// namesOf returns what names the delay d in the code: d itself, and the durations
// that it is made of where something is added, such as a random part.
func (w *Writer) namesOf(d ast.Expr) []ast.Expr {
	if d = w.Unconverted(d); d == nil {
		return nil
	}
	list := []ast.Expr{d}
	switch e := ast.Unparen(d).(type) {
	case *ast.BinaryExpr:
		if e.Op == token.ADD {
			list = append(list, w.namesOf(e.X)...)
			list = append(list, w.namesOf(e.Y)...)
		}
	case *ast.CallExpr:
		for _, arg := range e.Args {
			if site.IsDuration(w.Info.TypeOf(arg)) {
				list = append(list, w.namesOf(arg)...)
			}
		}
	}
	return list
}

// SameWaits reports whether the waits of the fix are those of today.
func (w *Writer) SameWaits() bool { return w.sameWaits(w.Schedule()) }

// sameWaits reports whether the waits stay what they are.
func (w *Writer) sameWaits(with *growth.Schedule) bool {
	today := w.Waits
	if with == nil || len(today.Waits) == 0 {
		return w.Growth.Kind == growth.Exponential && w.Growth.Factor == 2 && w.rule.Rule == delays.None
	}
	n := min(len(today.Waits), len(with.Waits))
	return today.More == with.More && slices.Equal(today.Waits[:n], with.Waits[:n])
}

// amounts returns the lengths that are true of today's waits and not with the
// helper: that of all that are as long, and what they take in all.
func (w *Writer) amounts(with *growth.Schedule) (list []time.Duration) {
	today := w.Waits.Waits
	if len(today) == 0 {
		return nil
	}
	if len(today) > 1 && delays.GrowthOf(today) == delays.Constant {
		list = append(list, today[0])
	}
	if !w.Waits.More && len(today) > 1 && (with == nil || delays.Sum(with.Waits) != delays.Sum(today)) {
		list = append(list, delays.Sum(today))
	}
	return list
}

// isDoc reports whether g is the comment of decl.
func isDoc(decl ast.Node, g *ast.CommentGroup) bool {
	fn, ok := decl.(*ast.FuncDecl)
	return ok && fn.Doc == g
}

// A staler finds lines that name a delay of today.
type staler struct {
	w       *Writer
	names   []ast.Expr      // what the delays are given
	vars    []string        // the timers, tickers and channels of the delays
	amounts []time.Duration // what is no longer so
	lines   map[int]token.Pos
}

func (s *staler) add(pos token.Pos) {
	line := s.w.Pkg.Fset.Position(pos).Line
	if old, ok := s.lines[line]; !ok || pos < old {
		s.lines[line] = pos
	}
}

// visit looks at calls that stay, such as of a logger.
func (s *staler) visit(n ast.Node) bool {
	if x, ok := n.(ast.Stmt); ok && (s.w.Gone[x] || s.w.Pauses[x] != nil || s.w.Served[x]) {
		return false
	}
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return true
	}
	for _, arg := range call.Args {
		text, isText := s.text(arg)
		if s.w.Loop.Has(call.Pos()) && s.namesDelay(call, arg) || isText && delays.Names(text, s.amounts) {
			s.add(call.Pos())
		}
	}
	return true
}

// text returns the constant text that e is.
func (s *staler) text(e ast.Expr) (string, bool) {
	if v := s.w.Info.Types[e].Value; v != nil && v.Kind() == constant.String {
		return constant.StringVal(v), true
	}
	return "", false
}

// namesDelay reports whether arg, of a call that is given text as well, has what
// tells a delay, as it is written there. A constant may be the time of something
// else where the text is a single word: net.DialTimeout("tcp", addr, time.Second).
func (s *staler) namesDelay(call *ast.CallExpr, arg ast.Expr) bool {
	texts, sentence := 0, false
	for _, e := range call.Args {
		if text, ok := s.text(e); ok {
			texts, sentence = texts+1, sentence || strings.ContainsAny(text, " %")
		}
	}
	said := texts > 1 || sentence || texts > 0 && s.w.Info.Types[arg].Value == nil
	found := false
	ast.Inspect(arg, func(n ast.Node) bool {
		e, ok := n.(ast.Expr)
		if !ok || !said || found {
			return !found
		}
		found = slices.ContainsFunc(s.names, func(name ast.Expr) bool { return types.ExprString(e) == types.ExprString(name) })
		return !found
	})
	return found
}

// comment looks at the lines of a comment.
func (s *staler) comment(g *ast.CommentGroup) {
	for _, c := range g.List {
		named := slices.ContainsFunc(s.vars, func(name string) bool { return namesWait(c.Text, name) })
		for _, e := range s.names {
			v := code.Local(s.w.Info, e)
			named = named || v != nil && namesWait(c.Text, v.Name())
		}
		if named || delays.Names(c.Text, s.amounts) {
			s.add(c.Pos())
		}
	}
}

// namesWait reports whether a comment has the name of a delay, beside what is about
// a wait.
func namesWait(comment, name string) bool {
	word := regexp.MustCompile(`\b` + regexp.QuoteMeta(name) + `\b`)
	return word.MatchString(comment) && delays.AboutWait(word.ReplaceAllString(comment, ""))
}
