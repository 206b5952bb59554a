namespace OpenData.Api.Harvest.Rdf;

/// <summary>Writes a graph, resource by resource, in one of RDF's serialisations.</summary>
internal abstract class GraphWriter
{
    /// <summary>The prefixes of names, and what they stand for.</summary>
    public static readonly IReadOnlyDictionary<string, string> Prefixes = new Dictionary<string, string>
    {
        ["rdf"] = "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        ["rdfs"] = "http://www.w3.org/2000/01/rdf-schema#",
        ["xsd"] = "http://www.w3.org/2001/XMLSchema#",
        ["dcat"] = "http://www.w3.org/ns/dcat#",
        ["dct"] = "http://purl.org/dc/terms/",
        ["foaf"] = "http://xmlns.com/foaf/0.1/",
        ["vcard"] = "http://www.w3.org/2006/vcard/ns#",
        ["skos"] = "http://www.w3.org/2004/02/skos/core#",
        ["spdx"] = "http://spdx.org/rdf/terms#",
        ["dqv"] = "http://www.w3.org/ns/dqv#",
        ["gsp"] = "http://www.opengis.net/ont/geosparql#",
    };

    /// <summary>Writes what stands before the first resource.</summary>
    public abstract void Begin();

    /// <summary>
    /// Writes a resource and all resources that it refers to. A resource may be written in several parts: a graph is the sum of its
    /// statements.
    /// </summary>
    public abstract void Write(Resource resource);

    /// <summary>Writes what stands after the last resource.</summary>
    public abstract void End();

    /// <summary>A prefixed name in full.</summary>
    protected static string Expand(string name)
    {
        var (prefix, local) = Split(name);
        return Prefixes[prefix] + local;
    }

    /// <summary>The two parts of a prefixed name.</summary>
    protected static (string Prefix, string Local) Split(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return (name[..colon], name[(colon + 1)..]);
    }
}
