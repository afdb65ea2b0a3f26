"""What is done with drafts of agreements and with agreements in force."""
