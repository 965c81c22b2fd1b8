// Cooperation and conflict of every pair of countries, as counts of actual statements by quad class.
// ja: 国の組ごとの協力・対立の件数。
// columns: a, b, cooperation, conflict, balance
MATCH (s:Statement) WHERE s.relation IS NOT NULL AND s.status = 'actual' AND s.quad IS NOT NULL
MATCH (p:Entity)<-[:SUBJECT]-(s)-[:OBJECT]->(q:Entity)
WITH s, CASE WHEN p:Country THEN p.id ELSE p.country END AS x, CASE WHEN q:Country THEN q.id ELSE q.country END AS y
WHERE x IS NOT NULL AND y IS NOT NULL AND x <> y
WITH s, CASE WHEN x < y THEN x ELSE y END AS lo, CASE WHEN x < y THEN y ELSE x END AS hi
WITH lo, hi, sum(CASE WHEN s.quad <= 2 THEN 1 ELSE 0 END) AS cooperation, sum(CASE WHEN s.quad >= 3 THEN 1 ELSE 0 END) AS conflict
MATCH (a:Entity {id: lo}), (b:Entity {id: hi})
RETURN a.name AS a, b.name AS b, cooperation, conflict, cooperation - conflict AS balance
ORDER BY balance DESC, a, b
