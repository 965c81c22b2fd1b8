// Package rules is the extractor's knowledge: relation frames, cues of polarity and modality, titles, gazetteers of
// countries, organisations, offices and their holders, embedded as commented data files, with their loader and
// validation. Adding a country, a title, a trigger or a relation needs no Go.
package rules
