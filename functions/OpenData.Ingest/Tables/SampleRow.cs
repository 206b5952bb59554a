using System.Text;

namespace OpenData.Ingest.Tables;

/// <summary>A record of the sample in which a table is looked for.</summary>
/// <param name="Cells">Its cells as read.</param>
/// <param name="Line">The line on which it begins.</param>
/// <param name="MayBeSentence">Whether it was divided at spaces, unlike the others.</param>
internal sealed record SampleRow(byte[][] Cells, long Line, bool MayBeSentence)
{
    private readonly CellForm?[] _forms = new CellForm?[Cells.Length];

    /// <summary>Cells that hold something.</summary>
    public int Filled { get; } = Cells.Count(cell => CellKinds.Of(cell) != CellKind.Empty);

    /// <summary>A cell's text; empty behind the last cell.</summary>
    public string Text(int i) => i < Cells.Length ? Encoding.UTF8.GetString(Cells[i]) : "";

    /// <summary>What a cell looks like at a glance; empty behind the last cell.</summary>
    public CellKind Kind(int i) => i < Cells.Length ? CellKinds.Of(Cells[i]) : CellKind.Empty;

    /// <summary>How a cell is written; empty behind the last cell.</summary>
    public CellForm Form(int i) =>
        i >= Cells.Length ? CellForm.Empty : i < _forms.Length ? _forms[i] ??= CellForms.Of(Text(i)) : CellForms.Of(Text(i));
}
