using OpenData.Catalog.Quality;
using OpenData.Lake;

namespace OpenData.Portal.Datasets;

/// <summary>What all pages of a dataset have at their top.</summary>
/// <param name="Id">Its id, <c>{dataset}@{agency}</c>.</param>
/// <param name="Title">Its title.</param>
/// <param name="Publisher">Who publishes it.</param>
/// <param name="Tab">The page: empty, <c>table</c> or <c>api</c>.</param>
public sealed record DatasetHeading(string Id, string Title, string Publisher, string Tab);

/// <summary>A dataset's own page.</summary>
public sealed record DatasetModel
{
    /// <summary>Its top.</summary>
    public required DatasetHeading Heading { get; init; }

    /// <summary>What the data is; null if the agency has not said it.</summary>
    public required string? Description { get; init; }

    /// <summary>What is known of it, by the names of the portal's texts.</summary>
    public required IReadOnlyList<DatasetFact> Facts { get; init; }

    /// <summary>Its fields with what their values are like.</summary>
    public required IReadOnlyList<FieldModel> Fields { get; init; }

    /// <summary>Its first records; null if not everybody may read them.</summary>
    public required RecordTable? Preview { get; init; }

    /// <summary>Its number of records.</summary>
    public required long Records { get; init; }

    /// <summary>The files it can be downloaded as.</summary>
    public required IReadOnlyList<DownloadModel> Downloads { get; init; }

    /// <summary>How good it is.</summary>
    public required QualityScore Quality { get; init; }
}

/// <summary>Something that is known of a dataset.</summary>
/// <param name="Name">The name of its text below <c>fact</c>.</param>
/// <param name="Value">What it is.</param>
/// <param name="Link">Where it leads; null if it leads nowhere.</param>
public sealed record DatasetFact(string Name, string Value, string? Link = null);

/// <summary>A file to download.</summary>
/// <param name="Format">Its format, such as <c>csv</c>; <c>original</c> is the file as the agency dropped it.</param>
/// <param name="Address">Its address.</param>
/// <param name="Bytes">Its size, where it is known before the file is made.</param>
public sealed record DownloadModel(string Format, string Address, long? Bytes);

/// <summary>A field with what its values are like.</summary>
/// <param name="Field">The field.</param>
/// <param name="Type">Its type in the API.</param>
/// <param name="Statistics">What its values are like; null if that was not measured.</param>
public sealed record FieldModel(Field Field, string Type, FieldStatistics? Statistics);

/// <summary>What the values of a field are like.</summary>
/// <param name="Missing">How many records have no value.</param>
/// <param name="MissingShare">The same as a share of all, 0 to 1.</param>
/// <param name="Distinct">How many values differ.</param>
/// <param name="IsEstimate">Whether that is an estimate, to about 2 %.</param>
/// <param name="Least">The least value, as written; null if there is none.</param>
/// <param name="Greatest">The greatest value.</param>
/// <param name="Mean">The mean of numbers.</param>
/// <param name="Frequent">The most frequent values with their counts.</param>
public sealed record FieldStatistics(
    long Missing, double MissingShare, long Distinct, bool IsEstimate, string? Least, string? Greatest, double? Mean,
    IReadOnlyList<(string Value, long Count)> Frequent);

/// <summary>Records as a table of texts.</summary>
/// <param name="Columns">The fields.</param>
/// <param name="Rows">A text a column; null where there is no value.</param>
public sealed record RecordTable(IReadOnlyList<TableColumn> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows);

/// <summary>A column of a table.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="Label">Its label.</param>
/// <param name="Type">Its type.</param>
public sealed record TableColumn(string Name, string Label, FieldType Type)
{
    /// <summary>Whether its values are numbers.</summary>
    public bool IsNumber => Type is FieldType.Int or FieldType.Decimal or FieldType.Double;
}

/// <summary>The page with a dataset's records.</summary>
public sealed record TableModel
{
    /// <summary>How many records are on a page.</summary>
    public const int PageSize = 50;

    /// <summary>Its top.</summary>
    public required DatasetHeading Heading { get; init; }

    /// <summary>The records.</summary>
    public required RecordTable Table { get; init; }

    /// <summary>How many records there are.</summary>
    public required long Total { get; init; }

    /// <summary>The question in the API's terms.</summary>
    public required TableQuestion Question { get; init; }

    /// <summary>What is wrong with what the reader has typed; null if nothing is.</summary>
    public required string? Fault { get; init; }

    /// <summary>The same question to the API.</summary>
    public required string ApiAddress { get; init; }

    /// <summary>The whole result as files.</summary>
    public required IReadOnlyList<DownloadModel> Downloads { get; init; }
}

/// <summary>The page that shows how a program asks the same.</summary>
/// <param name="Heading">Its top.</param>
/// <param name="ApiAddress">The address of the question.</param>
/// <param name="Samples">Programs that ask it.</param>
public sealed record ApiModel(DatasetHeading Heading, string ApiAddress, IReadOnlyList<CodeSample> Samples);

/// <summary>A program.</summary>
/// <param name="Language">The language's name.</param>
/// <param name="Code">The program.</param>
public sealed record CodeSample(string Language, string Code);
