// Who visited or will visit a country, and when.
// ja: ある国を誰がいつ訪れたか、訪れる予定か。
// param country entity country/JPN — the country
// columns: visitor, day, status, sentence
MATCH (c:Entity {id: $country})<-[:OBJECT]-(s:Statement {relation: 'visits'})-[:SUBJECT]->(v:Entity)
RETURN v.name AS visitor, s.start AS day, s.status AS status, s.text AS sentence
ORDER BY day, visitor, status
