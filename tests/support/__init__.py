"""What tests stand on: a database server of their own, a browser, a mail server."""
