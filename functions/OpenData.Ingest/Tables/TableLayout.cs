namespace OpenData.Ingest.Tables;

/// <summary>Where in a file its table is.</summary>
/// <param name="Labels">The headers as written, one a column; empty text where a column has none.</param>
/// <param name="HasHeader">False if the file has no header, and the labels are made up.</param>
/// <param name="HeaderLine">The line of the header, or null if there is none.</param>
/// <param name="HeaderCells">Cells of the header as it was found; the table's number where there is none.</param>
/// <param name="RecordsBefore">Records before the first row of data.</param>
/// <param name="Kinds">What the cells of each column mostly are.</param>
/// <param name="Shapes">How the cells of each column are built, where they all are alike; otherwise null.</param>
/// <param name="Preamble">The records above the header.</param>
internal sealed record TableLayout(
    IReadOnlyList<string> Labels,
    bool HasHeader,
    long? HeaderLine,
    int HeaderCells,
    int RecordsBefore,
    IReadOnlyList<CellKind> Kinds,
    IReadOnlyList<CellShape?> Shapes,
    IReadOnlyList<SampleRow> Preamble)
{
    /// <summary>Columns of the table.</summary>
    public int Width => Labels.Count;

    /// <summary>Rows that the header takes; 0 if there is none.</summary>
    public int HeaderRows { get; init; }

    /// <summary>
    /// Columns whose heading is itself a value, such as a year, a month, a day or a range: three or more make a cross table.
    /// </summary>
    public int ValueHeadings { get; init; }

    /// <summary>
    /// Whether the columns of the table are the values of a further variable, as in the wide tables of statistics offices.
    /// </summary>
    public bool IsCrossTable => ValueHeadings >= 3;
}
