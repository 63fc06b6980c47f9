project = "Мл҃тва гдⷭ҇нѧ"
extensions = ["myst_parser", "apparatus"]
html_theme = "furo"
language = "en"
apparatus_text_language = "cu"
apparatus_conspectus = "witnesses.toml"
apparatus_faces = {"main": "NotoSerif"}
