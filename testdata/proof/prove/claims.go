package prove

// Claims tests what the description of h claims, by the test that tool writes. The
// error has what go test prints.
func (m *Module) Claims(tool string, h Helper) error {
	text, err := m.run([]int{0}, nil, tool, "-describe", "-test", h.Name)
	if err != nil {
		return err
	}
	if err := m.write("claims/claims_test.go", []byte(text)); err != nil {
		return err
	}
	_, err = m.run([]int{0}, nil, "go", "test", "./claims")
	return err
}
