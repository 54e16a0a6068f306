"""The chains of evidence as a whole: recomputed, sealed each day, shown to the auditor."""
