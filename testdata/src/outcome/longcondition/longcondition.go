// Package longcondition has a condition of many parts, which are looked at once
// each.
package longcondition

import "time"

type options [48]bool

func apply(set func(options) error, o options) error { // want `retry helper with constant backoff`
	for {
		err := set(o)
		if err == nil ||
			o[0] && !o[1] ||
			o[1] && !o[2] ||
			o[2] && !o[3] ||
			o[3] && !o[4] ||
			o[4] && !o[5] ||
			o[5] && !o[6] ||
			o[6] && !o[7] ||
			o[7] && !o[8] ||
			o[8] && !o[9] ||
			o[9] && !o[10] ||
			o[10] && !o[11] ||
			o[11] && !o[12] ||
			o[12] && !o[13] ||
			o[13] && !o[14] ||
			o[14] && !o[15] ||
			o[15] && !o[16] ||
			o[16] && !o[17] ||
			o[17] && !o[18] ||
			o[18] && !o[19] ||
			o[19] && !o[20] ||
			o[20] && !o[21] ||
			o[21] && !o[22] ||
			o[22] && !o[23] ||
			o[23] && !o[24] ||
			o[24] && !o[25] ||
			o[25] && !o[26] ||
			o[26] && !o[27] ||
			o[27] && !o[28] ||
			o[28] && !o[29] ||
			o[29] && !o[30] ||
			o[30] && !o[31] ||
			o[31] && !o[32] ||
			o[32] && !o[33] ||
			o[33] && !o[34] ||
			o[34] && !o[35] ||
			o[35] && !o[36] ||
			o[36] && !o[37] ||
			o[37] && !o[38] ||
			o[38] && !o[39] ||
			o[39] && !o[40] ||
			o[40] && !o[41] ||
			o[41] && !o[42] ||
			o[42] && !o[43] ||
			o[43] && !o[44] ||
			o[44] && !o[45] ||
			o[45] && !o[46] ||
			o[46] && !o[47] ||
			false {
			return err
		}
		time.Sleep(time.Second)
	}
}
