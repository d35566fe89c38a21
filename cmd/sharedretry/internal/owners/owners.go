// Package owners tells who owns a file, by the repository's CODEOWNERS.
package owners

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"github.com/hmarr/codeowners"

	"github.com/sharedretry/sharedretry/analyzer/bounded"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/modules"
)

// Rules are those of a CODEOWNERS file. Without one, nobody owns anything.
type Rules struct {
	root string
	list codeowners.Ruleset
}

// places are where GitHub and GitLab look for the file, in their order.
var places = []string{".github/CODEOWNERS", ".gitlab/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"}

// Read returns the rules of the repository in root. An error names the file.
func Read(root string) (Rules, error) {
	for _, place := range places {
		name := filepath.Join(root, filepath.FromSlash(place))
		if info, err := os.Stat(name); err != nil || info.IsDir() {
			continue
		}
		data, err := bounded.Read(name, bounded.Other)
		if err != nil {
			return Rules{}, err
		}
		list, err := codeowners.ParseFile(bytes.NewReader(data))
		if err != nil {
			return Rules{}, fmt.Errorf("%s: %w", place, err)
		}
		return Rules{root, list}, nil
	}
	return Rules{}, nil
}

// Known reports whether there are rules.
func (r Rules) Known() bool { return len(r.list) > 0 }

// Of returns the owners of the named file, as CODEOWNERS writes them, in its order.
func (r Rules) Of(name string) (owners []string) {
	rel, ok := modules.RelativeTo(r.root, name)
	if !ok {
		return nil
	}
	rule, err := r.list.Match(rel)
	if err != nil || rule == nil {
		return nil
	}
	for _, o := range rule.Owners {
		owners = append(owners, o.String())
	}
	return owners
}
