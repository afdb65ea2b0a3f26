"""Who writes agreements, signs them and looks back on them."""
