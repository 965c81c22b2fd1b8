package mention_test

import (
	"testing"

	"github.com/entente-kg/entente/extract/sentence"
	"github.com/entente-kg/entente/extract/wording"
	"github.com/entente-kg/entente/schema"
)

const benchText = "アメリカのアーサー・ウィンズロー財務長官は26日、中国の陳国栄副首相とクアラルンプールで会談し、米中両国の貿易協定について協議した。" +
	"ウィンズロー氏は同日、記者団に対し「両首脳が来週会談する」と述べた。中国外務省の報道官は、双方が合意に達したとの見方を示した。" +
	"市内では朝から強い雨が降り、交通に影響が出た。主催者によると、会場には約3千人が集まり、去年より2割多かったという。"

// BenchmarkTokens and BenchmarkDocument are to be compared: finding the mentions of a text is to take no more than three tenths of
// the time that its tokens take.
func BenchmarkTokens(b *testing.B) {
	doc := schema.Document{ID: "b", Text: benchText}
	sents := sentence.Split(doc)
	tools()
	b.SetBytes(int64(len(benchText)))
	for b.Loop() {
		for _, s := range sents {
			tools().morph.Tokens(doc.Text, s)
		}
	}
}

func BenchmarkDocument(b *testing.B) {
	sents := analyse(schema.Document{ID: "b", Text: benchText})
	b.SetBytes(int64(len(benchText)))
	for b.Loop() {
		tools().finder.Document(sents, wording.Document(sents))
	}
}
