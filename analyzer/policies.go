package analyzer

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/sharedretry/sharedretry/analyzer/internal/policy"
)

// A PolicySpec names what gives a library of your own delays that do not grow,
// or grow linearly.
type PolicySpec struct {
	// Identifier is the import path of a package, without its major version, a dot
	// and the name of a function, variable or type, or of a method or field behind
	// its type and a dot; * stands for any run of characters but slashes.
	Identifier string `json:"identifier" yaml:"identifier"`

	// Growth is how the delays grow: constant, linear or random.
	Growth string `json:"growth" yaml:"growth"`

	// Remedy says what to do instead, in a few words that end the message.
	Remedy string `json:"remedy" yaml:"remedy"`
}

// An AllowedPolicy says where delays that do not grow, or grow linearly, are as
// they should be.
type AllowedPolicy struct {
	// Identifier is as in [PolicySpec], also of a known library.
	Identifier string `json:"identifier" yaml:"identifier"`

	// Packages are import paths; /... at the end of one stands for the packages
	// below it, too.
	Packages []string `json:"packages" yaml:"packages"`

	// Reason says why.
	Reason string `json:"reason" yaml:"reason"`

	at spot
}

var policyGrowths = []string{"constant", "linear", "random"}

// splitIdentifier returns the package and the name of an identifier.
func splitIdentifier(identifier string) (pkg, name string, err error) {
	slash := strings.LastIndex(identifier, "/")
	pkg, name, ok := strings.Cut(identifier[slash+1:], ".")
	pkg = identifier[:slash+1] + pkg
	if !ok || pkg == "" || name == "" || slash < 0 || strings.Count(name, ".") > 1 {
		return "", "", fmt.Errorf("identifier %q must be an import path, a dot and a name, such as go.acme.dev/retry.NewLinear", identifier)
	}
	if _, err := path.Match(identifier, ""); err != nil {
		return "", "", fmt.Errorf("identifier %q is not a pattern: use * for any run of characters", identifier)
	}
	return pkg, name, nil
}

func (s PolicySpec) check() error {
	_, _, err := splitIdentifier(s.Identifier)
	switch {
	case err != nil:
		return err
	case !slices.Contains(policyGrowths, s.Growth):
		return fmt.Errorf("growth %q of %s: known are %s", s.Growth, s.Identifier, strings.Join(policyGrowths, ", "))
	case strings.TrimSpace(s.Remedy) == "":
		return fmt.Errorf("remedy of %s is missing: say what to call instead", s.Identifier)
	}
	return nil
}

func (a AllowedPolicy) check() error {
	_, _, err := splitIdentifier(a.Identifier)
	switch {
	case err != nil:
		return err
	case len(a.Packages) == 0 || slices.Contains(a.Packages, ""):
		return fmt.Errorf("packages of %s are missing: list import paths, such as example.com/m/store", a.Identifier)
	case strings.TrimSpace(a.Reason) == "":
		return fmt.Errorf("reason of %s is missing: say why it is allowed there", a.Identifier)
	}
	return nil
}

// checkPolicies reports the first of o's rows and allowances that is wrong.
func (o Options) checkPolicies() error {
	var errs []error
	for _, s := range o.Policies {
		errs = append(errs, s.check())
	}
	for _, a := range o.AllowedPolicies {
		errs = append(errs, a.check())
	}
	if i := slices.IndexFunc(errs, func(err error) bool { return err != nil }); i >= 0 {
		return errs[i]
	}
	return nil
}

var knownPolicies = sync.OnceValue(func() *policy.Table { return policy.NewTable(policy.Known) })

// policyTable returns the table of the known libraries and those of specs.
func policyTable(specs []PolicySpec) *policy.Table {
	if len(specs) == 0 {
		return knownPolicies()
	}
	var rows []policy.Row
	for _, s := range specs {
		pkg, name, _ := splitIdentifier(s.Identifier) // checked when it was read
		rows = append(rows, policy.Row{Library: pkg, Name: name, Growth: s.Growth, Remedy: strings.TrimSpace(s.Remedy)})
	}
	return policy.NewTable(append(rows, policy.Known...))
}

// allowedIn returns those of all that hold for the package with the given path.
func allowedIn(pkg string, all []AllowedPolicy) (allowed []AllowedPolicy) {
	pkg, _, _ = strings.Cut(pkg, " ")
	for _, a := range all {
		if slices.ContainsFunc(a.Packages, func(pattern string) bool { return coversPackage(pattern, pkg) }) {
			allowed = append(allowed, a)
		}
	}
	return allowed
}

func coversPackage(pattern, pkg string) bool {
	if dir, ok := strings.CutSuffix(pattern, "/..."); ok {
		return pkg == dir || strings.HasPrefix(pkg, dir+"/")
	}
	return pattern == "..." || policy.Match(pattern, pkg)
}

// allowance returns the reason why u is allowed, or "".
func (s settings) allowance(u *policy.Use) string {
	for _, a := range s.allowed {
		pkg, name, _ := splitIdentifier(a.Identifier)
		if policy.InLibrary(pkg, u.Package) && policy.Match(name, u.Name) {
			return a.Reason
		}
	}
	return ""
}
