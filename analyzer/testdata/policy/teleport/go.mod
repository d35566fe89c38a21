module github.com/gravitational/teleport/api

go 1.26.0
