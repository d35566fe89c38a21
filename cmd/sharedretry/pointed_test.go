package main

import "testing"

// A helper that is named by the path of its package needs no description.
func TestPointedHelper(t *testing.T) {
	t.Parallel()
	const fixed = "retry.Do(context.Background(), 3, time.Second, op)"
	const loop = `-- sub/x.go --
package sub

import "time"

func f(op func() error) error {
	var err error
	for range 3 {
		if err = op(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}
`
	dir := write(t, modFile+helperCode+loop+"-- .sharedretry.yml --\nhelper: example.com/m/retry\n")
	tool(t, dir, "-fix", "-diff", "./...").want(t, 0, fixed)
	vet(t, dir, "-fix", "-diff", "./...").want(t, 1, fixed)

	update(t, dir, "-- .sharedretry.yml --\nhelper: ./retry\n")
	tool(t, dir, "-fix", "-diff", "./...").want(t, 0, fixed)
	vet(t, dir, "-fix", "-diff", "./...").want(t, 1, fixed)

	update(t, dir, "-- .sharedretry.yml --\ntests: true\n")
	tool(t, dir, "-helper=example.com/m/retry", "-fix", "-diff", "./...").want(t, 0, fixed)
	tool(t, dir, "-helper=./retry", "./...").want(t, 1, "helper ./retry: a directory is for the configuration file, in a module: name the package by its import path")
}

// A path that leads to no helper is an error with its line.
func TestPointedNowhere(t *testing.T) {
	t.Parallel()
	dir := write(t, misfitModule+"-- other/other.go --\npackage other\n\nfunc Do() {}\n")
	for path, want := range map[string]string{
		"example.com/m/nowhere": ".sharedretry.yml:2: helper example.com/m/nowhere: there is no such package in example.com/m",
		"./nowhere":             ".sharedretry.yml:2: helper example.com/m/nowhere: there is no such package in example.com/m",
		"example.com/m/other":   ".sharedretry.yml:2: helper example.com/m/other: no function runs an operation",
	} {
		update(t, dir, "-- .sharedretry.yml --\ntests: true\nhelper: "+path+"\n")
		tool(t, dir, "./...").want(t, 1, want)
		tool(t, dir, "-fix", "./...").want(t, 1, want)
		vet(t, dir, "./...").want(t, 1, want)
	}
}

// -describe prints what is understood of a helper: of the one that is named, or
// that the configuration names.
func TestDescribe(t *testing.T) {
	t.Parallel()
	const call = "do           err := retry.Do(ctx, 5, time.Second, op)"
	dir := write(t, misfitModule+"-- .sharedretry.yml --\nhelper: ./retry\n")
	for _, args := range [][]string{{"-describe"}, {"-describe", "./retry"}, {"-describe", "example.com/m/retry"}} {
		res := tool(t, dir, args...)
		res.want(t, 0, call)
		res.want(t, 0, "no function returns the value of an operation")
		res.want(t, 0, "permanent: retry.Final({{err}})")
	}
	tool(t, dir, "-describe", "./sub").want(t, 1, "helper example.com/m/sub: no function runs an operation")
	tool(t, dir, "-describe", "./retry", "./sub").want(t, 2, "-describe takes one package")
	update(t, dir, "-- .sharedretry.yml --\ntests: true\n")
	tool(t, dir, "-describe").want(t, 2, "-describe needs a package: name it, or set helper in .sharedretry.yml")
}

// A helper whose package is not at hand is no error: there are no fixes then.
func TestPointedElsewhere(t *testing.T) {
	t.Parallel()
	dir := write(t, misfitModule+"-- .sharedretry.yml --\ntests: true\nhelper: go.acme.dev/retry\n")
	tool(t, dir, "./...").want(t, 3, "no fix: the helper's package go.acme.dev/retry is not at hand: go get it")
}
