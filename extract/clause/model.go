package clause

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

//go:embed weights.bin
var weightsFile []byte

// Sizes of the tables. A feature's weight is looked up by the low bits of its hash.
const (
	openBits = 15
	zeroBits = 16
)

// The labels of an open phrase.
const (
	openNone = iota
	openGa
	openWo
	openNi
	openDe
	openTo
	openLabels
)

var openCases = [openLabels]Case{"", Ga, Wo, Ni, De, To}

// model holds the weights of both decisions: open[hash*openLabels+label], zero[hash].
type model struct {
	open, zero           []int8
	openScale, zeroScale float32
}

const modelMagic = "entente/clause/2"

// decodeModel reads a weights file as encodeModel writes it: magic, two scales, both tables.
func decodeModel(b []byte) (*model, error) {
	want := len(modelMagic) + 8 + openLabels<<openBits + 1<<zeroBits
	if len(b) != want {
		return nil, fmt.Errorf("clause: weights of %d bytes, expected %d: train them again with entente-bench train-clause", len(b), want)
	}
	if string(b[:len(modelMagic)]) != modelMagic {
		return nil, errors.New("clause: weights of another version: train them again with entente-bench train-clause")
	}
	b = b[len(modelMagic):]
	m := &model{
		openScale: math.Float32frombits(binary.LittleEndian.Uint32(b)),
		zeroScale: math.Float32frombits(binary.LittleEndian.Uint32(b[4:])),
	}
	b = b[8:]
	m.open = int8s(b[:openLabels<<openBits])
	m.zero = int8s(b[openLabels<<openBits:])
	return m, nil
}

func int8s(b []byte) []int8 {
	out := make([]int8, len(b))
	for i, x := range b {
		out[i] = int8(x)
	}
	return out
}

func encodeModel(m *model) []byte {
	b := []byte(modelMagic)
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(m.openScale))
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(m.zeroScale))
	for _, x := range m.open {
		b = append(b, byte(x))
	}
	for _, x := range m.zero {
		b = append(b, byte(x))
	}
	return b
}

// quantise rounds weights to 8 bits.
func quantise(w []float32) ([]int8, float32) {
	var top float32
	for _, x := range w {
		top = max(top, x, -x)
	}
	scale := top / 127
	if scale == 0 {
		scale = 1
	}
	out := make([]int8, len(w))
	for i, x := range w {
		out[i] = int8(math.Round(float64(x / scale)))
	}
	return out, scale
}

// openScores adds up the weights of the features for each label.
func (m *model) openScores(features []uint32) [openLabels]float32 {
	var sum [openLabels]int32
	for _, h := range features {
		at := int(h&(1<<openBits-1)) * openLabels
		for l := range sum {
			sum[l] += int32(m.open[at+l])
		}
	}
	var out [openLabels]float32
	for l := range sum {
		out[l] = float32(sum[l]) * m.openScale
	}
	return out
}

// zeroScore adds up the weights of the features.
func (m *model) zeroScore(features []uint32) float32 {
	var sum int32
	for _, h := range features {
		sum += int32(m.zero[h&(1<<zeroBits-1)])
	}
	return float32(sum) * m.zeroScale
}

// softmax turns scores into probabilities in place.
func softmax(s []float32) {
	top := s[0]
	for _, x := range s {
		top = max(top, x)
	}
	var sum float64
	for i, x := range s {
		e := math.Exp(float64(x - top))
		s[i] = float32(e)
		sum += e
	}
	for i := range s {
		s[i] = float32(float64(s[i]) / sum)
	}
}
