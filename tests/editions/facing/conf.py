project = "Iter ad flumen"
extensions = ["myst_parser", "apparatus"]
html_theme = "furo"
language = "en"
apparatus_text_language = "la"
apparatus_conspectus = "witnesses.toml"
apparatus_series = {
    "apparatus": {"label": "Apparatus"},
    "commentary": {"label": "Notes", "holds": "prose"},
}
