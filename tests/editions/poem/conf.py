project = "The Ferryman’s Song"
extensions = ["myst_parser", "apparatus"]
html_theme = "furo"
language = "en"
apparatus_conspectus = "witnesses.toml"
