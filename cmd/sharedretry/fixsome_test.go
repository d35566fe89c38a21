package main

import "testing"

// -fix=N applies the first fixes, in the order of the findings, and -fix the rest.
func TestFixSome(t *testing.T) {
	t.Parallel()
	const named = "helper: ./retry\n"
	dir := write(t, modFile+"-- .sharedretry.yml --\n"+named+helperCode+"-- b/x.go --\n"+fixableCode("x")+"-- a/x.go --\n"+fixableCode("x")+"\nfunc y(op func() error) error {"+fixableLoop+"}\n")
	res := tool(t, dir, "-fix=1", "-diff", "./...")
	res.want(t, 0, "1 loop to replace in 1 file of 1 package", "; 2 more with -fix")
	res.wantOnce(t, "\tfix: call retry.Do") // what is left is not announced
	tool(t, dir, "-fix=2", "./...").want(t, 0, "2 loops replaced in 1 file of 1 package", "; 1 more with -fix")
	tool(t, dir, "./...").want(t, 3, "x.go:", "1 finding in 1 of 3 packages")
	tool(t, dir, "-fix", "./...").want(t, 0, "1 loop replaced in 1 file of 1 package")
	tool(t, dir, "-fix", "./...").want(t, 0, "no findings")
	for _, value := range []string{"-fix=-1", "-fix=x"} {
		tool(t, dir, value, "./...").want(t, 2, "want a number of fixes, true or false")
	}
	tool(t, dir, "-fix=0", "-diff", "./...").want(t, 2, "-diff needs -fix")
}
