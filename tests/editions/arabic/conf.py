project = "حكاية القط"
extensions = ["myst_parser", "apparatus"]
html_theme = "furo"
language = "ar"
apparatus_conspectus = "witnesses.toml"
