package clause

type status struct{}
type context struct{}

func (c *context) note(w *work)        {}
func (w *work) fromContext(c *context) {}
func (w *work) lightVerbs()            {}
func (w *work) turn()                  {}
func (w *work) shareNouns()            {}
func (w *work) speakers()              {}
func (w *work) moods()                 {}
