"""Who is told what, in the portal and by mail, as each person has chosen."""
