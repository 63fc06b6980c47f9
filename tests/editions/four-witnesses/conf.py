project = "The Ferry"
extensions = ["myst_parser", "apparatus"]
html_theme = "furo"
language = "en"
apparatus_conspectus = "witnesses.toml"
apparatus_series = {
    "apparatus": {"label": "Apparatus", "holds": "readings", "form": "run-in"},
    "sources": {"label": "Sources", "holds": "prose", "form": "run-in", "letter": "s"},
    "commentary": {"label": "Notes", "holds": "prose", "form": "notes"},
}
