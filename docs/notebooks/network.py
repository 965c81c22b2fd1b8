# %% [markdown]
# # Networks, balance and evidence, with pandas and networkx
#
# The tables come from `entente export --format parquet -o tables`. Run this file as it is (`python3 network.py tables`), or cell
# by cell in Jupyter (network.ipynb), VS Code or Spyder.

# %%
import sys
from pathlib import Path

import networkx as nx
import pandas as pd

tables = Path(sys.argv[1] if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else "tables")
entities = pd.read_parquet(tables / "entities.parquet").set_index("id")
edges = pd.read_parquet(tables / "edges.parquet").rename(columns={"from": "source", "to": "target"})
statements = pd.read_parquet(tables / "statements.parquet")
documents = pd.read_parquet(tables / "documents.parquet").set_index("id")
print(f"{len(entities)} entities, {len(edges)} edges, {len(statements)} statements, {len(documents)} articles")

# %% [markdown]
# ## Who is central among those who met?
#
# Only what is said to have happened: `status == "actual"`. Plans and denials are edges of their own.

# %%
contact = {"meets", "negotiates-with", "calls"}
met = edges[edges["relation"].isin(contact) & (edges["status"] == "actual")]
G = nx.Graph()
for e in met.itertuples():
    n = G.get_edge_data(e.source, e.target, {"weight": 0})["weight"]
    G.add_edge(e.source, e.target, weight=n + e.documents)
central = pd.Series(nx.degree_centrality(G), name="degree").sort_values(ascending=False, kind="stable").head(10)
print("\nMost contacts:")
print(central.rename(index=lambda i: entities.nameJa.get(i, i)).round(3).to_string())

# %% [markdown]
# ## Cooperation and conflict by month
#
# PLOVER's quad classes, from the event types. A statement without a day counts on the day its article appeared.

# %%
cooperation = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"}
coded = statements[(statements["plover"].fillna("") != "") & (statements["status"] == "actual")].copy()
day = coded["start"].where(coded["start"].fillna("") != "", coded["document"].map(documents["published"]))
coded["month"] = day.str.slice(0, 7)
coded["kind"] = coded["plover"].map(lambda p: "cooperation" if p in cooperation else "conflict")
print("\nBy month:")
print(coded.groupby(["month", "kind"]).size().unstack(fill_value=0).to_string())

# %% [markdown]
# ## Countries with each other
#
# Officials and organizations count for their country.

# %%
country = entities["country"].where(entities["country"].fillna("") != "", entities.index.to_series().where(entities["type"] == "Country"))
pairs = coded.assign(a=coded["subject"].map(country), b=coded["object"].map(country)).dropna(subset=["a", "b"])
pairs = pairs[(pairs["a"] != pairs["b"]) & (pairs["a"] != "") & (pairs["b"] != "")]
most = pairs.groupby(["a", "b", "kind"]).size().unstack(fill_value=0)
print("\nCountries:")
print(most.loc[most.sum(axis=1).sort_values(ascending=False, kind="stable").index].head(12).to_string())

# %% [markdown]
# ## The sentences behind a number
#
# Never cite a count without having read some of them.

# %%
print("\nSentences:")
for s in statements[statements["relation"].isin(contact)].sort_values("confidence", ascending=False, kind="stable").head(5).itertuples():
    print(f"- {s.text} [{s.status}, {s.confidence:.2f}, {s.document}]")
