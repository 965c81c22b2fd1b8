// Which plans are overdue: their last day is a week past, and nothing says that they came about?
// ja: 期日を一週間過ぎても、実現したという記述のない計画。
// param on date 2099-12-31 — the day to ask on
// columns: subject, relation, object, due, documents
WITH toString(date($on) - duration('P7D')) AS limit
MATCH (s:Statement) WHERE s.start >= '' AND s.start < limit
WITH s, limit, coalesce(s.end, s.start) AS due
WHERE s.status = 'planned' AND due < limit AND NOT EXISTS { (s)-[:FULFILLED_BY]->() }
MATCH (a:Entity)<-[:SUBJECT]-(s)-[:OBJECT]->(b:Entity)
MATCH (s)-[:STATED_IN]->(d:Document)
RETURN a.name AS subject, s.relation AS relation, b.name AS object, due, count(DISTINCT d) AS documents
ORDER BY due, subject, relation, object
