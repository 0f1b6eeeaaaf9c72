"""Reception, operators and the ledger: what any server behind the protocol does."""
