// What did the last refreshes change in the graph?
// ja: 直近の更新でグラフに何が加わり、何が取り消されたか。
// param last integer 10 — how many refreshes
// columns: started, documents, added, retracted
MATCH (r:Refresh) WHERE r.started IS NOT NULL
RETURN r.started AS started, r.documents AS documents, r.statementsAdded AS added, r.statementsRetracted AS retracted
ORDER BY started DESC LIMIT $last
