package header

import "github.com/sharedretry/sharedretry/analyzer/internal/reason"

// findNone lets a function return before the loop where there may be no attempt at
// all, as it does behind the loop:
//
//	if attempts <= 0 {
//		return err
//	}
func (h *heading) findNone() reason.Refusal {
	if !h.Bounded || !h.CountedByHeader() || h.AtLeastOne(h.Attempts) {
		return nil
	}
	none, returns := h.AsksNone(), h.ReturnBehind()
	if none == "" || returns == "" {
		return reason.MayBeZero.At(h.CountPos())
	}
	h.Before = append(h.Before, "if "+none+" {\n"+returns+"\n}")
	return nil
}
