// Who holds which office for which country, as of a date?
// ja: ある時点で、誰がどの国のどの職にあるか。
// param country entity country/JPN — the country or body
// param on date 2099-12-31 — the day
// columns: official, office, since, until, documents
MATCH (b:Entity {id: $country})<-[r:HOLDS_OFFICE {status: 'actual'}]-(o:Official)
WHERE r.offices IS NOT NULL
UNWIND range(0, size(r.offices) - 1) AS i
WITH o, r, r.offices[i] AS office, nullIf(r.officeFrom[i], '?') AS since, nullIf(r.officeTo[i], '?') AS until
WHERE coalesce(since, '') <= $on AND coalesce(until, $on) >= $on
RETURN o.name AS official, office, since, until, r.documents AS documents
ORDER BY office, since, official
