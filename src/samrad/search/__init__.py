"""Search over all one may see: an index of texts, asked with the words of `access.findable`."""
