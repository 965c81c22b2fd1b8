// The graph's events in order of their days.
// ja: 出来事の年表。
// param from date 2000-01-01 — first day
// param to date 2099-12-31 — last day
// columns: day, subject, relation, object, status
MATCH (s:Statement) WHERE $from <= s.start AND s.start <= $to
MATCH (a:Entity)<-[:SUBJECT]-(s)-[:OBJECT]->(b:Entity)
RETURN s.start AS day, a.name AS subject, s.relation AS relation, b.name AS object, s.status AS status
ORDER BY day, subject, relation, object, status
