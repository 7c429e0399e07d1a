"""What the two sides of a job are told: messages in the job's room, and the outbox of e-mails."""
