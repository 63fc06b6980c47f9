project = "On the Ferry"
extensions = ["myst_parser", "apparatus"]
html_theme = "furo"
language = "en"
apparatus_conspectus = "witnesses.toml"
apparatus_text_language = "la"
apparatus_references = {
    "n": {"levels": ["Book", "ch.", "§"]},
    "page": {"label": "p."},
}
apparatus_citation = {"editors": ["Doe, Jane"], "released": "2026"}
