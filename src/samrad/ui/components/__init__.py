"""The components behind `{% load ui %}`, one file for each kind."""
