using OpenData.Lake;

namespace OpenData.Ingest.Records;

/// <summary>Says of a document that is no table what it is, and how the table in it can be uploaded.</summary>
internal static class DocumentProblems
{
    public static UnreadableSourceException Hangul() => Refuse(
        "document-hangul",
        "The file is a document of Hangul (.hwp or .hwpx), and no table can be read from it.",
        "Copy the table in Hangul, paste it into Excel or Hancell, save that as .xlsx, and upload it.");

    public static UnreadableSourceException Word() => Refuse(
        "document-word",
        "The file is a document of Word (.doc or .docx), and no table can be read from it.",
        "Copy the table in Word, paste it into Excel, save that as .xlsx, and upload it.");

    public static UnreadableSourceException PowerPoint() => Refuse(
        "document-powerpoint",
        "The file is a presentation of PowerPoint (.ppt or .pptx), and no table can be read from it.",
        "Copy the table in PowerPoint, paste it into Excel, save that as .xlsx, and upload it.");

    public static UnreadableSourceException Pdf() => Refuse(
        "document-pdf",
        "The file is a PDF document, and no table can be read from it.",
        "Upload the .xlsx or .csv file that the PDF was made from.");

    public static UnreadableSourceException Other(string kind) => Refuse(
        "not-a-table",
        $"The file is {kind}, which holds no table that can be read.",
        "Open it in the program that made it, save the table as .xlsx or .csv, and upload that.");

    private static UnreadableSourceException Refuse(string code, string message, string fix) =>
        new(new Problem(code, Severity.Error, message, fix));
}
