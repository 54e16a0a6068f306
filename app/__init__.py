"""Call-off portal of a municipal purchasing cooperative: framework prices without own tenders."""
