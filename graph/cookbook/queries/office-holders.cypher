// Who holds which office for which country, as of a date?
// ja: ある時点で、誰がどの国のどの職にあるか。
// param country string country/KEN — id of the country or body
// param on date 2025-12-31 — the day
// columns: official, office, since, documents
MATCH (b:Entity {id: $country})<-[:OBJECT]-(s:Statement {relation: 'holds-office'})-[:SUBJECT]->(o:Official)
WHERE s.status = 'actual'
MATCH (s)-[:STATED_IN]->(d:Document)
WHERE d.published <= $on
RETURN o.name AS official, s.office AS office, min(d.published) AS since, count(DISTINCT d) AS documents
ORDER BY office, since, official
