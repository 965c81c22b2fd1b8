package draw

import (
	"fmt"
	"io"

	"github.com/fogleman/gg"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
)

// Fonts are the files, by name, that hold Japanese characters on the usual systems, the better ones first.
var Fonts = []string{
	"NotoSansCJK-Regular.ttc", "NotoSansCJKjp-Regular.otf", "NotoSansJP-Regular.otf", "NotoSansJP-Regular.ttf", "ヒラギノ角ゴシック W3.ttc",
	"YuGothR.ttc", "meiryo.ttc", "msgothic.ttc", "ipaexg.ttf", "ipag.ttf", "TakaoGothic.ttf", "VL-Gothic-Regular.ttf",
}

const (
	pixels    = 2        // a point
	maxPixels = 64 << 20 // of a whole picture
)

// WritePNG writes the picture with two pixels a point. fontFile is as for Options.Font.
func (p Picture) WritePNG(w io.Writer, fontFile []byte) error {
	if p.Width*p.Height*pixels*pixels > maxPixels {
		return fmt.Errorf("draw: a PNG of %d × %d pixels is too large: draw fewer edges, or SVG", p.Width*pixels, p.Height*pixels)
	}
	faces := map[int]font.Face{}
	for _, size := range []int{labelSize, fontSize, fontMore, fontMost} {
		f, err := face(fontFile, float64(size))
		if err != nil {
			return err
		}
		faces[size] = f
	}
	p = p.scaled()
	c := gg.NewContext(p.Width, p.Height)
	c.SetHexColor("#ffffff")
	c.Clear()
	c.SetFontFace(faces[labelSize])
	for _, e := range p.Edges {
		c.SetHexColor(quadColours[e.Quad])
		c.SetLineWidth(e.Pen)
		c.SetDash(doubled(dashes[e.Status])...)
		c.MoveTo(e.From.X, e.From.Y)
		c.QuadraticTo(e.By.X, e.By.Y, e.To.X, e.To.Y)
		c.Stroke()
		if e.Arrow {
			h := e.head()
			polygon(c, h[:])
			c.Fill()
		}
		if e.Label != "" {
			at := e.middle()
			c.SetHexColor("#ffffff") // around the letters, so that the line does not cross them
			for _, d := range []Point{{-1, -1}, {0, -1}, {1, -1}, {-1, 0}, {1, 0}, {-1, 1}, {0, 1}, {1, 1}} {
				c.DrawStringAnchored(e.Label, at.X+1.5*pixels*d.X, at.Y+1.5*pixels*d.Y, 0.5, 0.3)
			}
			c.SetHexColor(quadColours[e.Quad])
			c.DrawStringAnchored(e.Label, at.X, at.Y, 0.5, 0.3)
		}
	}
	c.SetDash()
	c.SetLineWidth(pixels)
	for _, n := range p.Nodes {
		l := looks[n.Type]
		x, y, wide, high := float64(n.X), float64(n.Y), float64(n.W), float64(n.H)
		switch l.shape {
		case "ellipse":
			c.DrawEllipse(x, y, wide/2, high/2)
		case "round":
			c.DrawRoundedRectangle(x-wide/2, y-high/2, wide, high, 7*pixels)
		default:
			polygon(c, n.corners())
		}
		c.SetHexColor(l.fill)
		c.FillPreserve()
		c.SetHexColor(l.stroke)
		c.Stroke()
		c.SetHexColor("#111111")
		c.SetFontFace(faces[n.Font])
		c.DrawStringAnchored(n.Label, x, y, 0.5, 0.35)
	}
	return c.EncodePNG(w)
}

// scaled is the picture with pixels for points.
func (p Picture) scaled() Picture {
	out := Picture{Width: p.Width * pixels, Height: p.Height * pixels}
	for _, n := range p.Nodes {
		n.X, n.Y, n.W, n.H = n.X*pixels, n.Y*pixels, n.W*pixels, n.H*pixels
		out.Nodes = append(out.Nodes, n)
	}
	for _, e := range p.Edges {
		for _, q := range []*Point{&e.From, &e.By, &e.To} {
			q.X, q.Y = q.X*pixels, q.Y*pixels
		}
		e.Pen *= pixels
		out.Edges = append(out.Edges, e)
	}
	return out
}

func polygon(c *gg.Context, list []Point) {
	for i, p := range list {
		if i == 0 {
			c.MoveTo(p.X, p.Y)
		} else {
			c.LineTo(p.X, p.Y)
		}
	}
	c.ClosePath()
}

// doubled are lengths in pixels.
func doubled(list []float64) []float64 {
	out := make([]float64, len(list))
	for i, f := range list {
		out[i] = f * pixels
	}
	return out
}

// face is the first font of a file in a size in points.
func face(file []byte, size float64) (font.Face, error) {
	if file == nil {
		file = goregular.TTF
	}
	collection, err := opentype.ParseCollection(file)
	if err != nil {
		return nil, fmt.Errorf("draw: the font file: %w: want TrueType or OpenType", err)
	}
	f, err := collection.Font(0)
	if err != nil {
		return nil, fmt.Errorf("draw: the font file: %w", err)
	}
	made, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size * pixels, DPI: 72})
	if err != nil {
		return nil, fmt.Errorf("draw: the font file: %w", err)
	}
	return made, nil
}
