using System.Text.Json;
using OpenData.Disclosure;
using OpenData.Ingest.Csv;
using OpenData.Lake;

namespace OpenData.Ingest;

/// <summary>What became of a file: typed parts in the sink, or problems that say why not.</summary>
internal sealed record ConversionResult
{
    /// <summary>
    /// True if the sink holds the parts of a publishable version; false if the file was rejected and the sink is to be discarded.
    /// </summary>
    public required bool Published { get; init; }

    /// <summary>What the file was, such as <c>csv</c> or <c>csv.gz</c>; null where that could not be told.</summary>
    public string? Format { get; init; }

    /// <summary>The character encoding's name, such as <c>utf-8</c> or <c>cp949</c>; null where the format fixes it.</summary>
    public string? Encoding { get; init; }

    /// <summary>Whether cells are masked, left out, made pseudonyms of or generalised, so that the file itself must not be shown.</summary>
    public bool IsProtected { get; init; }

    /// <summary>Personal data in what is to be published.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>How a delimited text was written; null for other formats.</summary>
    public Dialect? Dialect { get; init; }

    /// <summary>The line (in Excel the row) on which the header stands, from 1; null if there is none.</summary>
    public long? HeaderRow { get; init; }

    /// <summary>Rows that the header takes; 0 if the table has none, or the format itself names the fields.</summary>
    public int HeaderRows { get; init; }

    /// <summary>The sheet of a workbook that was read; null for other formats.</summary>
    public string? Sheet { get; init; }

    /// <summary>The fields in file order, then derived ones.</summary>
    public IReadOnlyList<Field> Fields { get; init; } = [];

    /// <summary>True if the file was read to its end: the rows, be they none, are then all that it has.</summary>
    public bool ReadWhole { get; init; }

    /// <summary>False if the file names none of its fields, and their labels are made up.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Rows published, over all parts.</summary>
    public long Rows { get; init; }

    /// <summary>Rows of each part, in the order of the parts.</summary>
    public IReadOnlyList<long> PartRows { get; init; } = [];

    /// <summary>Problems, in file order, up to a bound.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>How many problems there were, also beyond those listed.</summary>
    public long ProblemCount { get; init; }

    /// <summary>Statistics a field.</summary>
    public JsonElement? Profile { get; init; }
}
