"""Plain Python that every part rests on: verdicts, time, ids, text. No Django here."""
