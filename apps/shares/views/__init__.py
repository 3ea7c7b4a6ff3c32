"""Pages of share links: for those who make them, and for those who open them."""
