"""Export of journal, orders and invoices for a tax audit (§ 147 Abs. 6 AO, Z3)."""
