"""What people see and touch: page frames, components, form fields, dates and numbers in words."""
