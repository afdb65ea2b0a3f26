"""Pages of meetings; each view declares who may come and starts from what the actor may see."""
