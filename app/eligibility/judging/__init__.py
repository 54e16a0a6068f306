"""The judgement itself: a case, every rule over it, and its canonical text. Pure and repeatable."""
