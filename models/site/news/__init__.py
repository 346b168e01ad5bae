"""News of the public pages: concepts, planned, published and withdrawn items."""
