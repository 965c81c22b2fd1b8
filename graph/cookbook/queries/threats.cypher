// Threats and warnings, and whether the act came about.
// ja: 威嚇・警告と、その後実行されたか。
// columns: actor, relation, target, day, carriedOut, sentence
MATCH (s:Statement) WHERE s.relation IS NOT NULL AND (s.status = 'threatened' OR s.relation = 'threatens')
MATCH (a:Entity)<-[:SUBJECT]-(s)-[:OBJECT]->(b:Entity)
RETURN a.name AS actor, s.relation AS relation, b.name AS target, s.start AS day,
       EXISTS { MATCH (a)<-[:SUBJECT]-(t:Statement {status: 'actual'})-[:OBJECT]->(b) WHERE t.relation = s.relation AND t.relation <> 'threatens' } AS carriedOut,
       s.text AS sentence
ORDER BY actor, relation, target, sentence
