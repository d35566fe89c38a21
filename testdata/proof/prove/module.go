// Package prove fixes functions with the tool and compares them, before and
// after, in a module of their own.
package prove

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// modulePath is the module in which the functions are fixed and run.
const modulePath = "example.com/proofrun"

// root is the directory of this nested module, seen from its packages' tests.
const proofPath = "github.com/sharedretry/sharedretry/testdata/proof"

// A Module is a temporary module that holds packages twice: before and after
// their fix.
type Module struct {
	dir string
}

// NewModule makes a module in dir that requires what the module in proofDir
// does, and that module itself.
func NewModule(dir, proofDir string) (*Module, error) {
	proofDir, err := filepath.Abs(proofDir)
	if err != nil {
		return nil, err
	}
	mod, err := os.ReadFile(filepath.Join(proofDir, "go.mod"))
	if err != nil {
		return nil, err
	}
	mod = bytes.Replace(mod, []byte("module "+proofPath), []byte("module "+modulePath), 1)
	mod = fmt.Appendf(mod, "\nrequire %s v0.0.0\n\nreplace %s => %s\n", proofPath, proofPath, proofDir)
	sum, err := os.ReadFile(filepath.Join(proofDir, "go.sum"))
	if err != nil {
		return nil, err
	}
	m := &Module{dir: dir}
	if err := m.write("go.mod", mod); err != nil {
		return nil, err
	}
	return m, m.write("go.sum", sum)
}

func (m *Module) write(name string, data []byte) error {
	file := filepath.Join(m.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o666)
}

// Add adds a file of a package, such as "bounded/count.go".
func (m *Module) Add(name string, src []byte) error {
	for _, tree := range []string{"before/", "after/"} {
		if err := m.write(tree+name, src); err != nil {
			return err
		}
	}
	return nil
}

// AddFixed adds a file of a package that was fixed by hand.
func (m *Module) AddFixed(name string, before, after []byte) error {
	if err := m.write("before/"+name, before); err != nil {
		return err
	}
	return m.write("after/"+name, after)
}

// Configure writes the configuration of the tool.
func (m *Module) Configure(config string) error {
	return m.write(".sharedretry.yml", []byte(config))
}

// run runs a command at the module's root and returns its output, and an error
// if it exits with another code than those that are allowed.
func (m *Module) run(codes []int, env []string, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = m.dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod", "GOPROXY=off")
	cmd.Env = append(cmd.Env, env...)
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		return "", err
	}
	for _, code := range codes {
		if cmd.ProcessState.ExitCode() == code {
			return string(out), nil
		}
	}
	return string(out), fmt.Errorf("%s %s: %w\n%s", filepath.Base(name), strings.Join(args, " "), err, clip(string(out)))
}

func clip(text string) string {
	const most = 6000
	if len(text) > most {
		return text[:most] + "\n...\n"
	}
	return text
}

// A site is what the tool says of a loop.
type site struct {
	file string // below after/
	line int
	text string
}

var (
	explained = regexp.MustCompile(`^after/([^:]+):(\d+):\d+: (.*)$`)
	details   = regexp.MustCompile(` \([^()]*\d[^()]*\)$`)
	refusal   = regexp.MustCompile(`no fix: (.*?)(?:;|,? \([a-z-]+\)$|$)`)
)

// explain lists all sites.
func (m *Module) explain(tool string, args []string) ([]site, error) {
	out, err := m.run([]int{0, 3}, nil, tool, append(args, "-explain", "./after/...")...)
	if err != nil {
		return nil, err
	}
	var sites []site
	for line := range strings.Lines(out) {
		if f := explained.FindStringSubmatch(strings.TrimSpace(line)); f != nil {
			s := site{file: filepath.ToSlash(f[1]), text: f[3]}
			fmt.Sscan(f[2], &s.line)
			sites = append(sites, s)
		}
	}
	return sites, nil
}

// why returns the reason for which a site got no fix, without lines and numbers.
func (s site) why() string {
	if f := refusal.FindStringSubmatch(s.text); f != nil {
		return details.ReplaceAllString(f[1], "")
	}
	if _, rest, ok := strings.Cut(s.text, "not reported"); ok {
		return "not reported" + rest
	}
	return "no reason given"
}
