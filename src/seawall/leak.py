"""How much still flows, what each measure stopped, what another package would change. Wiring only."""
