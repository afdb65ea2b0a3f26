"""Pages of councils and agreements, one file a concept."""
