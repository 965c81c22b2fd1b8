// Package extract reads a Japanese document and returns what it states. The package is the façade over the stages
// sentence → morph → chunk → clause, mention → entity, and statement; it has no database in its dependency tree.
package extract
