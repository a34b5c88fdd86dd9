"""Who is caught by who owns it: the graph of stakes, the tests over it, the proof and the economic interest."""

from seawall.trace.closure import Closure, close
from seawall.trace.graph import Columns, Graph, build, graph_of, pooled
from seawall.trace.interest import interest
from seawall.trace.proof import explain, tree

__all__ = ["Closure", "Columns", "Graph", "build", "close", "explain", "graph_of", "interest", "pooled", "tree"]
