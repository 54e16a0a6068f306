"""The steps of a placed call-off that its status table knows, each with who may take it."""
