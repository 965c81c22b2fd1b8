# Networks in R, over the answers of the cookbook as CSV. Needs igraph; base R does the rest.
#
#   entente ask meeting-network --format csv > meetings.csv
#   Rscript network.R meetings.csv
#
# Parquet: arrow::read_parquet("tables/edges.parquet"), of entente export --format parquet -o tables.

file <- commandArgs(trailingOnly = TRUE)[1]
meetings <- read.csv(file, fileEncoding = "UTF-8", stringsAsFactors = FALSE)
cat(nrow(meetings), "pairs who met\n")
print(head(meetings, 10))

if (requireNamespace("igraph", quietly = TRUE)) {
  g <- igraph::graph_from_data_frame(meetings[, 1:2], directed = FALSE)
  igraph::E(g)$weight <- meetings[[3]]
  cat("\nMost contacts:\n")
  print(head(sort(igraph::degree(g), decreasing = TRUE), 10))
  cat("\nGroups:", igraph::components(g)$no, "\n")
} else {
  cat("\nMost contacts (install igraph for more):\n")
  print(head(sort(table(c(meetings[[1]], meetings[[2]])), decreasing = TRUE), 10))
}
