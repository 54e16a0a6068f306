"""Values without input or output: money, days, months, canonical texts, errors."""
