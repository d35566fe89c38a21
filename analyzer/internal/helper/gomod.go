package helper

import (
	"sync"

	"github.com/sharedretry/sharedretry/analyzer/gomod"
)

// A goModule is a module whose packages are analysed.
type goModule struct {
	*gomod.Module
	cycles *sync.Map // reachable packages by import path; see imports
}

// cycles holds the map of that name of each module.
var cycles sync.Map

// moduleAt returns the module that holds dir. Without one the root is "", and
// with a go.mod that cannot be read the module is nil.
func moduleAt(dir string) (mod *goModule, root string) {
	m, root := gomod.At(dir)
	if m == nil {
		return nil, root
	}
	known, _ := cycles.LoadOrStore(m, new(sync.Map))
	return &goModule{m, known.(*sync.Map)}, root
}
