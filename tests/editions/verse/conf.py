project = "The Sick Rose"
extensions = ["myst_parser", "apparatus"]
html_theme = "furo"
language = "en"
apparatus_conspectus = "witnesses.toml"
apparatus_positive = True
