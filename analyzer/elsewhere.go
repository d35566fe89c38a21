package analyzer

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sharedretry/sharedretry/analyzer/bounded"
	"github.com/sharedretry/sharedretry/analyzer/internal/code"
	"github.com/sharedretry/sharedretry/analyzer/internal/pattern"
)

// elsewhere reports whether a file of the package that is no part of this build
// declares name: a test, or one for another system. An import of that name in a
// file of this build would not compile there.
func (x *fixer) elsewhere(name string) bool {
	o := x.others()
	o.parse(question{name, true}, mayDeclare)
	return o.declared[name]
}

// namedElsewhere reports whether such a file has name at all.
func (x *fixer) namedElsewhere(name string) bool {
	o := x.others()
	o.parse(question{name, false}, func(_, _ []byte) bool { return true })
	return o.named[name]
}

// otherNames are the names in such files.
type otherNames struct {
	declared, named map[string]bool // in those that were parsed
	files           []otherFile     // the others
	asked           map[question]bool
}

// A question is whether a name is there, or is declared.
type question struct {
	name     string
	declared bool
}

// An otherFile is the text of a file, and the name of the package that it is of if it
// matters.
type otherFile struct {
	text []byte
	pkg  string
}

// maxAsked is how many names the texts are looked through for, before all are parsed.
const maxAsked = 16

// parse notes the names in files that have the name of q somewhere as a word that may be
// what is asked for, by the text around it.
func (o *otherNames) parse(q question, may func(before, behind []byte) bool) {
	if o.asked[q] {
		return
	}
	o.asked[q] = true
	o.files = slices.DeleteFunc(o.files, func(f otherFile) bool {
		if len(o.asked) <= maxAsked && !hasWord(f.text, q.name, may) {
			return false
		}
		file, err := parser.ParseFile(token.NewFileSet(), "", f.text, parser.SkipObjectResolution)
		if err == nil && file.Name.Name == f.pkg {
			o.note(file)
		}
		return true
	})
}

// declares matches what stands before a name that a package declares: what it is, another
// name, or the begin of a line in a group. After that there may be a comment.
var declares = pattern.New(`(^|[\n(;,]|\b(func|type|var|const)|\*/)$`)

// mayDeclare reports whether a name between two texts may be one that is declared, and not
// a package's, what a statement defines, or the last of a list in parentheses.
func mayDeclare(before, behind []byte) bool {
	before, behind = bytes.TrimRight(before[max(0, len(before)-maxBefore):], blanks), bytes.TrimLeft(behind, blanks)
	if bytes.HasPrefix(behind, []byte(".")) || bytes.HasPrefix(behind, []byte(":")) {
		return false
	}
	last := bytes.HasPrefix(behind, []byte(")")) && (bytes.HasSuffix(before, []byte("(")) || bytes.HasSuffix(before, []byte(",")))
	return !last && declares().Match(before)
}

// blanks are what may stand between two words of a line.
const blanks = " \t\r"

// maxBefore is how many bytes before a name tell that it is none that is declared: with
// more white space it may be one.
const maxBefore = 64

// hasWord reports whether text has a name that stands alone, and between what it may.
func hasWord(text []byte, name string, may func(before, behind []byte) bool) bool {
	part := func(c byte) bool {
		return c == '_' || c >= utf8.RuneSelf || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
	}
	for from := 0; ; {
		i := bytes.Index(text[from:], []byte(name))
		if i < 0 {
			return false
		}
		i += from
		from = i + len(name)
		if (i == 0 || !part(text[i-1])) && (from == len(text) || !part(text[from])) && may(text[:i], text[from:]) {
			return true
		}
	}
}

// readOthers reads these files.
func (x *fixer) readOthers() *otherNames {
	o := &otherNames{declared: make(map[string]bool), named: make(map[string]bool), asked: make(map[question]bool)}
	for dir, pkg := range x.dirs() {
		o.files = append(o.files, x.filesIn(dir, pkg)...)
	}
	return o
}

// dirs returns the directories of the files under analysis, each with the name of
// the package.
func (x *fixer) dirs() map[string]string {
	dirs := make(map[string]string)
	for _, file := range x.pass.Files {
		if name := x.pass.Fset.File(file.FileStart).Name(); !fromGoCommand(name) {
			dirs[filepath.Dir(name)] = file.Name.Name
		}
	}
	return dirs
}

// filesIn returns the files in dir that are not under analysis. Those that cannot be
// read are left out.
func (x *fixer) filesIn(dir, pkg string) (list []otherFile) {
	known := make(map[string]bool)
	for _, file := range x.pass.Files {
		known[filepath.Base(x.pass.Fset.File(file.FileStart).Name())] = true
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	for _, e := range entries {
		if known[e.Name()] || e.IsDir() || !strings.HasSuffix(e.Name(), ".go") {
			continue
		}
		if text, err := bounded.Read(filepath.Join(dir, e.Name()), bounded.Other); err == nil {
			list = append(list, otherFile{text, pkg})
		}
	}
	return list
}

// note notes the names in file, and those that it declares for its package.
func (o *otherNames) note(file *ast.File) {
	for _, d := range file.Decls {
		for _, id := range code.Names(d) {
			o.declared[id.Name] = true
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			o.named[id.Name] = true
		}
		return true
	})
}
