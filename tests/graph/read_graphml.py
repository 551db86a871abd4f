"""Opens a GraphML (or GEXF) file with networkx and igraph and prints what they see, for readers_test.cpp.

    read_graphml.py networkx|igraph|gexf FILE     ->  nodes edges, then the sorted names, then the sorted edge types
Exit status 77: the reader is not installed.
"""
import sys


def main():
    reader, path = sys.argv[1:]
    try:
        if reader == "igraph":
            import igraph
        else:
            import networkx
    except ImportError:
        sys.exit(77)
    if reader == "igraph":
        g = igraph.Graph.Read_GraphML(path)
        names = g.vs["name"]
        types = g.es["type"]
        counts = g.vcount(), g.ecount()
    else:
        g = networkx.read_graphml(path, force_multigraph=True) if reader == "networkx" else networkx.read_gexf(path, version="1.2draft")
        names = [d.get("name", "") for _, d in g.nodes(data=True)]
        types = [d.get("type", d.get("label", "")) for *_, d in g.edges(data=True)]
        counts = g.number_of_nodes(), g.number_of_edges()
    print(*counts)
    print("|".join(sorted(str(n) for n in names)))
    print("|".join(sorted(str(t) for t in types)))


main()
