"""From figures to ranges: mirror gaps, channels, what held, what another package would change, hindcasts."""
