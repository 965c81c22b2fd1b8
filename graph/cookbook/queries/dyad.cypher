// Everything between two countries over time, their officials and bodies included.
// ja: 二国間の出来事の年表（高官・機関を含む）。
// param a string country/JPN — id of the one country
// param b string country/KOR — id of the other
// columns: day, subject, relation, object, status, sentence
MATCH (x:Country {id: $a}), (y:Country {id: $b})
MATCH (e:Entity) WHERE e = x OR e.country = x.id
MATCH (f:Entity) WHERE f = y OR f.country = y.id
MATCH (e)<-[:SUBJECT|OBJECT]-(s:Statement)-[:SUBJECT|OBJECT]->(f)
WITH DISTINCT s
MATCH (p:Entity)<-[:SUBJECT]-(s)-[:OBJECT]->(q:Entity)
MATCH (s)-[:STATED_IN]->(d:Document)
WITH s, p, q, min(d.published) AS published
RETURN coalesce(s.start, published) AS day, p.name AS subject, s.relation AS relation, q.name AS object, s.status AS status, s.text AS sentence
ORDER BY day, subject, relation, object, status
