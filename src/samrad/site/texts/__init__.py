"""Every text a person reads, collected from code and templates, in five languages.

English is the language of the source. The others lie in `locale/LANGUAGE/LC_MESSAGES/django.po`.
"""
