package assets

import "embed"

// Words holds one file of interface text per language: words/en.json, words/ur.json.
//
//go:embed words/*.json
var Words embed.FS
