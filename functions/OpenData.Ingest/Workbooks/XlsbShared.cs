namespace OpenData.Ingest.Workbooks;

/// <summary>What the sheets of an XLSB file share.</summary>
/// <param name="From1904">Whether days are counted from 1904-01-01.</param>
/// <param name="Styles">How each cell style shows a number.</param>
/// <param name="Texts">The texts that cells refer to by number.</param>
internal sealed record XlsbShared(bool From1904, IReadOnlyList<ExcelFormat> Styles, XlsxTexts Texts);
