// Tariffs by imposing actor and target with their rates over time.
// ja: 関税を課した主体・対象・税率の推移。
// columns: day, actor, measure, target, rate, status, sentence
MATCH (s:Statement) WHERE s.relation IN ['imposes-tariff-on', 'lowers-tariff-on']
MATCH (a:Entity)<-[:SUBJECT]-(s)-[:OBJECT]->(b:Entity)
RETURN s.start AS day, a.name AS actor, s.relation AS measure, b.name AS target, s.rate AS rate, s.status AS status, s.text AS sentence
ORDER BY day, actor, target, measure, status
