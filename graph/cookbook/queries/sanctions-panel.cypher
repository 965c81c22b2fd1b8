// Sanctions, tariffs and export controls as a panel: sender, target, month.
// ja: 制裁・関税・輸出規制のパネルデータ（発動側・対象・月）。
// columns: month, sender, target, relation, status, statements
MATCH (s:Statement)
WHERE s.relation IN ['imposes-sanctions-on', 'lifts-sanctions-on', 'imposes-tariff-on', 'lowers-tariff-on', 'restricts-exports-to']
MATCH (a:Entity)<-[:SUBJECT]-(s)-[:OBJECT]->(b:Entity)
MATCH (s)-[:STATED_IN]->(d:Document)
RETURN substring(coalesce(s.start, d.published), 0, 7) AS month, a.name AS sender, b.name AS target, s.relation AS relation,
       s.status AS status, count(DISTINCT s) AS statements
ORDER BY month, sender, target, relation, status
