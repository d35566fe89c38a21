package analyzer_test

import (
	"path/filepath"
	"strings"
	"testing"
)

// An import has no name that a file of the package declares, though it is no part
// of this build.
func TestImportElsewhere(t *testing.T) {
	for file, text := range map[string]string{
		"retry_plan9.go": "package m\n\nfunc retry() {}\n",
		"m_test.go":      "package m\n\nconst retry = 3\n",
		"old.go":         "//go:build ignored\n\npackage m\n\nvar retry, more = 1, 2\n",
		"group_test.go":  "package m\n\nconst (\n\tother = iota\n\tretry\n)\n",
		"kind_test.go":   "package m\n\ntype retry struct{}\n",
	} {
		t.Run(file, func(t *testing.T) {
			dir := t.TempDir()
			writeShapes(t, dir)
			writeFile(t, filepath.Join(dir, file), text)
			m := &shapeModule{t: t, dir: dir, helper: libretry}
			fixed, _ := m.fix(shapesHead + `func f() (err error) {
	for range 3 {
		if err = op(); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	return err
}
`)
			if !strings.Contains(fixed, "return retrygo.New(") {
				t.Errorf("got\n%s", fixed)
			}
		})
	}
}

// What another package in the directory declares, or a method, means nothing.
func TestImportOfOthers(t *testing.T) {
	dir := t.TempDir()
	writeShapes(t, dir)
	writeFile(t, filepath.Join(dir, "x_test.go"), "package m_test\n\nfunc retry() {}\n")
	writeFile(t, filepath.Join(dir, "y_test.go"), "package m\n\ntype t int\n\nfunc (t) retry() {}\n")
	writeFile(t, filepath.Join(dir, "z_test.go"), "package m\n\nfunc {")
	m := &shapeModule{t: t, dir: dir, helper: libretry}
	fixed, _ := m.fix(shapesHead + `func f() (err error) {
	for range 3 {
		if err = op(); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	return err
}
`)
	if !strings.Contains(fixed, "return retry.New(") {
		t.Errorf("got\n%s", fixed)
	}
}
