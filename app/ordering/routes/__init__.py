"""Pages of ordering: basket, checkout, call-offs, approvals."""
