"""Who must agree to what: value limits, four eyes, deputies; knows no call-off."""
