package rules

import (
	"embed"
	"io/fs"
)

//go:embed data
var files embed.FS

// Files are all embedded rule files; their bytes are part of the extractor's version.
func Files() fs.FS { return files }
