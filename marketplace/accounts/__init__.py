"""People: who they are, how they sign in, and the provider that signs in their tracker. No jobs, no roles in jobs."""
