"""The tables: measures, goods, territories, words and the casebook, as data, and their loaders. No logic."""
