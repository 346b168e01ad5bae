"""Pictures of the public pages: how a file that comes in becomes one, and where they are kept."""
