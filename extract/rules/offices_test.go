package rules

import (
	"slices"
	"strings"
	"testing"
)

func TestOfficesAreMany(t *testing.T) {
	all := Offices().All()
	if len(all) < 300 {
		t.Errorf("%d offices, want 300 or more", len(all))
	}
	kinds := make(map[OfficeKind]int)
	for _, o := range all {
		kinds[o.Kind]++
		if !o.Actor && o.Alone {
			t.Errorf("data/offices.tsv:%d: %s is no actor, so it cannot stand for an Official alone", o.Line, o.Ja)
		}
		if (o.Kind == OfficePrivate) != !o.Actor || (o.Kind == OfficePrivate) != (o.Rank == 9) {
			t.Errorf("data/offices.tsv:%d: %s: kind private, flag n and rank 9 go together", o.Line, o.Ja)
		}
		for _, form := range append([]string{o.Ja}, o.Aliases...) {
			if strings.ContainsAny(form, " \t()（）") {
				t.Errorf("data/offices.tsv:%d: %q: a form is one word without parentheses", o.Line, form)
			}
		}
	}
	for _, k := range officeKinds {
		if kinds[k] == 0 {
			t.Errorf("no office of kind %s", k)
		}
	}
}

func TestOfficeForms(t *testing.T) {
	for _, c := range []struct {
		form, ja string
		kind     OfficeKind
		unique   bool
		actor    bool
		alone    bool
	}{
		{"内閣総理大臣", "首相", OfficeHeadOfGovernment, true, true, true},
		{"外務大臣", "外相", OfficeForeignMinister, true, true, true},
		{"国務長官", "国務長官", OfficeForeignMinister, true, true, true},
		{"外交部長", "外交部長", OfficeForeignMinister, true, true, true},
		{"国防大臣", "国防相", OfficeDefenceMinister, true, true, true},
		{"経産相", "経済産業相", OfficeMinister, true, true, true},
		{"内閣官房長官", "官房長官", OfficeMinister, true, true, true},
		{"副総理", "副首相", OfficeDeputy, false, true, true},
		{"上院議員", "上院議員", OfficeLegislator, false, true, false},
		{"EU大統領", "欧州理事会議長", OfficeIGOHead, true, true, true},
		{"ローマ法王", "ローマ教皇", OfficeReligious, true, true, true},
		{"駐日大使", "", "", false, false, false},
		{"名誉教授", "教授", OfficePrivate, false, false, false},
		{"代表取締役社長", "社長", OfficePrivate, false, false, false},
		{"容疑者", "容疑者", OfficePrivate, false, false, false},
	} {
		o, ok := Offices().Get(c.form)
		if !ok && c.ja == "" {
			continue
		}
		if o.Ja != c.ja || o.Kind != c.kind || o.Unique != c.unique || o.Actor != c.actor || o.Alone != c.alone {
			t.Errorf("%s: %s, %s, unique %v, actor %v, alone %v; want %+v", c.form, o.Ja, o.Kind, o.Unique, o.Actor, o.Alone, c)
		}
	}
}

func TestOfficeFormsAreLongestFirst(t *testing.T) {
	forms := Offices().Forms()
	if !slices.IsSortedFunc(forms, longestFirst) {
		t.Error("forms are not longest first")
	}
	if slices.Index(forms, "内閣総理大臣") > slices.Index(forms, "総理大臣") {
		t.Error("総理大臣 comes before 内閣総理大臣")
	}
}

func TestParseOfficesNamesTheLine(t *testing.T) {
	for name, c := range map[string]struct{ src, want string }{
		"too few fields":     {"大統領\tpresident", "t.tsv:1: 2 fields"},
		"no gloss":           {"# c\n\n大統領\t\t1\thead-of-state\tu", "t.tsv:3: want a Japanese form"},
		"a bad rank":         {"大統領\tpresident\t0\thead-of-state\tu", `t.tsv:1: rank "0", want 1 to 9`},
		"a bad kind":         {"大統領\tpresident\t1\tking\tu", `t.tsv:1: kind "king"`},
		"a bad flag":         {"大統領\tpresident\t1\thead-of-state\tx", `t.tsv:1: flag 'x'`},
		"an empty alias":     {"首相\tprime minister\t2\thead-of-government\tu\t総理||宰相", "t.tsv:1: names"},
		"a home of no table": {"総統\tpresident\t1\thead-of-state\tu\t-\tXYZ", `t.tsv:1: where "XYZ", want a code`},
		"a form twice":       {"首相\tprime minister\t2\thead-of-government\tu\t総理\n総理\tpremier\t2\thead-of-government\tu", `t.tsv:2: "総理" is a form of 首相 already (line 1)`},
	} {
		_, err := ParseOffices("t.tsv", c.src, KnownWhere)
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s …", name, err, c.want)
		}
	}
}

func TestOfficeMarks(t *testing.T) {
	role := func(form string, place MarkPlace) (MarkRole, bool) {
		for _, m := range OfficeMarks() {
			if m.Form == form && m.Place == place {
				return m.Role, m.Official
			}
		}
		return "", false
	}
	for _, c := range []struct {
		form     string
		place    MarkPlace
		role     MarkRole
		official bool
	}{
		{"元", MarkPrefix, MarkFormer, false}, {"前", MarkPrefix, MarkFormer, false}, {"次期", MarkPrefix, MarkNext, false},
		{"代行", MarkSuffix, MarkActing, false}, {"暫定", MarkPrefix, MarkActing, false}, {"副", MarkPrefix, MarkDeputy, false},
		{"駐", MarkPrefix, MarkPosted, false}, {"候補", MarkSuffix, MarkCandidate, false}, {"両", MarkPrefix, MarkPlural, false},
		{"氏", MarkName, MarkHonorific, true}, {"陛下", MarkName, MarkHonorific, true}, {"さん", MarkName, MarkPlain, false},
		{"容疑者", MarkName, MarkPlain, false}, {"主席", MarkName, "", false},
	} {
		if got, official := role(c.form, c.place); got != c.role || official != c.official {
			t.Errorf("%s as %s: %q, official %v; want %q, %v", c.form, c.place, got, official, c.role, c.official)
		}
	}
}

func TestParseMarksNamesTheLine(t *testing.T) {
	for name, c := range map[string]struct{ src, want string }{
		"too few fields": {"元\tprefix", "t.tsv:1: 2 fields"},
		"a bad place":    {"元\tleft\tformer\tformer\t-", `t.tsv:1: place "left"`},
		"a bad role":     {"元\tprefix\told\tformer\t-", `t.tsv:1: role "old"`},
		"a bad flag":     {"元\tprefix\tformer\tformer\tno", `t.tsv:1: "no", want official or -`},
		"a mark twice":   {"元\tprefix\tformer\tformer\t-\n元\tprefix\tnew\tnew\t-", "t.tsv:2: prefix 元 stands in line 1"},
	} {
		_, err := ParseMarks("t.tsv", c.src)
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s …", name, err, c.want)
		}
	}
}
