"""The pages: visitors, assets, and what stands around the text on the screen."""
