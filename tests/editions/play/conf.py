# A scene of an invented play in three invented copies, cited by act, scene and line: one gives a line to another
# speaker, one has no stage directions, two speakers share a verse.
project = "The Ferry"
extensions = ["myst_parser", "apparatus"]
html_theme = "furo"
language = "en"
apparatus_conspectus = "witnesses.toml"
apparatus_references = {"n": {"levels": ["Act", "scene", "line"]}}
