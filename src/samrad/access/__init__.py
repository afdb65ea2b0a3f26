"""Who somebody is to the councils, and what that lets them do. Knows no domain model:
higher apps register where roles come from."""
