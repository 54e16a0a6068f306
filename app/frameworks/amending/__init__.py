"""Recording and changing agreements: each change with organ, reason and paper, within § 132 GWB."""
