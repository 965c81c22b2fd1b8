// Triples that one text claims and another denies.
// ja: 主張と否定が対立している記述。
// columns: subject, relation, object, claimed, denied
MATCH (n:Statement) WHERE n.relation IS NOT NULL AND n.status = 'denied'
MATCH (a:Entity)<-[:SUBJECT]-(n)-[:OBJECT]->(b:Entity)
MATCH (a)-[d]-(b) WHERE d.id = left(n.edge, 26)
MATCH (a)-[c]-(b) WHERE type(c) = type(d) AND startNode(c) = startNode(d) AND c.status <> 'denied'
MATCH (y:Statement) WHERE y.edge STARTS WITH c.id
RETURN DISTINCT a.name AS subject, n.relation AS relation, b.name AS object, y.text AS claimed, n.text AS denied
ORDER BY subject, relation, object, claimed, denied
