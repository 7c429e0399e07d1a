"""The pages of the marketplace: server-rendered HTML for freelancers, clients and staff. Nothing decides here."""
