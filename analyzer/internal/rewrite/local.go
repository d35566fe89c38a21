package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
)

// localize gives the operation an error variable of its own, where what the
// helper returns takes the place of the one outside.
func (o *operation) localize() {
	r := o.result
	if r == nil || !o.replacesResult() || o.observed(r) {
		return
	}
	if o.dropCopies() {
		return
	}
	o.localized = o.localizeVar(r)
}

// localizeScratch does the same for error variables that nothing but the loop
// uses, and drops their declarations.
func (o *operation) localizeScratch() {
	for _, s := range o.loop.list[:o.loop.index] {
		d, ok := s.(*ast.DeclStmt)
		if !ok {
			continue
		}
		for _, spec := range d.Decl.(*ast.GenDecl).Specs {
			v, ok := spec.(*ast.ValueSpec)
			if !ok || len(v.Names) != 1 || len(v.Values) > 0 {
				continue
			}
			obj := o.info.Defs[v.Names[0]]
			if obj == nil || obj == o.result || !code.IsError(obj.Type()) || o.usedOutside(obj, v) || o.captured(map[types.Object]bool{obj: true}) || o.observed(obj) {
				continue
			}
			if o.localizeVar(obj) {
				o.scratch = append(o.scratch, dropped(d, v))
			}
		}
	}
}

// dropped returns what to drop for the declaration of one variable.
func dropped(d *ast.DeclStmt, spec *ast.ValueSpec) ast.Node {
	if len(d.Decl.(*ast.GenDecl).Specs) > 1 {
		return spec
	}
	return d
}

// usedOutside reports whether anything but the loop and its declaration names
// obj.
func (o *operation) usedOutside(obj types.Object, decl ast.Node) bool {
	used := false
	ast.Inspect(o.loop.decl, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && o.info.ObjectOf(id) == obj && !code.Within(decl, id) && !o.loop.has(id.Pos()) {
			used = true
		}
		return !used
	})
	return used
}

// localizeVar declares r in the operation, where a pass gives it a value before
// it reads it.
func (o *operation) localizeVar(r types.Object) bool {
	uses := o.usesInBody(r)
	if len(uses) == 0 || !o.firstIsWrite(r, uses[0]) {
		return false
	}
	for _, s := range o.loop.body {
		if !code.Within(s, uses[0]) {
			continue
		}
		switch s := s.(type) {
		case *ast.AssignStmt:
			if o.defines(s, r) {
				o.edits = append(o.edits, edit.Span(s.TokPos, s.TokPos+1, ":="))
				return true
			}
		case *ast.IfStmt:
			a, ok := s.Init.(*ast.AssignStmt)
			if ok && code.Within(a, uses[0]) && o.defines(a, r) {
				text := o.Text(a)
				at := int(a.TokPos - a.Pos())
				o.edits = append(o.edits, edit.Replace(a, text[:at]+":"+text[at:]))
				if o.endsBehind(s) || uses[len(uses)-1].Pos() > s.End() {
					o.hoists[s] = true
				}
				return true
			}
		}
	}
	o.head = append(o.head, "var "+r.Name()+" error")
	return true
}

// replacesResult reports whether nothing behind the loop reads what the body
// gave the result.
func (o *operation) replacesResult() bool {
	if o.captured(map[types.Object]bool{o.result: true}) {
		return false
	}
	if o.assigns {
		return true
	}
	return o.form == tailReturn || o.form == ifFailed && !o.readsAfter(o.result, o.consumed())
}

// consumed returns the statements behind the loop that the fix moves.
func (p *plan) consumed() []ast.Stmt {
	switch {
	case p.ticks && p.form == tailReturn:
		return p.loop.after // never reached: a ticker goes on
	case p.failMoves && p.form != ifWorked:
		return p.loop.after
	case p.giveUp != nil && !p.failMoves && p.fail != nil && p.okReturn != nil:
		return p.loop.after // never reached: the last attempt returns as well
	}
	return nil
}

// endsBehind reports whether a pass ends behind s with the error.
func (o *operation) endsBehind(s ast.Stmt) bool {
	return slices.ContainsFunc(o.exits, func(e exit) bool {
		return e.node == nil || e.node.Pos() > s.End()
	})
}

// dropCopies leaves out the copies of the error to the result, if that is all
// that the body does with it.
func (o *operation) dropCopies() bool {
	var copies []ast.Stmt
	only := true
	o.loop.inspect(func(n ast.Node) bool {
		if o.giveUp != nil && n == ast.Node(o.giveUp) {
			return false // it is replaced
		}
		if a, ok := n.(*ast.AssignStmt); ok && len(a.Lhs) == 1 && len(a.Rhs) == 1 && code.Local(o.info, a.Lhs[0]) == o.result && a.Tok == token.ASSIGN {
			if id, ok := ast.Unparen(a.Rhs[0]).(*ast.Ident); ok {
				if code.Local(o.info, id) != o.result {
					copies = append(copies, a)
					return false
				}
			}
		}
		if id, ok := n.(*ast.Ident); ok && o.info.ObjectOf(id) == o.result {
			only = false
		}
		return only
	})
	if !only || len(copies) == 0 {
		return false
	}
	for _, e := range o.back {
		from := e.facts.same[o.result]
		pos := o.loop.to - 1
		if e.node != nil {
			pos = e.node.Pos()
		}
		if from == nil || !o.visible(from, pos) {
			return false
		}
	}
	for _, s := range copies {
		o.edits = append(o.edits, o.Drop(s))
	}
	o.copies, o.localized = copies, true
	return true
}

// usesInBody returns the places where the body names obj, in source order.
func (o *operation) usesInBody(obj types.Object) (ids []*ast.Ident) {
	for _, s := range o.loop.body {
		if o.gone[s] {
			continue
		}
		ast.Inspect(s, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && o.info.ObjectOf(id) == obj {
				ids = append(ids, id)
			}
			return o.giveUp == nil || n != ast.Node(o.giveUp) || o.giveUpCond != nil
		})
	}
	return ids
}

// firstIsWrite reports whether the first use of obj in a pass, at id, gives it
// a value.
func (o *operation) firstIsWrite(obj types.Object, id *ast.Ident) bool {
	write := false
	o.loop.inspect(func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if ok && code.Within(a, id) && a.Tok == token.ASSIGN {
			write = slices.Contains(code.Assigned(a), id)
			for _, rhs := range a.Rhs {
				write = write && !code.Mentions(o.info, rhs, obj)
			}
		}
		return true
	})
	return write && (o.keepCond == nil || !code.Mentions(o.info, o.keepCond, obj))
}

// defines reports whether `=` in s can become `:=`: it gives values to obj, of
// its own type, and to nothing else.
func (o *operation) defines(s *ast.AssignStmt, obj types.Object) bool {
	if s.Tok != token.ASSIGN {
		return false
	}
	for i, lhs := range s.Lhs {
		id, ok := lhs.(*ast.Ident)
		if !ok || id.Name != "_" && o.info.ObjectOf(id) != obj {
			return false
		}
		if id.Name != "_" && len(s.Lhs) == len(s.Rhs) && !code.IsError(o.info.TypeOf(s.Rhs[i])) {
			return false
		}
		if id.Name != "_" && len(s.Rhs) == 1 && len(s.Lhs) > 1 {
			tuple, ok := o.info.TypeOf(s.Rhs[0]).(*types.Tuple)
			if !ok || !code.IsError(tuple.At(i).Type()) {
				return false
			}
		}
	}
	return true
}
