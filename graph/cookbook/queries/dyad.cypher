// Everything between two countries over time, their officials and bodies included.
// ja: 二国間の出来事の年表（高官・機関を含む）。
// param a entity country/JPN — the one country
// param b entity country/CHN — the other
// columns: day, subject, relation, object, status, sentence
MATCH (x:Entity {id: $a}), (y:Entity {id: $b})
CALL (x) { RETURN x AS e UNION MATCH (e:Entity {country: x.id}) RETURN e }
CALL (y) { RETURN y AS f UNION MATCH (f:Entity {country: y.id}) RETURN f }
MATCH (e)<-[:SUBJECT|OBJECT]-(s:Statement)-[:SUBJECT|OBJECT]->(f)
WITH DISTINCT s
MATCH (p:Entity)<-[:SUBJECT]-(s)-[:OBJECT]->(q:Entity)
MATCH (s)-[:STATED_IN]->(d:Document)
WITH s, p, q, min(d.published) AS published
RETURN coalesce(s.start, published) AS day, p.name AS subject, s.relation AS relation, q.name AS object, s.status AS status, s.text AS sentence
ORDER BY day, subject, relation, object, status
