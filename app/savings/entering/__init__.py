"""What a member enters for its reports: hourly rate, overhead, prices seen elsewhere."""
