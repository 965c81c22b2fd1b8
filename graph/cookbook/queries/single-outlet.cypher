// Which claims rest on one outlet only?
// ja: 一つの媒体だけが伝えている記述。
// param outlets integer 1 — at most so many outlets
// param relation string attacks — the relation
// columns: subject, relation, object, status, outlets, outlet
MATCH (s:Statement {relation: $relation})
MATCH (a:Entity)<-[:SUBJECT]-(s)-[:OBJECT]->(b:Entity)
MATCH (s)-[:STATED_IN]->(d:Document)
WITH a, b, s.relation AS relation, s.status AS status, collect(DISTINCT coalesce(d.outlet, d.id)) AS names
WHERE size(names) <= $outlets
RETURN a.name AS subject, relation, b.name AS object, status, size(names) AS outlets, names[0] AS outlet
ORDER BY subject, object, status
