"""The laws a ledger must obey, by table."""
