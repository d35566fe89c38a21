package restate

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
)

// recursionAsLoop writes a function that ends by calling itself as a loop:
//
//	func get(n int) error {
//		err := op()
//		if err == nil || n == 0 {
//			return err
//		}
//		time.Sleep(d)
//		return get(n-1)
//	}
//
// becomes `for ; ; n-- { ... }`.
func recursionAsLoop(of Site, decl *ast.FuncDecl) (*Form, reason.Refusal) {
	r := &recursion{Site: of, info: of.Pkg.Info, decl: decl, changed: map[*types.Var]ast.Expr{}}
	if refusal := r.check(); refusal != nil {
		return nil, refusal
	}
	r.tail(decl.Body.List, true)
	if pos := r.elsewhere(); len(r.calls) == 0 || pos.IsValid() {
		return nil, reason.ShapeOfCycle.At(pos)
	}
	if pos := r.outcomeGiven(); pos.IsValid() {
		return nil, reason.OutcomeGiven.At(pos)
	}
	for i, c := range r.calls {
		if !r.bind(c.call, i == 0) {
			return nil, reason.ShapeOfCycle.At(c.call.Pos())
		}
	}
	body := strings.TrimRight(r.Apply(decl.Body.Lbrace+1, decl.Body.Rbrace, r.edits()), " \t\n")
	if !code.Terminating(decl.Body.List) && !r.endsFunction(r.calls[len(r.calls)-1]) {
		body += "\nreturn"
	}
	head := "for {"
	if r.counted != "" {
		head = "for ; ; " + r.counted + " {"
	}
	pos := decl.Body.List[0].Pos()
	if form := newForm(of, pos, decl.Body.List[len(decl.Body.List)-1].End(), head+body+"\n}", of.Indent(pos)); form != nil {
		return form, nil
	}
	return nil, reason.ShapeOfCycle
}

// outcomeGiven returns where a call is given what the body has got of an attempt:
// its first attempt stands before the function, and may have succeeded.
func (r *recursion) outcomeGiven() token.Pos {
	body := r.decl.Body
	got := func(v *types.Var) bool { return body.Pos() < v.Pos() && v.Pos() < body.End() && !r.computed(v) }
	for _, c := range r.calls {
		for _, arg := range c.call.Args {
			if code.AnyLocal(r.info, arg, got) {
				return arg.Pos()
			}
		}
	}
	return token.NoPos
}

// computed reports whether the body gives v only what it computes itself.
func (r *recursion) computed(v *types.Var) bool {
	return !code.Any(r.decl.Body, func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		return ok && code.Gives(r.info, a, v) && slices.ContainsFunc(a.Rhs, func(e ast.Expr) bool { return !code.Pure(r.info, e) })
	})
}

// A recursion is a function that calls itself as the last thing it does.
type recursion struct {
	Site
	info    *types.Info
	decl    *ast.FuncDecl
	calls   []tailCall
	changed map[*types.Var]ast.Expr // what a parameter becomes in the next call
	counted string                  // the statement that counts one of them
}

// endsFunction reports whether c is what the function ends with.
func (r *recursion) endsFunction(c tailCall) bool {
	return c.end == r.decl.Body.List[len(r.decl.Body.List)-1].End()
}

// A tailCall is a call of the function itself, and the statements that it and
// the return behind it are.
type tailCall struct {
	call     *ast.CallExpr
	pos, end token.Pos
}

// check refuses what means something else once for all calls: named results and
// what is deferred.
func (r *recursion) check() (refusal reason.Refusal) {
	if res := r.decl.Type.Results; res != nil {
		for _, f := range res.List {
			if len(f.Names) > 0 {
				return reason.ShapeOfCycle.At(f.Pos())
			}
		}
	}
	if len(r.decl.Body.List) == 0 {
		return reason.ShapeOfCycle
	}
	ast.Inspect(r.decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.DeferStmt:
			refusal = reason.DeferInBody.At(n.Pos())
		case *ast.LabeledStmt:
			refusal = reason.ShapeOfCycle.At(n.Pos())
		case *ast.CallExpr:
			if id, ok := n.Fun.(*ast.Ident); ok && id.Name == "recover" {
				refusal = reason.ShapeOfCycle.At(n.Pos())
			}
		}
		return refusal == nil
	})
	return refusal
}

// itself returns the call of the function that e is, or nil.
func (r *recursion) itself(e ast.Expr) *ast.CallExpr {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return nil
	}
	switch ast.Unparen(call.Fun).(type) {
	case *ast.IndexExpr, *ast.IndexListExpr:
		return nil // with types that may be others
	}
	if fn := r.Pkg.Callee(call); fn == nil || fn.Node != ast.Node(r.decl) {
		return nil
	}
	return call
}

// elsewhere returns where the function is named in its body other than in a call
// that ends it.
func (r *recursion) elsewhere() (pos token.Pos) {
	obj := r.info.Defs[r.decl.Name]
	ast.Inspect(r.decl.Body, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || pos.IsValid() {
			return !pos.IsValid()
		}
		fn, ok := r.info.Uses[id].(*types.Func)
		ends := func(c tailCall) bool { return code.Within(c.call.Fun, id) }
		if ok && fn.Origin() == obj && !slices.ContainsFunc(r.calls, ends) {
			pos = id.Pos()
		}
		return true
	})
	return pos
}

// tail finds the calls with which list ends the function. End is whether the
// function ends behind list.
func (r *recursion) tail(list []ast.Stmt, end bool) {
	for i, s := range list {
		last := end && i == len(list)-1
		switch s := s.(type) {
		case *ast.ReturnStmt:
			if len(s.Results) == 1 && r.itself(s.Results[0]) != nil {
				r.calls = append(r.calls, tailCall{r.itself(s.Results[0]), s.Pos(), s.End()})
			}
		case *ast.ExprStmt:
			call := r.itself(s.X)
			if call == nil || r.decl.Type.Results != nil && len(r.decl.Type.Results.List) > 0 {
				continue
			}
			if last {
				r.calls = append(r.calls, tailCall{call, s.Pos(), s.End()})
			} else if ret, ok := list[min(i+1, len(list)-1)].(*ast.ReturnStmt); ok {
				r.calls = append(r.calls, tailCall{call, s.Pos(), ret.End()})
			}
		case *ast.BlockStmt:
			r.tail(s.List, last)
		case *ast.IfStmt:
			r.tail(s.Body.List, last)
			if s.Else != nil {
				r.tail([]ast.Stmt{s.Else}, last)
			}
		case *ast.SwitchStmt:
			r.tailClauses(s.Body, last)
		case *ast.TypeSwitchStmt:
			r.tailClauses(s.Body, last)
		case *ast.SelectStmt:
			r.tailClauses(s.Body, last)
		}
	}
}

func (r *recursion) tailClauses(body *ast.BlockStmt, end bool) {
	for _, c := range body.List {
		switch c := c.(type) {
		case *ast.CaseClause:
			r.tail(c.Body, end)
		case *ast.CommClause:
			r.tail(c.Body, end)
		}
	}
}
