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
