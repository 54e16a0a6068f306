"""The resolution paper for a council, as PDF and as an editable DOCX."""
