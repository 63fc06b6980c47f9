project = "Ἱστορίης ἀπόδεξις"
extensions = ["myst_parser", "apparatus"]
html_theme = "furo"
language = "en"
apparatus_text_language = "grc"
apparatus_conspectus = "witnesses.toml"
apparatus_positive = True
