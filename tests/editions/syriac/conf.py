project = "The Letter of the Monk"
extensions = ["myst_parser", "apparatus"]
html_theme = "furo"
language = "en"
apparatus_conspectus = "witnesses.toml"
