package unit

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"

	"github.com/sharedretry/sharedretry/analyzer"
	"github.com/sharedretry/sharedretry/analyzer/bounded"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/exit"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/modules"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/out"
	"github.com/sharedretry/sharedretry/cmd/sharedretry/internal/settings"
)

// PrintVersion answers -V=full, the go command's question for what its cache
// of vet results depends on beside the package and the flags. It is asked once
// a run, in the go command's working directory and without the other flags.
//
// A configuration that is wrong is told here: once, and not for each package.
func PrintVersion() int {
	dir, err := os.Getwd()
	if err != nil {
		return exit.Fail(exit.Error, err)
	}
	id, err := buildID(dir, os.Getenv(settings.ConfigEnv))
	if err != nil {
		return exit.Fail(exit.Error, err)
	}
	out.Stdout.Printf("sharedretry version devel buildID=%x\n", id)
	return exit.Clean
}

// buildID hashes the executable and every file outside a package that a result
// may depend on, for a run of the go command in dir. The file config, if any,
// stands for all configuration files.
func buildID(dir, config string) ([]byte, error) {
	h := sha256.New()
	if err := hashExecutable(h); err != nil {
		return nil, err
	}
	mods := modules.Find(dir)
	if err := checkConfig(dir, config, mods.Root != ""); err != nil {
		return nil, err
	}
	hashFile(h, "go.work", mods.Work)
	for _, root := range mods.Dirs {
		hashModule(h, root, config == "")
	}
	if shared := cmp.Or(config, analyzer.WorkConfig(dir)); shared != "" { // for all modules
		hashConfig(h, "config", shared)
		for _, root := range mods.Dirs {
			hashHelper(h, root, shared)
		}
	}
	if list := os.Getenv(settings.BaselineEnv); list != "" {
		hashFile(h, settings.BaselineEnv, list) // also if it is off
	}
	return h.Sum(nil), nil
}

// hashModule adds the files of the module in root, by names relative to it:
// equal modules share the results for their dependencies.
func hashModule(h hash.Hash, root string, configs bool) {
	hashFile(h, "go.mod", filepath.Join(root, "go.mod"))
	if !configs {
		return
	}
	for _, file := range analyzer.ConfigFiles(root) {
		if name, err := filepath.Rel(root, file); err == nil {
			hashConfig(h, name, file)
			hashHelper(h, filepath.Dir(file), file)
		}
	}
	hashHelper(h, root, "") // for packages without a file
}

// hashConfig adds a configuration file under the given name, what it extends, and the
// baseline that it names.
func hashConfig(h hash.Hash, name, file string) {
	hashFile(h, name, file)
	opts, err := analyzer.LoadOptions("", file)
	if err != nil {
		return // which is told before, or by the packages that use it
	}
	for i, base := range opts.Files() {
		hashFile(h, fmt.Sprintf("extended %d", i), base)
	}
	if opts.Baseline != "" {
		hashFile(h, "baseline", opts.Baseline)
	}
}

// hashHelper adds the source of the helpers that a configuration file describes,
// or of the library that is called without one, as packages in dir see them.
func hashHelper(h hash.Hash, dir, file string) {
	opts := analyzer.Options{}
	if file != "" {
		opts, _ = analyzer.LoadOptions("", file)
	}
	files, reached := opts.HelperSources(dir)
	h.Write(fmt.Appendf(nil, "%q\n", reached))
	for _, source := range files {
		name, err := filepath.Rel(dir, source)
		if err != nil {
			name = source
		}
		hashFile(h, name, source)
	}
}

// checkConfig reports what is wrong with config, or with the file that packages
// in dir use. Outside a module there is none: see Vet.
func checkConfig(dir, config string, module bool) error {
	list := os.Getenv(settings.BaselineEnv)
	if err := errors.Join(checkPath(settings.ConfigEnv, config), checkPath(settings.BaselineEnv, list)); err != nil {
		return err
	}
	if config == "" && !module {
		return nil
	}
	opts, err := analyzer.LoadOptions(dir, config)
	if err != nil {
		return err
	}
	opts.Baseline = cmp.Or(list, opts.Baseline)
	return errors.Join(settings.CheckBaseline(opts), opts.ValidateFor(dir))
}

// checkPath reports a path in an environment variable that depends on the
// working directory, which is each package's.
func checkPath(env, file string) error {
	if file == "" || file == analyzer.NoConfig || filepath.IsAbs(file) {
		return nil
	}
	return fmt.Errorf("%s=%s: go vet needs an absolute path", env, file)
}

func hashExecutable(h hash.Hash) error {
	name, err := os.Executable()
	if err != nil {
		return err
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(h, f)
	return cmp.Or(err, f.Close())
}

// hashFile adds the content of file under the given name; one that cannot be
// read is as good as none.
func hashFile(h hash.Hash, name, file string) {
	data, _ := bounded.Read(file, bounded.Baseline)
	h.Write(fmt.Appendf(nil, "%q %d\n", name, len(data)))
	h.Write(data)
}
