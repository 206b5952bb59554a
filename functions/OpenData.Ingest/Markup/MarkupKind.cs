namespace OpenData.Ingest.Markup;

/// <summary>What sort of markup a file is.</summary>
internal enum MarkupKind
{
    /// <summary>It is no markup.</summary>
    None,

    /// <summary>A web page, or a piece of one.</summary>
    Html,

    /// <summary>A web page with its parts in one file (.mht), as mail is sent.</summary>
    ArchivedPage,

    /// <summary>An XML document.</summary>
    Xml,
}
