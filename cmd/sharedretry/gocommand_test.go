package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// proxyOf returns the address of a module proxy, a directory, that has version
// v1.0.0 of example.com/dep.
func proxyOf(t *testing.T) string {
	t.Helper()
	const mod = "module example.com/dep\n"
	dir := write(t, "-- example.com/dep/@v/v1.0.0.mod --\n"+mod+"-- example.com/dep/@v/v1.0.0.info --\n{\"Version\": \"v1.0.0\"}\n")
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range map[string]string{"go.mod": mod, "dep.go": "package dep\n"} {
		f, err := w.Create("example.com/dep@v1.0.0/" + name)
		if err == nil {
			_, err = f.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	zipped := filepath.Join(dir, "example.com", "dep", "@v", "v1.0.0.zip")
	if err := errors.Join(w.Close(), os.WriteFile(zipped, b.Bytes(), 0o666)); err != nil {
		t.Fatal(err)
	}
	return "file://" + filepath.ToSlash(filepath.Join("/", dir))
}

// An error of the go command is shown as it is.
func TestGoErrors(t *testing.T) {
	t.Parallel()
	const (
		code = "-- x.go --\npackage p\n\nimport _ \"example.com/dep\"\n"
		dep  = modFile + "\nrequire example.com/dep v1.0.0\n" + code
		hash = "h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
	)
	for _, test := range []struct {
		name, files, proxy, pattern string
		want                        string
		wantNot                     []string
	}{
		{"checksum", dep + "-- go.sum --\nexample.com/dep v1.0.0 " + hash, proxyOf(t), "./...",
			"verifying example.com/dep@v1.0.0: checksum mismatch\n\tdownloaded: ", nil},
		{"checksum of go.mod", dep + "-- go.sum --\nexample.com/dep v1.0.0/go.mod " + hash, proxyOf(t), "./...",
			"verifying example.com/dep@v1.0.0/go.mod: checksum mismatch\n\tdownloaded: ", []string{"exit status"}},
		{"network", dep, "http://127.0.0.1:1", ".", `Get "http://127.0.0.1:1/example.com/dep/@v/v1.0.0.`, nil},
		{"import", modFile + code, "off", ".", "x.go:3:8: ", []string{"invalid package name", "could not import"}},
		{"no such package", modFile + code, "off", "example.com/none", "example.com/none", nil},
		{"no such directory", modFile + code, "off", "./none", filepath.Join("none") + ": directory not found", nil},
		{"no go.mod", code, "off", ".", "go: go.mod file not found in current directory or any parent directory", nil},
		{"no go.mod, no such directory", code, "off", "./none", "go: go.mod file not found", nil},
		{"go.mod", "-- go.mod --\nmodule (\n", "off", "./...", "go: errors parsing go.mod:\n", []string{"exit status"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := write(t, test.files)
			env := []string{"GOPROXY=" + test.proxy, "GOMODCACHE=" + t.TempDir(), "GOFLAGS=-mod=mod -modcacherw", "GONOSUMDB=*"}
			res := call(t, dir, env, binary, test.pattern)
			res.want(t, 1, test.want)
			res.wantNot(t, append(test.wantNot, "matched no packages")...)
		})
	}
	dir := write(t, modFile)
	tool(t, dir, "./...").want(t, 1, "sharedretry: ./... matched no packages\n")
}
