// Announced visits without a later report that they took place.
// ja: 発表されたが実現の報道がない訪問。
// param on date 2099-12-31 — as of this day
// columns: visitor, destination, due, announced, sentence
MATCH (s:Statement {relation: 'visits'}) WHERE s.status = 'planned' AND (s.end IS NULL OR s.end < $on)
MATCH (a:Entity)<-[:SUBJECT]-(s)-[:OBJECT]->(b:Entity)
MATCH (s)-[:STATED_IN]->(d:Document)
WHERE NOT EXISTS {
  MATCH (a)<-[:SUBJECT]-(t:Statement {relation: 'visits'})-[:OBJECT]->(b)
  WHERE t.status = 'actual' AND (s.start IS NULL OR t.start IS NULL OR t.start >= s.start)
}
RETURN a.name AS visitor, b.name AS destination, s.end AS due, min(d.published) AS announced, s.text AS sentence
ORDER BY due, visitor, destination
