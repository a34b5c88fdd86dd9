"""The faces: parse what a person asks, call `flow`, hand the result to `report`, map errors. No logic."""
