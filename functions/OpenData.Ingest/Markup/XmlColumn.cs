namespace OpenData.Ingest.Markup;

/// <summary>A field of the records of an XML document.</summary>
/// <param name="Label">Its label.</param>
/// <param name="Element">The element that holds it, with its prefix; null for an attribute or the text of the record itself.</param>
/// <param name="Attribute">The attribute that holds it; null if an element does.</param>
/// <param name="IsNested">Whether it is written as JSON: it holds elements, or there may be several of it.</param>
/// <param name="IsList">Whether a record may have several of it.</param>
internal sealed record XmlColumn(string Label, string? Element, string? Attribute, bool IsNested, bool IsList)
{
    /// <summary>
    /// The fields of records of a kind: attributes, then elements with their attributes, then the text of the records themselves.
    /// </summary>
    public static IReadOnlyList<XmlColumn> Of(XmlNodeKind record)
    {
        var columns = new List<XmlColumn>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var attribute in record.Attributes) Add(attribute, "@" + attribute, null, attribute, false, false);
        foreach (var child in record.Children)
        {
            var isList = child.MostInParent > 1;
            var isNested = isList || child.Children.Count > 0;
            if (child.HasText || isNested || child.Attributes.Count == 0)
            {
                Add(child.LocalName, child.Name, child.Name, null, isNested, isList);
            }

            if (isNested) continue;
            foreach (var attribute in child.Attributes)
            {
                Add($"{child.LocalName}.{attribute}", $"{child.Name}.{attribute}", child.Name, attribute, false, false);
            }
        }

        if (record.HasText) Add(record.LocalName, "text", null, null, false, false);
        return columns;

        void Add(string label, string otherwise, string? element, string? attribute, bool isNested, bool isList)
        {
            var name = taken.Add(label) ? label : otherwise;
            for (var n = 2; name != label && !taken.Add(name); n++) name = $"{otherwise}_{n}";
            columns.Add(new XmlColumn(name, element, attribute, isNested, isList));
        }
    }
}
