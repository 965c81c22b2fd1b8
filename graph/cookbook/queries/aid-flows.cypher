// Aid: who gives to whom, with amounts.
// ja: 援助の流れと金額。
// columns: donor, recipient, amount, status, day, sentence
MATCH (s:Statement {relation: 'aids'})
MATCH (a:Entity)<-[:SUBJECT]-(s)-[:OBJECT]->(b:Entity)
RETURN a.name AS donor, b.name AS recipient, s.amount AS amount, s.status AS status, s.start AS day, s.text AS sentence
ORDER BY donor, recipient, status, sentence
