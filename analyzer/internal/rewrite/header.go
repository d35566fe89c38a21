package rewrite

func newHeader(req Request) (*Fix, Refusal) { return nil, shapeOfCycle }
