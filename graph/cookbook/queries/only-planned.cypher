// What was only planned or threatened, with no actual statement of the same triple later?
// ja: 計画・威嚇にとどまり、実現したという記述がないもの。
// param status string planned — planned, threatened or possible
// columns: subject, relation, object, status, due, documents
MATCH (s:Statement) WHERE s.relation IS NOT NULL AND s.status = $status
MATCH (a:Entity)<-[:SUBJECT]-(s)-[:OBJECT]->(b:Entity)
WHERE NOT EXISTS {
  MATCH (a)<-[:SUBJECT|OBJECT]-(t:Statement)-[:SUBJECT|OBJECT]->(b)
  WHERE t.relation = s.relation AND t.status = 'actual' AND (s.start IS NULL OR t.start IS NULL OR t.start >= s.start)
}
MATCH (s)-[:STATED_IN]->(d:Document)
RETURN a.name AS subject, s.relation AS relation, b.name AS object, s.status AS status, max(s.end) AS due, count(DISTINCT d) AS documents
ORDER BY due, subject, relation, object
