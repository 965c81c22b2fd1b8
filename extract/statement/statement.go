// Package statement turns predicates and mentions into statements by the relation frames of the rules.
package statement
