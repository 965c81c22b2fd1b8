package rules

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed data/offices_marks.tsv
var marksTSV string

// MarkRole says what a mark does to the office or name it stands with.
type MarkRole string

// The roles of marks.
const (
	MarkFormer    MarkRole = "former"    // 元大統領, 前外相
	MarkNext      MarkRole = "next"      // 次期大統領
	MarkNew       MarkRole = "new"       // 新首相: in office since lately
	MarkCurrent   MarkRole = "current"   // 現職, 現大統領
	MarkActing    MarkRole = "acting"    // 大統領代行, 暫定大統領, 臨時首相
	MarkDeputy    MarkRole = "deputy"    // 副大臣, 次官補: an office of its own, lower in rank
	MarkSenior    MarkRole = "senior"    // 筆頭, 首席, 上級: the office stays
	MarkPosted    MarkRole = "posted"    // 駐日大使: the country after it is where the holder serves
	MarkDeceased  MarkRole = "deceased"  // 故
	MarkCandidate MarkRole = "candidate" // 大統領候補: no holder yet
	MarkSame      MarkRole = "same"      // 同首相, 同氏: the country or person named before
	MarkPlural    MarkRole = "plural"    // 両外相, ら
	MarkHonorific MarkRole = "honorific" // 氏, 閣下: a person of standing
	MarkPlain     MarkRole = "plain"     // さん, 選手, 容疑者: a person, as a rule no Official
)

// MarkPlace says on which side of the office or name a mark stands.
type MarkPlace string

// The places of marks.
const (
	MarkPrefix MarkPlace = "prefix"
	MarkSuffix MarkPlace = "suffix"
	MarkName   MarkPlace = "name" // after a person's name
)

// Mark is an entry of data/offices_marks.tsv: 元, 前, 次期, 代行, 氏.
type Mark struct {
	// Form is the mark as written.
	Form string
	// Place is the side on which it stands.
	Place MarkPlace
	// Role is what it does.
	Role MarkRole
	// En is an English gloss.
	En string
	// Official says that a person with this mark and no office may be taken for an Official (氏, 閣下), so far as
	// something else in the text speaks for it; false for さん, 選手, 容疑者.
	Official bool
	// Line is the entry's line in data/offices_marks.tsv, from 1.
	Line int
}

// OfficeMarks is the embedded table, in the file's order, longest form of a place first. The caller must not change it.
var OfficeMarks = sync.OnceValue(func() []Mark {
	marks, err := ParseMarks("data/offices_marks.tsv", marksTSV)
	if err != nil {
		panic(err) // the embedded file is validated by a test
	}
	return marks
})

var markRoles = []MarkRole{
	MarkFormer, MarkNext, MarkNew, MarkCurrent, MarkActing, MarkDeputy, MarkSenior, MarkPosted, MarkDeceased,
	MarkCandidate, MarkSame, MarkPlural, MarkHonorific, MarkPlain,
}

// ParseMarks reads a table of marks: fields Form, Place, Role, En and, for honorifics, "official" or "-", separated by
// tabs. Every fault is reported as name:line with what was expected.
func ParseMarks(name, data string) ([]Mark, error) {
	var marks []Mark
	type key struct {
		form  string
		place MarkPlace
	}
	seen := make(map[key]int)
	for line, text := range tsvLines(data) {
		f := strings.Split(text, "\t")
		if len(f) != 5 {
			return nil, fmt.Errorf("%s:%d: %d fields, want Form, Place, Role, En, and official or -", name, line, len(f))
		}
		m := Mark{Form: f[0], Place: MarkPlace(f[1]), Role: MarkRole(f[2]), En: f[3], Official: f[4] == "official", Line: line}
		switch {
		case m.Form == "" || m.En == "":
			return nil, fmt.Errorf("%s:%d: want a form and an English gloss", name, line)
		case m.Place != MarkPrefix && m.Place != MarkSuffix && m.Place != MarkName:
			return nil, fmt.Errorf("%s:%d: place %q, want prefix, suffix or name", name, line, f[1])
		case !slices.Contains(markRoles, m.Role):
			return nil, fmt.Errorf("%s:%d: role %q, want one of %v", name, line, f[2], markRoles)
		case f[4] != "official" && f[4] != "-":
			return nil, fmt.Errorf("%s:%d: %q, want official or -", name, line, f[4])
		}
		k := key{m.Form, m.Place}
		if first, ok := seen[k]; ok {
			return nil, fmt.Errorf("%s:%d: %s %s stands in line %d already", name, line, m.Place, m.Form, first)
		}
		seen[k] = line
		marks = append(marks, m)
	}
	slices.SortStableFunc(marks, func(a, b Mark) int {
		if a.Place != b.Place {
			return strings.Compare(string(a.Place), string(b.Place))
		}
		return len(b.Form) - len(a.Form)
	})
	return marks, nil
}
