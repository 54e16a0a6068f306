"""The figures of a report: time and money of a period, from its cases to the parts of the paper."""
