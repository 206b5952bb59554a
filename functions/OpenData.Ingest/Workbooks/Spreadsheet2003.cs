namespace OpenData.Ingest.Workbooks;

/// <summary>The names of the XML that Excel 2003 writes (SpreadsheetML 2003).</summary>
internal static class Spreadsheet2003
{
    /// <summary>The namespace of its elements.</summary>
    public const string Namespace = "urn:schemas-microsoft-com:office:spreadsheet";
}
