package restate

import (
	"go/ast"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// ways finds where a pass goes round in list, and has it leave there as the flag says.
// Goes is whether another pass follows as the flag is before list, last whether the pass
// ends behind it.
func (f *finder) ways(list []ast.Stmt, goes passed, last bool) {
	for i, s := range list {
		tail := last && i == len(list)-1
		switch s := s.(type) {
		case *ast.BranchStmt:
			if isContinue(s) {
				f.jumps(s, goes)
			}
		case *ast.IfStmt:
			f.branches(s, goes, tail)
			if tail {
				return
			}
		default:
			if !code.IsLoop(s) && f.goesRoundIn(s) && f.behind(s, goes) != always {
				f.failed = true // a break there may leave s
			}
		}
		goes = f.behind(s, goes)
	}
	switch end := code.Last(list); {
	case !last:
	case end == nil:
		f.failed = f.failed || goes != always // nothing that a break could stand behind
	case !code.Terminating(list) && !isJump(end):
		f.end(end, goes)
	}
}

// branches does so for those of s.
func (f *finder) branches(s *ast.IfStmt, goes passed, last bool) {
	if s.Init != nil {
		goes = f.behind(s.Init, goes)
	}
	then, otherwise := goes, goes
	if v, negated := f.flagIn(s.Cond); v == f.flag {
		then, otherwise = f.follows(!negated), f.follows(negated)
	}
	f.ways(s.Body.List, then, last)
	switch e := s.Else.(type) {
	case *ast.BlockStmt:
		f.ways(e.List, otherwise, last)
	case *ast.IfStmt:
		f.branches(e, otherwise, last)
	default:
		switch {
		case last && otherwise == never:
			f.edits = append(f.edits, edit.Insert(s.End(), " else {\nbreak\n}"))
		case last:
			f.end(s, otherwise)
		}
	}
}

// goesRoundIn reports whether a pass goes round by a continue in s.
func (f *finder) goesRoundIn(s ast.Stmt) (found bool) {
	code.EachList(s, func(list []ast.Stmt) { found = found || slices.ContainsFunc(list, isContinue) })
	return found
}

// behind returns what goes is behind s.
func (f *finder) behind(s ast.Stmt, goes passed) passed {
	if !code.Writes(f.info, s, f.flag) {
		return goes
	}
	if value, known := f.truth(code.ValueGiven(f.info, s, f.flag)); known {
		return f.follows(value)
	}
	return sometimes
}

// follows returns whether another pass follows where the flag is value.
func (f *finder) follows(value bool) passed {
	if value == f.goesOn {
		return always
	}
	return never
}

// jumps has a pass leave at s, which goes round.
func (f *finder) jumps(s ast.Stmt, goes passed) {
	f.failed = f.failed || goes == sometimes
	if goes == never {
		f.edits = append(f.edits, edit.Replace(s, "break"))
	}
}

// end has a pass leave behind tail, where it ends.
func (f *finder) end(tail ast.Stmt, goes passed) {
	switch value := code.ValueGiven(f.info, tail, f.flag); {
	case goes == always:
	case goes == never:
		f.leaves = append(f.leaves, tail)
	default:
		f.asks++
		if f.alone = f.alone && value != nil; f.alone { // what gives the value is asked
			f.asked = tail
			f.edits = append(f.edits, edit.Replace(tail, f.leaving(f.Text(value), f.negation(value))))
		} else {
			f.edits = append(f.edits, edit.Insert(tail.End(), "\n"+f.leaving(f.flag.Name(), "!"+f.flag.Name())))
		}
	}
}

// leaving writes that a pass leaves if the flag is set, or if the opposite is so.
func (f *finder) leaving(flag, opposite string) string {
	if f.goesOn {
		flag = opposite
	}
	return "if " + flag + " {\nbreak\n}"
}

// settle writes the ways that end by leaving, and leaves the flag out if nothing else
// asks it.
func (f *finder) settle() {
	for _, w := range f.writes {
		if f.alone && w != f.asked && !slices.Contains(f.leaves, w) {
			f.failed = f.failed || !f.loop.OnlyComputes(w)
			f.edits = append(f.edits, f.Drop(w))
		}
	}
	for _, tail := range f.leaves {
		if f.alone && slices.Contains(f.writes, tail) {
			f.edits = append(f.edits, edit.Replace(tail, "break"))
		} else {
			f.edits = append(f.edits, edit.Insert(tail.End(), "\nbreak"))
		}
	}
}
