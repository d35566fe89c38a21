package analyzer

import (
	"go/token"
	"strings"
)

// fixMessage says what the fix calls, and how the waiting changes.
func (f *finding) fixMessage() string {
	text := f.fix.Remedy
	if change := f.change(); change != "" {
		text += ": " + change
	}
	return text + f.consequences()
}

// consequences tells what else the fix brings with it.
func (f *finding) consequences() string {
	return f.assumed() + f.toHelper() + f.jitter() + f.untold() + f.stale() + f.leaves()
}

// jitter tells that the random part of the delays goes: only the helper may have one then.
func (f *finding) jitter() string {
	if f.fix == nil || !f.fix.Jitter {
		return ""
	}
	return "; takes the jitter away, unless " + f.helper + " has its own"
}

// assumed tells of a number that the helper takes for one of retries by its name:
// were it one of attempts, there would be one attempt less.
func (f *finding) assumed() string {
	counted := f.waits.Bounds(f.site).Counted && strings.HasPrefix(f.fix.Remedy, "call ")
	if f.retries == "" || !counted {
		return ""
	}
	return "; this assumes that " + f.retries + " does not count the first attempt, which sharedretry -describe -test checks"
}

// toHelper tells of lines that are left to a helper that logs.
func (f *finding) toHelper() string {
	if f.fix == nil || len(f.logged) == 0 {
		return ""
	}
	return "; the helper logs, not " + f.lines(f.logged)
}

// untold tells of lines that name today's delay no longer.
func (f *finding) untold() string {
	if f.fix == nil || len(f.fix.Untold) == 0 {
		return ""
	}
	return "; takes the delay out of " + f.lines(f.fix.Untold)
}

// stale tells of lines that the fix makes untrue.
func (f *finding) stale() string {
	if f.fix == nil || len(f.fix.Stale) == 0 {
		return ""
	}
	verb := "speak"
	if len(f.fix.Stale) == 1 {
		verb = "speaks"
	}
	return "; change " + f.lines(f.fix.Stale) + ", which " + verb + " of today's waits"
}

// leaves tells of what nothing uses any more, and that stays all the same.
func (f *finding) leaves() string {
	switch n := len(f.unused); n {
	case 0:
		return ""
	case 1:
		return "; remove " + f.unused[0] + ", which nothing uses after the fixes"
	default:
		return "; remove " + strings.Join(f.unused[:n-1], ", ") + " and " + f.unused[n-1] + ", which nothing uses after the fixes"
	}
}

// lines names the lines of some places: by their numbers those in the site's file.
func (f *finding) lines(places []token.Pos) string {
	var lines, elsewhere []string
	for _, pos := range places {
		if text, here := strings.CutPrefix(f.place(pos), "line "); here {
			lines = append(lines, text)
		} else {
			elsewhere = append(elsewhere, text)
		}
	}
	switch len(lines) {
	case 0:
	case 1:
		lines[0] = "line " + lines[0]
	default:
		lines[0] = "lines " + lines[0]
	}
	lines = append(lines, elsewhere...)
	last := len(lines) - 1
	if last == 0 {
		return lines[0]
	}
	return strings.Join(lines[:last], ", ") + " and " + lines[last]
}

// change says how the waiting changes with the helper, or "" if constants do
// not tell.
func (f *finding) change() string {
	today, ok := f.waits.Schedule(f.site)
	if !ok || f.fix == nil || f.fix.Schedule == nil {
		return ""
	}
	return strings.Replace(today.String(), "waits ", "waits today: ", 1) + "; with " + f.helper + ":" + strings.TrimPrefix(f.fix.Schedule.String(), "waits")
}
