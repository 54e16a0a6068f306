"""The invoice: one value, its rules, both XML syntaxes, and paper."""
