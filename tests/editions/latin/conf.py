project = "De Gallia: Eine Probe"
extensions = ["myst_parser", "apparatus"]
html_theme = "furo"
language = "de"
apparatus_text_language = "la"
apparatus_conspectus = "witnesses.toml"
