//go:build !unix

package atomicfile

import "io/fs"

func linked(fs.FileInfo) bool { return false }

func owned(string, fs.FileInfo) bool { return true }
