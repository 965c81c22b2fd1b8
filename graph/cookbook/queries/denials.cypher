// What is denied: meetings that are not planned, agreements not reached, acts not done.
// ja: 否定された事柄。
// columns: subject, relation, object, modality, sentence
MATCH (s:Statement) WHERE s.relation IS NOT NULL AND s.status = 'denied'
MATCH (a:Entity)<-[:SUBJECT]-(s)-[:OBJECT]->(b:Entity)
RETURN a.name AS subject, s.relation AS relation, b.name AS object, s.modality AS modality, s.text AS sentence
ORDER BY subject, relation, object, sentence
