package analyzer

import (
	"bytes"
	"cmp"
	"errors"
	"go/ast"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/sharedretry/sharedretry/analyzer/gomod"
	"github.com/sharedretry/sharedretry/analyzer/internal/edit"
	"github.com/sharedretry/sharedretry/analyzer/internal/effort"
	"github.com/sharedretry/sharedretry/analyzer/internal/flow"
	"github.com/sharedretry/sharedretry/analyzer/internal/helper"
	"github.com/sharedretry/sharedretry/analyzer/internal/reading"
	"github.com/sharedretry/sharedretry/analyzer/internal/reason"
	"github.com/sharedretry/sharedretry/analyzer/internal/restate"
	"github.com/sharedretry/sharedretry/analyzer/internal/rewrite"
	"github.com/sharedretry/sharedretry/analyzer/internal/source"
	"github.com/sharedretry/sharedretry/analyzer/internal/write"
)

// A fixer finds the fixes of a package's findings.
type fixer struct {
	pass *analysis.Pass
	pkg  *source.Package
	set  settings
	src  map[*ast.File][]byte

	taken  map[*types.Scope]map[string]bool // names that fixes declare
	others func() *otherNames               // names in files of the package that are no part of this build

	left  map[ast.Node]*readCost // of each declaration
	forms *effort.Budget         // in bytes of the package
}

// A fix reads the declaration that it stands in, each form of the helper anew, and
// another form of a site the file. So often the fixes of a declaration, and the
// other forms of a package's sites, may do that, and many times more where it is
// small.
const (
	declReads   = 32
	minDeclRead = 1 << 16
	longLoop    = 1 << 10
	bytesOfNode = 6
	formReads   = 2
	minFormRead = 1 << 20
)

// maxFixes is how many fixes are offered in a package at once: more than anyone would
// read, and what keeps the memory that they take within bounds.
const maxFixes = 2000

func newFixer(pass *analysis.Pass, pkg *source.Package, set settings) *fixer {
	x := &fixer{pass: pass, pkg: pkg, set: set, src: make(map[*ast.File][]byte), taken: make(map[*types.Scope]map[string]bool),
		left: make(map[ast.Node]*readCost), forms: effort.New(minFormRead + formReads*pkg.Size())}
	x.others = sync.OnceValue(x.readOthers)
	pkg.Elsewhere = x.namedElsewhere
	return x
}

// A readCost is what it takes to read a declaration once, in bytes, and what its
// fixes may still read.
type readCost struct {
	once int
	left *effort.Budget
}

// affords reports whether the fixes of the declaration that f is in may read it
// once more. What stands in loops in loops is read once for each of them.
func (x *fixer) affords(file *ast.File, f *finding) bool {
	decl := x.declOf(file, f.site.Cycle)
	r := x.left[decl]
	if r == nil {
		size := int(decl.End() - decl.Pos())
		r = &readCost{loopReads(decl) + size, effort.New(minDeclRead + declReads*size)}
		x.left[decl] = r
	}
	return r.left.Spend(r.once)
}

// loopReads returns what is read of the loops in decl for one of them, in bytes: of
// each statement all others are asked about. Dense code counts as if it had the spaces
// and the names of other code.
func loopReads(decl ast.Node) (reads int) {
	type open struct {
		loop  bool
		nodes int
	}
	stack := []open{{}}
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n.(type) {
		case nil:
			top := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			stack[len(stack)-1].nodes += top.nodes
			if length := top.nodes * bytesOfNode; top.loop {
				reads += length + length/longLoop*length
			}
		case *ast.ForStmt, *ast.RangeStmt, *ast.FuncLit:
			stack = append(stack, open{true, 1})
		default:
			stack = append(stack, open{false, 1})
		}
		return true
	})
	return reads
}

// fix gives each reported finding its fix, or the reason why it has none.
func (x *fixer) fix(findings []*finding) {
	fixes := 0
	for _, f := range findings {
		if !f.reported {
			continue
		}
		if x.set.helper == nil {
			f.noFix = x.set.noHelper
			continue
		}
		f.helper, f.retries = x.set.helper.Name, x.set.helper.Retries
		f.remedy = func() string { return x.remedy(f) }
		if f.wanting != "" {
			f.refuse(reason.Unreasoned)
			continue
		}
		if fixes == maxFixes {
			f.refuse(reason.TooManyFixes)
			continue
		}
		fix, refusal := x.fixOf(f)
		f.fix = fix
		f.refuse(refusal)
		if f.fix != nil {
			fixes++
		}
	}
	separate(findings)
	x.join(findings)
	x.ownNames(findings)
	x.leaveUnused(findings)
	x.leaveImports(findings)
}

// remedy says what to do about f by the helper's name; "" if no form of it is for
// such a loop.
func (x *fixer) remedy(f *finding) string {
	for _, form := range x.set.helper.Forms() {
		if f.verdict.Intent == flow.Retry || form.Shape == helper.Wait {
			return form.Remedy(false)
		}
	}
	return ""
}

// refuse takes back the fix for a reason; there is none if that is nil.
func (f *finding) refuse(refusal reason.Refusal) {
	if refusal == nil {
		return
	}
	f.fix, f.noFix, f.noFixAt = nil, string(refusal.Reason()), refusal.Pos()
}

// failsAloud lets a fault of the rewriter end the process; tests set it.
var failsAloud bool

// fixOf returns the fix of f. A fault of ours costs that fix alone.
func (x *fixer) fixOf(f *finding) (fix *write.Fix, refusal reason.Refusal) {
	defer func() {
		if !failsAloud && recover() != nil {
			fix, refusal = nil, reason.Failed
		}
	}()
	fix, refusal = x.fixAt(f, 0)
	if fix != nil && fix.Newer {
		return nil, reason.NeedsRange
	}
	return fix, refusal
}

// fixAt returns the fix of a site as it stands, or of another form of it. Depth
// is how many forms there have been.
func (x *fixer) fixAt(f *finding, depth int) (*write.Fix, reason.Refusal) {
	if f.verdict.Intent != flow.Retry && f.verdict.Intent != flow.Reconnect {
		return nil, reason.IntentIsOther
	}
	file := x.fileOf(f.site.Cycle)
	switch {
	case x.source(file) == nil:
		return nil, reason.SourceNotKnown
	case !x.affords(file, f):
		return nil, reason.TooManyLoops
	}
	if depth == 0 {
		if fix := x.quieted(f, file); fix != nil {
			return fix, nil
		}
	}
	req := x.request(f, x.set.helper, file)
	fix, refusal := x.best(req, depth)
	best := fix
	var other *write.Fix
	var why reason.Refusal
	if x.set.helper.Shape != helper.Wait { // by which the loop stays as it is
		other, why = x.reformed(f, req, restate.New, refusal, depth)
	}
	if other != nil && (fix == nil || other.Better(fix) && !(depth == 0 && other.OnlyWaits(fix))) {
		best = other
	}
	if normal, _ := x.reformed(f, req, restate.Normal, refusal, depth); normal != nil && (best == nil || normal.Better(best) && !normal.Alike(best)) {
		best = normal
	}
	switch {
	case best != nil:
		return best, nil
	case refusal.Reason() == reason.ShapeOfCycle && why != nil:
		return nil, why
	}
	return nil, refusal
}

// A try is the fix of a site by one form of the helper, or why there is none.
type try struct {
	req   reading.Request
	newer bool // it is for a newer file
	fix   *write.Fix
	why   reason.Refusal
}

// best returns the best of the fixes that the forms of the helper allow, or why there is
// none. Only that is checked: another takes its place if it does not compile.
func (x *fixer) best(req reading.Request, depth int) (*write.Fix, reason.Refusal) {
	req.Known = make(reading.Known)
	var tries []*try
	for _, form := range x.set.helper.Forms() {
		tries = append(tries, x.byForm(req, form, depth))
	}
	for {
		t, refusal := bestOf(tries)
		if t == nil {
			return nil, refusal
		}
		if fix := t.fix.Checked(); fix != nil {
			return fix, nil
		}
		if t.fix.MayTell() {
			x.settle(t, depth, rewrite.Telling)
		} else {
			t.fix, t.why = nil, reason.DoesNotCompile
		}
	}
}

// bestOf returns the try with the best fix; nil if none has one, and why: the reason of the
// last form, which asks least of a loop, but for one that says less than another form's.
func bestOf(tries []*try) (best *try, refusal reason.Refusal) {
	var refused helper.Shape
	for _, t := range tries {
		switch {
		case t.fix == nil && (refusal == nil || !lesser(t.why, refusal, refused)):
			refusal, refused = t.why, t.req.Helper.Shape
		case t.fix != nil && (best == nil || t.fix.Better(best.fix)):
			best = t
		}
	}
	return best, refusal
}

// byForm tries a form of the helper. One that nothing but the file's version rules out is
// tried in a newer file, so that this can be told.
func (x *fixer) byForm(req reading.Request, form *helper.Helper, depth int) *try {
	req.Helper = form
	t := &try{req: req, newer: !form.AllowsFile(req.GoVersion)}
	if t.newer && !form.Ranges() {
		t.why = reason.FileTooOld
		return t
	}
	if t.newer {
		newer := *req.Source.File
		newer.GoVersion = form.Go
		t.req.Source.File, t.req.GoVersion, t.req.Taken = &newer, form.Go, nil
	}
	x.settle(t, depth, rewrite.New)
	return t
}

// settle gives t its fix, if one is written and worth it.
func (x *fixer) settle(t *try, depth int, write func(reading.Request) (*write.Fix, reason.Refusal)) {
	if t.fix, t.why = write(t.req); t.fix == nil {
		return
	}
	t.fix = t.fix.Sized(t.req.Source)
	t.fix.Newer = t.newer
	if t.why = t.fix.Worth(len(x.set.helper.Forms()) == 1); t.why != nil && depth == 0 {
		t.fix = nil
	}
}

// lesser reports whether why tells a user less than the reason of a form before: that the
// file is too old for the form, or that the fix would be longer, where the form that keeps
// the loop's body has named what stands in its way.
func lesser(why, before reason.Refusal, shape helper.Shape) bool {
	return why.Reason() == reason.FileTooOld || why.Reason() == reason.Longer && shape == helper.Loop
}

func (x *fixer) request(f *finding, form *helper.Helper, file *ast.File) reading.Request {
	req := reading.Request{
		Pkg: x.pkg, Site: f.site, Verdict: f.verdict, Growth: f.growth, Bounds: f.waits.Bounds(f.site),
		Source: edit.Source{File: file, Src: x.source(file)}, Helper: form, Taken: x.taken, Elsewhere: x.elsewhere,
		GoVersion: x.version(file),
	}
	if schedule, ok := f.waits.Schedule(f.site); ok {
		req.Waits = schedule
	}
	if schedule, ok := f.waits.Longest(f.site); ok {
		req.Longest = schedule
	}
	req.Multiples = f.waits.Multiples(f.site, f.growth)
	return req
}

// version returns the language version of file.
func (x *fixer) version(file *ast.File) string {
	if v := x.pass.TypesInfo.FileVersions[file]; v != "" {
		return v
	}
	return x.pass.Pkg.GoVersion()
}

func (x *fixer) fileOf(n ast.Node) *ast.File { return x.fileAt(n.Pos()) }

func (x *fixer) fileAt(pos token.Pos) *ast.File {
	for _, file := range x.pass.Files {
		if file.FileStart <= pos && pos < file.FileEnd {
			return file
		}
	}
	return nil
}

// source returns the text of a file that was written by hand, or nil.
func (x *fixer) source(file *ast.File) []byte {
	if file == nil {
		return nil
	}
	if src, ok := x.src[file]; ok {
		return src
	}
	tok := x.pass.Fset.File(file.FileStart)
	name := tok.Name()
	var src []byte
	if !fromGoCommand(name) && !importsC(file) && !leadsOut(name) {
		read := os.ReadFile
		if x.pass.ReadFile != nil {
			read = x.pass.ReadFile
		}
		if data, err := read(name); err == nil && len(data) == tok.Size() {
			src = data
		}
	}
	x.src[file] = src
	return src
}

// leadsOut reports whether the named file is outside of its module, to which it or a
// directory links: drivers would write there.
func leadsOut(name string) bool {
	root := filepath.Dir(name)
	if _, dir := gomod.At(root); dir != "" {
		root = dir
	}
	real, err := filepath.EvalSymlinks(name)
	if err != nil {
		return !errors.Is(err, fs.ErrNotExist) // what is not there is not written either
	}
	_, inside := below(root, real)
	return !inside
}

func importsC(file *ast.File) bool {
	for _, imp := range file.Imports {
		if imp.Path.Value == `"C"` {
			return true
		}
	}
	return false
}

// separate takes back fixes that overlap: of nested loops the inner one keeps
// its fix.
func separate(findings []*finding) {
	fixed := slices.DeleteFunc(slices.Clone(findings), func(f *finding) bool { return f.fix == nil })
	slices.SortStableFunc(fixed, func(a, b *finding) int { return cmp.Compare(a.fix.Pos, b.fix.Pos) })
	for i := range len(fixed) - 1 {
		if next := fixed[i+1]; next.fix.Pos < fixed[i].fix.End {
			fixed[i].refuse(reason.NestedSite.At(next.site.Cycle.Pos()))
		}
	}
}

// join takes back a fix that does not compile together with those before it in
// the same function, which may use the same variables.
func (x *fixer) join(findings []*finding) {
	accepted := make(map[ast.Node][]*write.Fix)
	for _, f := range findings {
		if f.fix == nil {
			continue
		}
		all := append(accepted[f.fix.Decl], f.fix)
		if len(all) > 1 {
			file := x.fileOf(f.site.Cycle)
			if write.Together(x.request(f, x.set.helper, file), all) != nil {
				f.refuse(reason.SharedCode.At(all[0].Pos))
				continue
			}
		}
		accepted[f.fix.Decl] = all
	}
}

// suggestedFixes returns the fix for drivers: one at most.
func (f *finding) suggestedFixes() []analysis.SuggestedFix {
	if f.fix == nil {
		return nil
	}
	edits := f.fix.Edits
	for _, fix := range f.more {
		edits = merge(edits, fix.Edits)
	}
	return []analysis.SuggestedFix{{Message: f.fixMessage(), TextEdits: edits}}
}

// merge adds the edits of a fix that does not overlap, in source order; both
// may add the same imports.
func merge(edits, more []analysis.TextEdit) []analysis.TextEdit {
	all := slices.Clone(edits)
	for _, e := range more {
		same := func(o analysis.TextEdit) bool {
			return e.Pos == o.Pos && e.End == o.End && bytes.Equal(e.NewText, o.NewText)
		}
		if !slices.ContainsFunc(edits, same) {
			all = append(all, e)
		}
	}
	slices.SortStableFunc(all, func(a, b analysis.TextEdit) int { return cmp.Compare(a.Pos, b.Pos) })
	return all
}
