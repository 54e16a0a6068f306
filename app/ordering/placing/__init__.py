"""From a sent order to a call-off on record, answered once however often it is sent."""
