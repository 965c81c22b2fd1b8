// Every sentence behind one edge, with document, outlet, rule and confidence.
// ja: 一つの辺を支えるすべての文。
// param subject string 高市早苗 — a name, English or Japanese
// param relation string meets — the relation
// param object string ドナルド・トランプ — a name, English or Japanese
// columns: document, outlet, published, status, confidence, rule, sentence
MATCH (a:Entity) WHERE a.nameJa = $subject OR a.name = $subject
MATCH (b:Entity) WHERE b.nameJa = $object OR b.name = $object
MATCH (a)<-[:SUBJECT|OBJECT]-(s:Statement {relation: $relation})-[:SUBJECT|OBJECT]->(b)
MATCH (s)-[:STATED_IN]->(d:Document)
RETURN d.id AS document, d.outlet AS outlet, d.published AS published, s.status AS status, round(s.confidence, 2) AS confidence, s.rule AS rule, s.text AS sentence
ORDER BY document, status, sentence
