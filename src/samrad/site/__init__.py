"""What ties the parts together: root URLs, home, error pages, health, logs, the demo."""
