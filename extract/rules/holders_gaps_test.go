package rules

import "maps"

// holderGaps are the gaps of more than 100 days between heads of state or government that the tables leave open, by
// country, office and the day on which the next term begins, with the reason.
var holderGaps = map[string]string{
	"BGD 首相 2009-01-06":   "caretaker governments under a 首席顧問",
	"BGD 首席顧問 2024-08-08": "an office of caretaker governments only",
	"EGY 大統領 2012-06-30":  "the Supreme Council of the Armed Forces governed",
	"IRQ 大統領 2004-06":     "occupation, then a Governing Council with monthly presidents",
	"KGZ 大統領 2021-01-28":  "two acting presidents in turn",
	"LBN 大統領 2008-05-25":  "vacant: parliament elected nobody",
	"LBN 大統領 2016-10-31":  "vacant: parliament elected nobody",
	"LBN 大統領 2025-01-09":  "vacant: parliament elected nobody",
	"MDG 大統領 2019-01":     "the speaker of the senate acted during the election",
	"MMR 首相 2021-08-01":   "abolished from 2011 to 2021",
	"NER 大統領 2011-04-07":  "a military council governed",
	"NER 大統領 2025-03-26":  "a military council governed; its head was sworn in as president in 2025",
	"NPL 首相 2004-06":      "the king appointed short-lived cabinets",
	"NPL 首相 2006-04":      "the king ruled without a prime minister",
	"XKX 大統領 2021-04-06":  "two acting presidents in turn",
	"THA 首相 2014-08-24":   "a caretaker, then a military council governed",
}

var unusedGaps = maps.Clone(holderGaps)
