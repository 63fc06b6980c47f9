project = "In principio"
extensions = ["myst_parser", "apparatus"]
html_theme = "furo"
language = "la"
apparatus_text_language = "he"
apparatus_conspectus = "witnesses.toml"
