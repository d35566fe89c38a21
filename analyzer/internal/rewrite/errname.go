package rewrite

import (
	"go/ast"
	"slices"
)

// nameErrors chooses the names of the variables that the fix declares.
func (p *plan) nameErrors() {
	if p.limitText == "-" || p.floor && !p.hasMax() {
		p.limitText = p.scope.Fresh(p.loop.decl, "attempts")
	}
	p.errName = "err"
	if p.result != nil {
		p.errName = p.result.Name()
	}
	stands := p.lastErrors()
	other := make(map[string]bool) // names of errors that the helper's does not stand for
	list := append(slices.Clone(p.fail), p.cancel...)
	w := p.walker()
	if p.okReturn != nil {
		list = append(list, p.okReturn)
	}
	for _, s := range list {
		ast.Inspect(s, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				switch obj := w.errorVar(id); {
				case obj == nil:
				case slices.Contains(stands, obj):
					p.errName = obj.Name()
				default:
					other[obj.Name()] = true
				}
			}
			return true
		})
	}
	if other[p.errName] {
		p.errName = p.scope.Fresh(p.loop.decl, "retryErr")
	}
	if len(other) > 0 && p.ctx == nil && p.deadline == "" {
		p.useCtx = "" // on cancellation, what is read might be no error at all
	}
	if p.deadline != "" && p.failMoves && p.form != ifWorked {
		p.form = ifWorked // what follows reads the last error, which is not the helper's
	}
	if p.form == ifWorked && p.result != nil {
		p.assigns, p.errName = true, p.result.Name()
	}
	if p.form == ifFailed && p.result != nil && p.result.Name() == p.errName && p.readsAfter(p.result, p.consumedAll()) {
		p.assigns = true
	}
}

func (p *plan) consumedAll() []ast.Stmt {
	if p.failMoves {
		return p.loop.after
	}
	return nil
}
