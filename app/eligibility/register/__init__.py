"""The register: how members, cooperative, links and rules stand on a day."""
