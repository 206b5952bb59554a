namespace OpenData.Disclosure;

/// <summary>Personal data of one kind in one column. It carries no value: the example has a <c>*</c> for each letter and digit.</summary>
/// <param name="Column">The column's heading.</param>
/// <param name="Kind">The rule's kind, such as <c>kr-resident-number</c>.</param>
/// <param name="English">The kind's English name.</param>
/// <param name="Korean">The kind's Korean name.</param>
/// <param name="Cells">How many cells hold at least one.</param>
/// <param name="Example">The shape of the first one, masked, such as <c>******-*******</c>.</param>
/// <param name="Exceptable">Whether an approver may let it be published on a legal basis.</param>
public sealed record Finding(string Column, string Kind, string English, string Korean, long Cells, string Example, bool Exceptable);
