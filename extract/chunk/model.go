package chunk

import (
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"math/bits"
)

// The logarithms of the numbers of weights of the two linear models. Features are hashed into the tables; with fewer
// weights, collisions cost accuracy (heads: 0.003 from 2^22 to 2^20).
const (
	boundaryBits = 20
	edgeBits     = 22
)

// model holds the weights of the two linear models: whether a token begins a bunsetsu, and how well a bunsetsu depends
// on another one. Weights are in units of 1/64.
type model struct {
	boundary []int8
	edge     []int8
}

// weightUnit is what one step of a stored weight is worth.
const weightUnit = 1.0 / 64

// weights is the file that "entente-bench train-parser" writes.
//
//go:embed weights.bin
var weights []byte

// modelMagic begins a weights file; the number counts the versions of its features.
const modelMagic = "entente parser 2\n"

// loadModel reads a weights file: the magic line, then deflated the two tables, each after its size.
func loadModel(file []byte) (*model, error) {
	rest, ok := bytes.CutPrefix(file, []byte(modelMagic))
	if !ok {
		return nil, fmt.Errorf("chunk: weights: want a file that begins with %q; train again with entente-bench train-parser", modelMagic)
	}
	r := flate.NewReader(bytes.NewReader(rest))
	m := &model{boundary: make([]int8, 1<<boundaryBits), edge: make([]int8, 1<<edgeBits)}
	for _, t := range [][]int8{m.boundary, m.edge} {
		var size uint32
		if err := binary.Read(r, binary.LittleEndian, &size); err != nil || int(size) != len(t) {
			return nil, fmt.Errorf("chunk: weights: table of %d entries (%v), want %d; train again with entente-bench train-parser", size, err, len(t))
		}
		raw := make([]byte, len(t))
		if _, err := io.ReadFull(r, raw); err != nil {
			return nil, fmt.Errorf("chunk: weights are cut short: %w", err)
		}
		for i, b := range raw {
			t[i] = int8(b)
		}
	}
	return m, nil
}

// encodeModel is the inverse of loadModel.
func encodeModel(m *model) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(modelMagic)
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	for _, t := range [][]int8{m.boundary, m.edge} {
		if err := binary.Write(w, binary.LittleEndian, uint32(len(t))); err != nil {
			return nil, err
		}
		raw := make([]byte, len(t))
		for i, v := range t {
			raw[i] = byte(v)
		}
		if _, err := w.Write(raw); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// weigh adds up the weights of features. The tables are larger than the nearer caches: with four features a turn, more of
// them are on their way from memory at a time.
func weigh(weights []int8, features []uint32) int32 {
	sum := int32(0)
	for ; len(features) >= 4; features = features[4:] {
		sum += int32(weights[features[0]]) + int32(weights[features[1]]) + int32(weights[features[2]]) + int32(weights[features[3]])
	}
	for _, f := range features {
		sum += int32(weights[f])
	}
	return sum
}

// quantise rounds trained weights to the stored steps.
func quantise(w []float32) []int8 {
	out := make([]int8, len(w))
	for i, v := range w {
		out[i] = int8(max(-127, min(127, math.Round(float64(v)/weightUnit))))
	}
	return out
}

// hashString is a 64-bit FNV-1a hash.
func hashString(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// seed is what the hash of a feature begins with: the number of its template.
func seed(template uint64) uint64 { return template * 0x632BE59BD9B4E019 }

// mix joins two hashes in order.
func mix(a, b uint64) uint64 {
	h := (a ^ bits.RotateLeft64(b, 32)) * 0x9E3779B97F4A7C15
	return h ^ h>>29
}

// slot is the place of a feature's weight in a table of 2^bits.
func slot(h uint64, size int) uint32 { return uint32(h * 0xD6E8FEB86659FD93 >> (64 - size)) }
