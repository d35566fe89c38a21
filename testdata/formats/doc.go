// Package formats tests what sharedretry writes against what others say of the
// formats. It is a module of its own, since only its tests need what they import.
package formats
