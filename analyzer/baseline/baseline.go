// Package baseline reads and writes files that list old findings, which are
// not reported. A file is text, for people to review and to merge: a line that
// names the format, and a line for each finding.
package baseline

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/sharedretry/sharedretry/analyzer/bounded"
)

// An Entry stands for a finding. It says nothing of lines and files, so that it
// holds while the code around the finding changes or moves within the package.
type Entry struct {
	Package string // import path; that of an external test ends in _test
	Func    string // the declared function or method around it, such as Client.Do; - without one
	Rule    string // the name of its rule
	Shape   string // a hash of its syntax, without what does not make it another finding
}

// String returns the line that stands for e.
func (e Entry) String() string {
	return strings.Join([]string{e.Package, e.Func, e.Rule, e.Shape}, " ")
}

func compare(a, b Entry) int {
	return cmp.Or(cmp.Compare(a.Package, b.Package), cmp.Compare(a.Func, b.Func), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Shape, b.Shape))
}

// The first line is the format with its version.
const (
	format  = "# sharedretry baseline "
	version = "v1"
)

// Read returns the entries in the named file, in its order. Two findings that
// are alike are two entries. Errors name the file, the line and what to do.
func Read(name string) ([]Entry, error) {
	data, err := bounded.Read(name, bounded.Baseline)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("cannot read the baseline: %w: write one with sharedretry -write-baseline", err)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read the baseline: %w", err)
	}
	return Parse(name, data)
}

// Parse is [Read] for a file that holds data.
func Parse(name string, data []byte) ([]Entry, error) {
	var list []Entry
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		text, ended := strings.CutSuffix(line, "\n")
		text = strings.TrimSuffix(text, "\r")
		e, err := parseLine(n, text)
		if !ended && (err == nil || n > 1 && !conflict(text)) {
			err = errors.New("the line is cut off: " + restore)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		if n > 1 {
			list = append(list, e)
		}
	}
	if n == 0 {
		return nil, fmt.Errorf("%s:1: the file is empty: %s", name, restore)
	}
	return list, nil
}

// restore is the remedy for a damaged file.
const restore = "restore the file, or delete it and write it again with sharedretry -write-baseline"

// parseLine reads line n. The first holds no entry.
func parseLine(n int, text string) (e Entry, err error) {
	if conflict(text) {
		return e, errors.New("an unresolved merge conflict: keep each line of both sides once")
	}
	if n == 1 {
		return e, checkFormat(text)
	}
	fields := strings.Split(text, " ")
	if len(fields) != 4 || slices.Contains(fields, "") || !isHash(fields[3]) {
		return e, errors.New("want package, function, rule and hash: " + restore)
	}
	return Entry{fields[0], fields[1], fields[2], fields[3]}, nil
}

// isHash reports whether s is what stands for a shape.
func isHash(s string) bool {
	return len(s) == 16 && strings.Trim(s, "0123456789abcdef") == ""
}

func checkFormat(text string) error {
	switch v, ok := strings.CutPrefix(text, format); {
	case !ok:
		return fmt.Errorf("the first line must be %q: %s", format+version, restore)
	case v != version:
		return fmt.Errorf("the format %s is not known: use the version of sharedretry that wrote the file", v)
	}
	return nil
}

// conflict reports whether a line is one that git writes around a conflict.
func conflict(text string) bool {
	for _, mark := range []string{"<<<<<<<", "|||||||", "=======", ">>>>>>>"} {
		if strings.HasPrefix(text, mark) {
			return true
		}
	}
	return false
}

// Format returns the content of a file with the given entries.
func Format(entries []Entry) []byte {
	var b bytes.Buffer
	b.WriteString(format + version + "\n")
	for _, e := range slices.SortedFunc(slices.Values(entries), compare) {
		b.WriteString(e.String() + "\n")
	}
	return b.Bytes()
}

// Count returns how often each entry is in a list.
func Count(list []Entry) map[Entry]int {
	counts := make(map[Entry]int)
	for _, e := range list {
		counts[e]++
	}
	return counts
}

// Without returns list without the entries of gone, each of which takes one
// away.
func Without(list, gone []Entry) []Entry {
	counts := Count(gone)
	var left []Entry
	for _, e := range list {
		if counts[e] > 0 {
			counts[e]--
			continue
		}
		left = append(left, e)
	}
	return left
}
