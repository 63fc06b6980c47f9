"""The thin layer between the edition's pure core and a Sphinx project."""
