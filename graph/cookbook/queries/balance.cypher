// A country's cooperation against conflict by month (PLOVER quad classes; own officials and bodies included).
// ja: ある国の協力・対立のバランス（月別、PLOVERの四分類）。
// param country entity country/JPN — the country
// columns: month, verbalCooperation, materialCooperation, verbalConflict, materialConflict
MATCH (c:Entity {id: $country})
CALL (c) { RETURN c AS e UNION MATCH (e:Entity {country: c.id}) RETURN e }
MATCH (e)<-[:SUBJECT|OBJECT]-(s:Statement)-[:STATED_IN]->(d:Document)
WHERE s.status = 'actual' AND s.quad IS NOT NULL
WITH DISTINCT s, substring(coalesce(s.start, d.published), 0, 7) AS month
RETURN month, sum(CASE s.quad WHEN 1 THEN 1 ELSE 0 END) AS verbalCooperation,
       sum(CASE s.quad WHEN 2 THEN 1 ELSE 0 END) AS materialCooperation,
       sum(CASE s.quad WHEN 3 THEN 1 ELSE 0 END) AS verbalConflict,
       sum(CASE s.quad WHEN 4 THEN 1 ELSE 0 END) AS materialConflict
ORDER BY month
