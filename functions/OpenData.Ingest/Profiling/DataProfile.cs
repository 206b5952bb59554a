using OpenData.Lake;

namespace OpenData.Ingest.Profiling;

/// <summary>What a version's data is like, field by field. Stored with the version.</summary>
/// <param name="Rows">Rows published.</param>
/// <param name="Milliseconds">How long the conversion took.</param>
/// <param name="Fields">The fields, in file order.</param>
internal sealed record DataProfile(long Rows, long Milliseconds, IReadOnlyList<FieldProfile> Fields)
{
    /// <summary>Makes the profile of what was written.</summary>
    public static DataProfile Of(
        long rows,
        TimeSpan took,
        IReadOnlyList<Field> fields,
        IReadOnlyList<ColumnSummary> summaries,
        IReadOnlyList<IReadOnlyList<ObstructingCell>> obstructing) =>
        new(rows, (long)took.TotalMilliseconds, [.. fields.Select((field, i) => FieldProfile.Of(field, summaries[i], obstructing[i]))]);
}

/// <summary>What one field's values are like.</summary>
internal sealed record FieldProfile
{
    /// <summary>The field's name.</summary>
    public required string Name { get; init; }

    /// <summary>Rows without a value.</summary>
    public required long Nulls { get; init; }

    /// <summary>Distinct values.</summary>
    public required long Distinct { get; init; }

    /// <summary>True if <see cref="Distinct"/> is an estimate, to about 2 %.</summary>
    public bool DistinctIsEstimate { get; init; }

    /// <summary>The least and the greatest value, written out; texts by their UTF-8 bytes, and cut after 100 characters.</summary>
    public string? Min { get; init; }

    /// <inheritdoc cref="Min"/>
    public string? Max { get; init; }

    /// <summary>The mean of numbers.</summary>
    public double? Mean { get; init; }

    /// <summary>Lengths of texts, in characters.</summary>
    public int? MinLength { get; init; }

    /// <inheritdoc cref="MinLength"/>
    public int? MaxLength { get; init; }

    /// <inheritdoc cref="MinLength"/>
    public double? MeanLength { get; init; }

    /// <summary>The most frequent values; none if hardly any occurs twice.</summary>
    public IReadOnlyList<FrequentValue> Frequent { get; init; } = [];

    /// <summary>The first cells because of which a column that is mostly numbers or dates is text.</summary>
    public IReadOnlyList<ObstructingCell> Obstructing { get; init; } = [];

    /// <summary>Makes the profile of a field.</summary>
    public static FieldProfile Of(Field field, ColumnSummary summary, IReadOnlyList<ObstructingCell> obstructing)
    {
        var isNumber = field.Type is FieldType.Int or FieldType.Decimal or FieldType.Double;
        var isText = field.Type is FieldType.Text or FieldType.Json && summary.Values > 0;
        return new FieldProfile
        {
            Name = field.Name,
            Nulls = summary.Nulls,
            Distinct = summary.Distinct,
            DistinctIsEstimate = summary.DistinctIsEstimate,
            Min = summary.Min,
            Max = summary.Max,
            Mean = isNumber && summary.Values > 0 ? summary.Sum / summary.Values : null,
            MinLength = isText ? summary.ShortestText : null,
            MaxLength = isText ? summary.LongestTextLength : null,
            MeanLength = isText ? summary.Sum / summary.Values : null,
            Frequent = [.. summary.Frequent.Select(pair => new FrequentValue(pair.Key, pair.Value))],
            Obstructing = field.Type == FieldType.Text ? obstructing : [],
        };
    }
}

/// <summary>A value and how often it occurs.</summary>
internal sealed record FrequentValue(string Value, long Count);

/// <summary>A cell that keeps its column from having a type.</summary>
/// <param name="Line">Its line.</param>
/// <param name="Value">Its text, cut after 100 characters.</param>
internal sealed record ObstructingCell(long Line, string Value);
